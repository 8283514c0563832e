"""Earlier records of other systems in the demo force, and the questions that they raise."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lodestar.casework.cases.models import Case
from lodestar.demo.concerns import PlannedConcern, listed
from lodestar.demo.work import Office
from lodestar.exchange.imports.import_rows import record_row
from lodestar.intelligence.earlier_records.actions.prompts import answer_yes
from lodestar.intelligence.earlier_records.actions.records import keep_records
from lodestar.intelligence.earlier_records.models import EarlierRecordMatch, Prompt
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, DemoWork, register_demo_part
from lodestar.platform.text.grouping import grouped
from lodestar.platform.time.days import add_months, london_date

Row = Mapping[str, Any]
MONTHS_HELD = 25  # for so many months before now the demo force has a record of each kind


def take_in_record(office: Office, concern: PlannedConcern, row: Row) -> None:
    """A record of another system is taken in, before anybody recorded a concern."""
    person, at = concern.people[0], concern.met - timedelta(days=row["days"])
    born = person.facts["birth_date"]
    cells = {
        "record_ref": f"{row['kind'][:2].upper()}/{office.number()}", "name": person.name, "narrative": row["narrative"],
        "born": f"{born[8:]}/{born[5:7]}/{born[:4]}", "happened_at": at.strftime("%d/%m/%Y %H:%M"),
        "offence": row.get("offence", ""),
    }  # fmt: skip
    record = record_row([(name, words) for name, words in cells.items() if words], [], row["kind"], office.clock.now())
    keep_records(by=office.members["analyst"], at=office.clock.now(), records=[record], file_name=f"{row['kind']}.csv")


def answer_questions(office: Office, case: Case) -> None:
    """The coordinator answers what was asked before the concern, once it is recorded."""
    about = EarlierRecordMatch.objects.filter(person__case=case).values("earlier_person")
    for prompt in Prompt.objects.filter(state="open", earlier_person__in=about):
        answer_yes(by=office.members["coordinator"], at=office.clock.now(), prompt=prompt, version=prompt.version, case=case)


def earlier_records(members: Mapping[str, Member], now: datetime) -> None:
    """Takes the records in as the analyst, a file at a time, each with a record of nobody in every month."""
    of_files = grouped(((row["kind"], row["file"]), row) for row in listed("earlier_records")["record"])
    for (kind, file), rows in of_files.items():
        times = [(now - timedelta(days=row["days"])).strftime("%d/%m/%Y %H:%M") for row in rows]
        cells = [[*row["cells"].items(), ("happened_at", at)] for row, at in zip(rows, times, strict=True)]
        cells += [
            [("record_ref", f"{kind}/{back}"), ("narrative", "Nothing noted."), ("happened_at", f"01/{month:%m/%Y} 00:00")]
            for back, month in enumerate(add_months(london_date(now).replace(day=1), -back) for back in range(MONTHS_HELD))
        ]
        records = [record_row(row, [], kind, now) for row in cells]
        keep_records(by=members["analyst"], at=now, records=records, file_name=file)


register_demo_part(
    DemoPart(
        "earlier_records",
        earlier_records,
        needs=(YEARS, "person_plans"),
        work=DemoWork(events={"take_in_record": take_in_record, "answer_questions": answer_questions}),
    )
)

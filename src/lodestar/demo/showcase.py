"""What a newcomer opens first, recorded through the same actions as the pages: Kieran and Jaz, met an hour ago; earlier records
of other systems, of each kind, so that the questions they raise are read; and what the demo force keeps and lets go. All of it
is invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lodestar.casework.case_files.actions.case import open_case
from lodestar.casework.case_files.actions.people import add_person, record_exploitation, record_offence
from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.actions import record_purpose_changes
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.demo.concerns import listed
from lodestar.exchange.imports.import_rows import record_row
from lodestar.information_governance.retention import actions as keeping
from lodestar.information_governance.retention import queries
from lodestar.information_governance.retention.actions import registers
from lodestar.information_governance.retention.models import ReviewDue
from lodestar.information_governance.retention.queries.requests import Sought
from lodestar.information_governance.retention.rules import against
from lodestar.intelligence.earlier_records.actions.records import keep_records
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import boxed
from lodestar.platform.text.grouping import grouped
from lodestar.platform.time.days import add_months, london_date


def kieran_and_jaz(members: Mapping[str, Member], now: datetime) -> None:
    """Two boys with wraps by the harbour. The first line is done; the rest is waiting for whoever opens the case."""
    officer, met, data = members["officer"], now - timedelta(minutes=46), listed("showcase")["harbour"]
    case = open_case(by=officer, at=met, facts=data["case"])
    for facts in data["people"]:
        person = add_person(by=officer, at=met, case=case, facts=data["of_all"] | facts)
        record_exploitation(by=officer, at=met, person=person, facts=data["exploitation"])
        days = dict.fromkeys(("on_from", "on_to"), met.date().isoformat())
        ages = {"age_then_min": person.age_min, "age_then_max": person.age_max}
        record_offence(by=officer, at=met, person=person, facts=data["offence"] | days | ages)
    code, minutes, words = data["done"]
    owed = list(Obligation.objects.filter(case=case, code=code, state="open"))
    at, record = met + timedelta(minutes=minutes), boxed(code, words)
    answer_duty(by=officer, at=at, case=case, obligations=owed, kind="done", record=record)


MONTHS_HELD = 25  # for so many months before now the demo force has a record of each kind


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


def add_retention_examples(members: Mapping[str, Member], now: datetime) -> None:
    """Writes it all down as the pages would."""
    data, by = listed("showcase")["retention"], members["dataprotection"]
    _looked_at(members, now, data)
    case = Person.objects.select_related("case").filter(name="Kieran").latest("recorded_at").case
    keeping.hold(by=members["coordinator"], at=now - timedelta(days=3), case=case, **data["hold"])
    victims = Person.objects.filter(case__sealed=False, roles__contains=["possible_victim"]).order_by("recorded_at", "id")
    at = now - timedelta(days=12)
    request = registers.record_request(by=by, at=at, received_on=london_date(at), **data["request"])
    for kind, words in data["request_steps"]:
        registers.request_step(by=by, at=now - timedelta(days=7), request=request, kind=kind, words=words)
    for person in victims.exclude(name="")[:1]:
        sought = Sought(names=(person.name,), born=person.birth_date)
        registers.search_request(by=by, at=now - timedelta(days=6), request=request, sought=sought)
    aware, at = now - timedelta(hours=31), now - timedelta(hours=29)
    breach = registers.record_breach(by=by, at=at, aware_at=aware, **data["breach"])
    at = now - timedelta(hours=26)
    registers.breach_step(by=by, at=at, breach=breach, kind="put_right", words=data["put_right"])
    at = now - timedelta(days=4)
    for person in victims.order_by("-recorded_at", "id")[:1]:
        record_purpose_changes(by=members["investigator"], at=at, people=[person], **data["purpose"])


def _looked_at(members: Mapping[str, Member], now: datetime, data: Mapping[str, Any]) -> None:
    """The days of everybody; of those who are due one was kept longer, and of another it is asked that they are let go."""
    last = None
    while some := queries.people_after(last):
        keeping.store_due(some)
        last = some[-1].id
    first_officer, other = members["dataprotection"], members["dataprotection2"]
    day = london_date(now - timedelta(days=3))
    due = ReviewDue.objects.filter(due_on__lte=day, person__case__sealed=False)
    rows = list(due.select_related("person__case").order_by("due_on", "id")[:12])
    over = [row for row in rows[1:] if not against(queries.erasure_facts(row.person), day, "period_over")]
    if not over:
        return
    extended, asked, until = rows[0], over[-1], london_date(now) + timedelta(days=400)
    keeping.keep(
        by=other, at=now - timedelta(days=9), person=extended.person, category=extended.category, until=until, **data["keep"]
    )
    keeping.ask_to_dispose(by=first_officer, at=now - timedelta(days=2), person=asked.person, **data["dispose"])

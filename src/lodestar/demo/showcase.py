"""What a newcomer opens first, recorded through the same actions as the pages: Kieran and Jaz, met an hour ago; a shed whose case
is held by a detective inspector's authority; earlier records of other systems, of each kind, so that the questions they raise are
read; and what the demo force keeps and lets go. All of it is invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lodestar.casework.allocation import actions as allocations
from lodestar.casework.case_files.actions.case import open_case
from lodestar.casework.case_files.actions.people import add_person, record_exploitation, record_first_account, record_offence
from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.actions import record_purpose_changes
from lodestar.casework.investigations import actions as investigations
from lodestar.casework.investigations.actions import record_crime
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.demo.concerns import listed
from lodestar.exchange.imports.import_rows import record_row
from lodestar.information_governance.access_alerts.actions import use_emergency_access
from lodestar.information_governance.retention import actions as keeping
from lodestar.information_governance.retention import queries
from lodestar.information_governance.retention.actions import registers
from lodestar.information_governance.retention.models import ReviewDue
from lodestar.information_governance.retention.queries.requests import Sought
from lodestar.information_governance.retention.rules import against
from lodestar.intelligence.earlier_records.actions.records import keep_records, say_whole
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import boxed
from lodestar.platform.text.grouping import grouped
from lodestar.platform.time.days import london_date

FIRST_HOUR = (
    ("make_safe", 9, "PC Ferreira, in our car outside the shed"),
    ("see_alone_with_independent_interpreter", 48, "Job 20418, Polish, by telephone"),
)


def kieran_and_jaz(members: Mapping[str, Member], now: datetime) -> None:
    """Two boys with wraps by the harbour. The first line is done; the rest is waiting for whoever opens the case."""
    officer, met = members["officer"], now - timedelta(minutes=46)
    case = open_case(
        by=officer,
        at=met,
        facts={
            "what": "Two lads stopped with wraps by the arcade, a driver waiting across the road.",
            "place": "Harbour Street, Marlsea",
            "police_areas": ["fenmarch", "metropolitan"],
            "controller_there": "yes",
            "organised_group": True,
        },
    )
    for name, age, danger, needs in (("Kieran", 16, "yes", ["food"]), ("Jaz", 15, "not_sure", ["safe_place", "protection"])):
        person = add_person(
            by=officer,
            at=met,
            case=case,
            facts={
                "name": name, "roles": ["possible_victim", "suspect"], "belief": "reasonable_grounds", "age_min": age,
                "age_max": age, "age_basis": "stated", "alive": True, "place": "street", "out_of_danger": danger,
                "needs": needs, "seized": ["drugs", "phone"], "british": True,
            },
        )  # fmt: skip
        record_exploitation(
            by=officer, at=met, person=person,
            facts={"type": "criminal", "where": ["uk"], "police_areas": ["fenmarch"], "organised": True},
        )  # fmt: skip
        record_offence(
            by=officer, at=met, person=person,
            facts={
                "act": "Misuse of Drugs Act 1971", "section": "5(3)", "where": "england_wales", "stage": "stop",
                "title": "possession of a Class A drug with intent to supply", "on_from": met.date().isoformat(),
                "on_to": met.date().isoformat(), "age_then_min": age, "age_then_max": age,
            },
        )  # fmt: skip
    owed = list(Obligation.objects.filter(case=case, code="make_safe", state="open"))
    answer_duty(
        by=officer, at=met + timedelta(minutes=8), case=case, obligations=owed, kind="done",
        record=boxed("make_safe", "PC Ferreira, who parted them from the driver and stays with them"),
    )  # fmt: skip


def the_packing_shed(members: Mapping[str, Member], now: datetime) -> None:
    """A man from a packing shed. No PIP2 detective could be had: a trainee has the case for a day. A review gave directions."""
    officer, inspector, met = members["officer"], members["inspector"], now - timedelta(hours=19)
    facts = {"place": "Packing shed, Salt Lane", "police_areas": ["fenmarch"], "what": "A man sleeping between the pallets."}
    case = open_case(by=officer, at=met, facts=facts)
    person = add_person(
        by=officer, at=met, case=case,
        facts={
            "name": "Petr Kowal", "roles": ["possible_victim"], "belief": "reasonable_grounds", "alive": True,
            "age_min": 41, "age_max": 41, "age_basis": "stated", "place": "premises", "language": "Polish",
        },
    )  # fmt: skip
    record_exploitation(
        by=officer, at=met, person=person, facts={"type": "labour", "where": ["uk"], "police_areas": ["fenmarch"]}
    )
    for code, minutes, words in FIRST_HOUR:
        owed = list(Obligation.objects.filter(case=case, code=code, state="open"))
        answer_duty(
            by=officer, at=met + timedelta(minutes=minutes), case=case, obligations=owed, kind="done", record=boxed(code, words)
        )
    record_first_account(
        by=officer, at=met + timedelta(minutes=52), people=[person], reference="BWV-20418", officer="2214",
        kept_evidence=["signs_of_control", "papers"], more="The padlock and the rota",
    )  # fmt: skip
    record_crime(by=officer, at=met + timedelta(hours=2), person=person, kind="recorded", number="37/20418/26")
    allocations.give_authority(
        by=inspector, at=now - timedelta(hours=15), case=case, owner=members["trainee"].user, seen=0,
        reason="Both PIP2 detectives are at court until tomorrow.", supervised_by=members["investigator"].user,
    )  # fmt: skip
    investigations.review(
        by=members["supervisor"], at=now - timedelta(hours=6), case=case, seen=0,
        directions="Get the rota from the shed office and photograph the sleeping place before it is cleared.",
    )  # fmt: skip
    use_emergency_access(
        by=members["custody"], at=now - timedelta(hours=9), case=case,
        reason="The foreman is in my cells and asks where he was taken. I have to know whom to keep apart.",
    )  # fmt: skip


WHOLE_FOR = timedelta(days=730)  # for so long before now the demo force says that all are here


def earlier_records(members: Mapping[str, Member], now: datetime) -> None:
    """Takes the records in as the analyst, a file at a time, and says of each that with it all of its kind are here."""
    today = london_date(now)
    of_files = grouped(((row["kind"], row["file"]), row) for row in listed("earlier_records")["record"])
    for (kind, file), rows in of_files.items():
        times = [(now - timedelta(days=row["days"])).strftime("%d/%m/%Y %H:%M") for row in rows]
        cells = [[*row["cells"].items(), ("happened_at", at)] for row, at in zip(rows, times, strict=True)]
        records = [record_row(row, [], kind, now) for row in cells]
        keep_records(by=members["analyst"], at=now, records=records, file_name=file)
        say_whole(
            by=members["analyst"], at=now, kind=kind, first=today - WHOLE_FOR, last=today - timedelta(days=1), file_name=file,
            file_mark=f"demo {kind}",
        )  # fmt: skip


def add_retention_examples(members: Mapping[str, Member], now: datetime) -> None:
    """Writes it all down as the pages would."""
    _looked_at(members, now)
    _add_legal_hold(members, now)
    _asked(members, now)
    _breached(members, now)


def _looked_at(members: Mapping[str, Member], now: datetime) -> None:
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
    extended, asked = rows[0], over[-1]
    keeping.keep(
        by=other, at=now - timedelta(days=9), person=extended.person, category=extended.category,
        until=london_date(now) + timedelta(days=400), reason="risk",
        because="Seen again with the same people this summer; the analyst looks at it in a year.",
    )  # fmt: skip
    keeping.ask_to_dispose(
        by=first_officer, at=now - timedelta(days=2), person=asked.person, reason="period_over",
        because="No grounds were recorded, nothing came since, and no colleague needs it.",
    )  # fmt: skip


def _add_legal_hold(members: Mapping[str, Member], now: datetime) -> None:
    case = Person.objects.select_related("case").filter(name="Kieran").latest("recorded_at").case
    keeping.hold(
        by=members["coordinator"], at=now - timedelta(days=3), case=case, kind="prosecution",
        because="The file of those who ran the line goes to the Crown Prosecution Service.",
    )  # fmt: skip


def _asked(members: Mapping[str, Member], now: datetime) -> None:
    by = members["dataprotection"]
    request = registers.record_request(
        by=by, at=now - timedelta(days=12), kind="copy", came="agent",
        who="Ms Odalys Ferro of Ferro and Lake, for a client met in the spring. To be met at the law centre, never by post.",
        received_on=london_date(now) - timedelta(days=12),
    )  # fmt: skip
    registers.request_step(by=by, at=now - timedelta(days=7), request=request, kind="identity", words="Seen with their papers.")
    registers.request_step(by=by, at=now - timedelta(days=7), request=request, kind="alone", words="Met alone, our interpreter.")
    victims = Person.objects.filter(case__sealed=False, roles__contains=["possible_victim"]).exclude(name="")
    person = victims.order_by("recorded_at", "id").first()
    if person is not None:
        sought = Sought(names=(person.name,), born=person.birth_date)
        registers.search_request(by=by, at=now - timedelta(days=6), request=request, sought=sought)


def _breached(members: Mapping[str, Member], now: datetime) -> None:
    by, aware = members["dataprotection"], now - timedelta(hours=31)
    breach = registers.record_breach(
        by=by, at=now - timedelta(hours=29), kind="shown", how_many=2, aware_at=aware,
        what="A list of appointments with two names in it went to the wrong charity by e-mail. They say that they deleted it.",
    )  # fmt: skip
    registers.breach_step(
        by=by, at=now - timedelta(hours=26), breach=breach, kind="put_right",
        words="The charity wrote that it is deleted; the address book was put right.",
    )  # fmt: skip
    person = Person.objects.filter(case__sealed=False, roles__contains=["possible_victim"]).order_by("-recorded_at", "id").first()
    if person is not None:
        record_purpose_changes(
            by=members["investigator"], at=now - timedelta(days=4), people=[person], recorded_for=["support"], use="prosecution",
            recipient="Crown Prosecution Service, the reviewing lawyer", power="An order of the Crown Court",
            reason="The court ordered which help was offered and when. They were told first, and their adviser too.",
        )  # fmt: skip

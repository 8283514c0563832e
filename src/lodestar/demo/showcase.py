"""What a newcomer opens first, recorded through the same actions as the pages: Kieran and Jaz, met an hour ago; a shed whose case
is held by a detective inspector's authority; earlier records of other systems, of each kind, so that the questions they raise are
read; and what the demo force keeps and lets go. All of it is invented."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from lodestar.casework.case_files.actions.case import open_case
from lodestar.casework.case_files.actions.people import add_person, record_exploitation, record_first_account, record_offence
from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.actions.disclosures import record_purpose_changes
from lodestar.casework.investigations import actions as investigations
from lodestar.casework.investigations.actions import record_crime
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
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
    investigations.give_authority(
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
# Of each: kind, file, days before now, and the cells of its row.
RECORDS: Sequence[tuple[str, str, int, Mapping[str, str]]] = (
    ("missing", "missing.csv", 210, {"record_ref": "MP/1180", "name": "Ruben Castellane", "born": "14/02/2011", "narrative":
        "Left the placement at 22:00. Came back by himself the next day.", "source": "Missing persons system"}),
    ("missing", "missing.csv", 150, {"record_ref": "MP/1302", "name": "Ruben Castellane", "born": "14/02/2011", "narrative":
        "Found out of area at a railway station, with a one way ticket and a new phone he cannot explain."}),
    ("missing", "missing.csv", 61, {"record_ref": "MP/1477", "name": "CASTELLANE Ruben", "born": "14/02/2011", "narrative":
        "Third time this year. Would not say where he had been. Mother is worried about older friends."}),
    ("custody", "custody.csv", 40, {"record_ref": "CU/20771", "name": "Ruben Castellane", "born": "14/02/2011", "offence":
        "Possession with intent to supply a Class A drug, Misuse of Drugs Act 1971 s5(3)", "narrative":
        "Two phones, one of them registered to an adult. Says it is not his phone. Charged and bailed.", "outcome": "Bailed"}),
    ("stop", "stops.csv", 33, {"record_ref": "ST/4471", "name": "Ilinca Dobre-Hale", "born": "03/07/2008", "place":
        "Station Approach, Eldham", "narrative":
        "In a car with older males. Did not speak for herself; the driver answered for her. No offences."}),
    ("call", "calls.csv", 28, {"record_ref": "L/99-0231", "name": "Joris Linden", "born": "19/11/1998", "place":
        "Shine and Go car wash, Marlsea", "narrative":
        "Customer reports that a worker said he has not been paid for two months and sleeps in the back room.",
        "phone": "07700 900461"}),
    ("address", "addresses.csv", 20, {"record_ref": "AD/77", "name": "Joris Linden", "born": "19/11/1998", "place":
        "Flat 2, 14 Netmakers Row, Marlsea", "narrative": "One of several men there. Mattresses on the floor."}),
    ("address", "addresses.csv", 20, {"record_ref": "AD/77", "name": "Kasper Onderwater", "born": "02/05/1985", "place":
        "Flat 2, 14 Netmakers Row, Marlsea", "narrative": "Says the boss has his passport."}),
    ("address", "addresses.csv", 20, {"record_ref": "AD/77", "name": "Tiago Rosewarne", "born": "23/09/1990", "place":
        "Flat 2, 14 Netmakers Row, Marlsea", "narrative": "Works at the car wash."}),
    ("address", "addresses.csv", 18, {"record_ref": "AD/81", "name": "Emil Sandqvist-Moro", "born": "30/01/1979", "place":
        "Flat 2, 14 Netmakers Row, Marlsea", "narrative": "Met on a second visit."}),
    ("custody", "custody.csv", 12, {"record_ref": "CU/20933", "name": "Walter Penhaligon", "born": "08/08/1961", "offence":
        "Drink driving", "narrative": "No concerns raised. Charged and bailed."}),
    ("stop", "stops.csv", 9, {"record_ref": "ST/4502", "name": "Petr Kowal", "born": "1985", "place": "Salt Lane", "narrative":
        "Walking at night with one bag. Does not know the address where he lives."}),
)  # fmt: skip


def earlier_records(members: Mapping[str, Member], now: datetime) -> None:
    """Takes the records in as the analyst, a file at a time, and says of each that with it all of its kind are here."""
    files: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    today = london_date(now)
    for kind, file, days, cells in RECORDS:
        at = (now - timedelta(days=days)).strftime("%d/%m/%Y %H:%M")
        files.setdefault((kind, file), []).append({**cells, "happened_at": at})
    for (kind, file), rows in files.items():
        records = [record_row(list(row.items()), [], kind, now) for row in rows]
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

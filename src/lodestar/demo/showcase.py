"""What a newcomer opens first, recorded through the same actions as the pages: Kieran and Jaz, met an hour ago; and a shed
whose case is held by a detective inspector's authority."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lodestar.accounts.access import Member
from lodestar.cases import actions
from lodestar.cases.models import Obligation
from lodestar.investigations import actions as investigations
from lodestar.journeys.crime_recorded import record_crime

FIRST_HOUR = (
    ("make_safe", 9, "Out of the shed and in our car; PC Ferreira is with him."),
    ("see_alone_with_independent_interpreter", 48, "Job 20418, Polish, by telephone."),
)


def kieran_and_jaz(members: Mapping[str, Member], now: datetime) -> None:
    """Two boys with wraps by the harbour. The first line is done; the rest is waiting for whoever opens the case."""
    officer, met = members["officer"], now - timedelta(minutes=46)
    case = actions.open_case(
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
        person = actions.add_person(
            by=officer,
            at=met,
            case=case,
            facts={
                "name": name, "roles": ["possible_victim", "suspect"], "belief": "reasonable_grounds", "age_min": age,
                "age_max": age, "age_basis": "stated", "alive": True, "place": "street", "out_of_danger": danger,
                "needs": needs, "seized": ["drugs", "phone"], "british": True,
            },
        )  # fmt: skip
        actions.record_exploitation(
            by=officer, at=met, person=person,
            facts={"type": "criminal", "where": ["uk"], "police_areas": ["fenmarch"], "organised": True},
        )  # fmt: skip
        actions.record_offence(
            by=officer, at=met, person=person,
            facts={
                "act": "Misuse of Drugs Act 1971", "section": "5(3)", "where": "england_wales", "stage": "stop",
                "title": "possession of a Class A drug with intent to supply", "on_from": met.date().isoformat(),
                "on_to": met.date().isoformat(), "age_then_min": age, "age_then_max": age,
            },
        )  # fmt: skip
    owed = list(Obligation.objects.filter(case=case, code="make_safe", state="open"))
    actions.answer_duty(
        by=officer, at=met + timedelta(minutes=8), case=case, obligations=owed, kind="done",
        because="Parted from the driver; PC Ferreira stays with them.",
    )  # fmt: skip


def the_packing_shed(members: Mapping[str, Member], now: datetime) -> None:
    """A man from a packing shed. No PIP2 detective could be had: a trainee has the case for a day. A review gave directions."""
    officer, inspector, met = members["officer"], members["inspector"], now - timedelta(hours=19)
    facts = {"place": "Packing shed, Salt Lane", "police_areas": ["fenmarch"], "what": "A man sleeping between the pallets."}
    case = actions.open_case(by=officer, at=met, facts=facts)
    person = actions.add_person(
        by=officer, at=met, case=case,
        facts={
            "name": "Petr Kowal", "roles": ["possible_victim"], "belief": "reasonable_grounds", "alive": True,
            "age_min": 41, "age_max": 41, "age_basis": "stated", "place": "premises", "language": "Polish",
        },
    )  # fmt: skip
    actions.record_exploitation(
        by=officer, at=met, person=person, facts={"type": "labour", "where": ["uk"], "police_areas": ["fenmarch"]}
    )
    for code, minutes, words in FIRST_HOUR:
        owed = list(Obligation.objects.filter(case=case, code=code, state="open"))
        actions.answer_duty(
            by=officer, at=met + timedelta(minutes=minutes), case=case, obligations=owed, kind="done", because=words
        )
    actions.record_first_account(
        by=officer, at=met + timedelta(minutes=52), people=[person], reference="BWV-20418", officer="2214",
        kept=["signs_of_control", "papers"], more="The padlock and the rota",
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
    actions.use_emergency_access(
        by=members["custody"], at=now - timedelta(hours=9), case=case,
        reason="The foreman is in my cells and asks where he was taken. I have to know whom to keep apart.",
    )  # fmt: skip


def the_night_handed_on(members: Mapping[str, Member], now: datetime) -> None:
    """The officer of the other unit went off tour and left the coordinator a morning list."""
    officer = members["officer2"]
    left = Obligation.objects.filter(holder_id=officer.user, with_role="frontline", state="open", opens_at__lte=now)
    rows = list(left.exclude(when="now").select_related("case").order_by("-opened_at", "id"))
    latest = [row for row in rows if row.case_id == rows[0].case_id] if rows else []
    for case in {row.case for row in latest}:
        actions.hand_on(
            by=officer, at=now - timedelta(hours=3), case=case, obligations=latest,
            known="Wants to stay near the sister, and not in Marlsea.",
        )  # fmt: skip

"""Cases that the demo force closes, and court orders."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.closures.actions import NotAuthorised, ask_closing, decide_closing, set_status
from lodestar.casework.closures.models import ClosingRequest
from lodestar.casework.closures.queries import charged_at, crimes_of, is_closed, open_obligations, open_points, refusals
from lodestar.casework.closures.rules import CASE, PERSON, checklist, point_name
from lodestar.casework.court_orders.actions import move_order, record_breach, record_order
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.demo.concerns import SEED
from lodestar.demo.work import Life, Office, Sitting
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, DemoWork, register_demo_part
from lodestar.platform.time.days import london_date

LATER = "It does not depend on this: the owner has it in their list"
KEPT_OPEN = 9  # one case in so many is not closed by this: what is told of closings, bail and promises needs some
CLOSED_AFTER = (40, 85)  # days, at the first round after that at which nothing refuses it


def review_person(inspector: Member, detective: Member, at: datetime, person: Person) -> None:
    """No further action for a person: asked by a detective, agreed by an inspector, or refused while its record is open."""
    row = ask_closing(
        by=detective, at=at, case=person.case, scope=PERSON, person=person, outcomes=[], answers={},
        version=london_date(at).isoformat(), reason="The full record carries it",
    )  # fmt: skip
    _decide(inspector, at, row, {}, "Agreed, with the intelligence kept", "Finish the record first")


def _decide(inspector: Member, at: datetime, row: ClosingRequest, reasons: dict[str, str], agreed: str, refused: str) -> bool:
    """Agree, or refuse where the record does not carry it yet. Return whether it was agreed."""
    try:
        decide_closing(by=inspector, at=at, row=row, approved=True, because=agreed, reasons=reasons)
    except NotAuthorised:
        decide_closing(by=inspector, at=at, row=row, approved=False, because=refused, reasons=reasons)
        return False
    return True


def close_case(by: Member, inspector: Member, at: datetime, decided_at: datetime, case: Case) -> bool:
    """Ask to close a case in which nothing refuses it, and decide that. Return whether it was closed."""
    outcomes = [{"crime": key, "code": "1" if charged_at(case) else "18", "on": london_date(at).isoformat()}
                for key in crimes_of(case) or [""]]  # fmt: skip
    if refusals(case, open_obligations(case), outcomes, CASE):
        return False
    asked = checklist(london_date(at))
    row = ask_closing(
        by=by, at=at, case=case, scope=CASE, outcomes=outcomes, answers=_checklist_answers(at), version=asked.version,
        reason="Every line of enquiry is done, and what the NRM decides is filed when it comes",
    )  # fmt: skip
    reasons = {point_name(words): LATER for words, _ in open_points(row, open_obligations(case))}
    return _decide(inspector, decided_at, row, reasons, "Agreed after the checklist", "Not yet")


def _checklist_answers(at: datetime) -> dict[str, str]:
    questions = checklist(london_date(at)).questions
    return {each.code: "done" if each.kind == "choice" else "See the case file" for each in questions}


def closings_and_orders(members: Mapping[str, Member], now: datetime) -> None:
    """Of cases that a detective has: one closed, one that waits, one closed elsewhere without a decision; and two orders."""
    detective, inspector = members["investigator"], members["inspector"]
    owners: dict[UUID | None, Member] = {each.user: each for each in (detective, members["investigator2"])}
    cases = Case.objects.filter(~is_closed("id"), sealed=False, owner__isnull=False, encountered_at__lt=now - timedelta(days=60))
    suspected = Person.objects.filter(roles__contains=["suspect"]).values("case")
    quiet = list(cases.exclude(id__in=suspected).order_by("-encountered_at", "id")[:3])
    for case, happened, is_decided in zip(quiet, (False, False, True), (True, False, False), strict=False):
        owner = owners.get(case.owner_id, detective)
        set_status(by=owner, at=case.encountered_at + timedelta(days=1), case=case, status="investigating")
        outcomes = [{"crime": key, "code": "15", "on": london_date(now).isoformat()} for key in crimes_of(case) or [""]]
        row = ask_closing(
            by=owner, at=now - timedelta(days=2), case=case, scope=CASE, outcomes=outcomes, happened=happened,
            reason="Every line of enquiry is done and nobody else can be identified", answers=_checklist_answers(now),
            version=checklist(london_date(now)).version,
        )  # fmt: skip
        if is_decided:
            reasons = {point_name(words): LATER for words, _ in open_points(row, open_obligations(case))}
            _decide(inspector, now, row, reasons, "Agreed after the checklist", "Agreed after the checklist")
    exploiters = Person.objects.filter(roles__contains=["exploiter"], case__sealed=False, case__owner__isnull=False)
    for kind, person in zip(("stpo", "stro"), exploiters.select_related("case").order_by("-recorded_at", "id")[:2], strict=False):
        owner = owners.get(person.case.owner_id, detective)
        order = record_order(by=owner, at=now - timedelta(days=20), person=person, kind=kind)
        if kind == "stpo":
            made, conditions = london_date(now) - timedelta(days=10), ["No contact with the person protected", "No lodgers"]
            move_order(
                by=owner, at=now - timedelta(days=9), row=order, to="made", seen=1, conditions=conditions, made_on=made,
                from_on=made, to_on=date(made.year + 6, made.month, 1), court="Marlsea Crown Court",
            )  # fmt: skip
            breach = {"what_was_done": "Arrested and charged", "victim_informed": "not_safe"}
            record_breach(by=owner, at=now - timedelta(days=1), order=order, **breach)


def agree_no_further_action(sitting: Sitting, row: Obligation) -> None:
    """Have no further action for a person asked for and decided."""
    person, _ = sitting.person_of(row)
    if sitting.once("no_further_action", person.id):
        owner = sitting.office.by_user.get(sitting.case.owner_id) if sitting.case.owner_id else None
        review_person(sitting.by(row), owner or sitting.office.members["investigator"], sitting.now, person)


def close_cases(office: Office, lives: Iterable[Life], now: datetime) -> None:
    """Close the cases of detectives of which nothing more comes: most after two or three months, some not at all."""
    inspector, chosen = office.members["inspector"], [life.case for life in lives if _is_ready(life, now)]
    rows = Case.objects.filter(id__in=chosen, owner__in=office.by_user) if chosen else ()
    if not rows:
        return
    with ledger.acting_on(*(row.id for row in rows), by=inspector.user, at=now, code="closures.decided") as cases:
        for case in sorted(cases, key=lambda case: case.reference):
            owner, asked_at = office.by_user[case.owner_id or UUID(int=0)], office.clock.pass_by(5)
            decided_at = office.clock.pass_by(90)
            office.lives[case.id].is_closed = close_case(owner, inspector, asked_at, decided_at, case)


def _is_ready(life: Life, now: datetime) -> bool:
    chance = Random(f"{SEED} {life.concern.key} closing")
    stays = chance.random() < 1 / KEPT_OPEN
    if life.is_closed or stays or life.concern.met + timedelta(days=chance.randint(*CLOSED_AFTER)) > now:
        return False
    return not any("suspect" in what or "outcome" in what for _, what, _ in life.course)


register_demo_part(
    DemoPart(
        "closures",
        closings_and_orders,
        needs=(YEARS, "suspects", "retention"),
        work=DemoWork(closes={"di_review_before_no_further_action": agree_no_further_action}, after_round=close_cases),
    )
)

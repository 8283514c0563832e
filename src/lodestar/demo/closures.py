"""What detective inspectors of the demo force decide on closing and on no further action, and its court orders."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.closures.actions import NotAuthorised, ask_closing, decide_closing, set_status
from lodestar.casework.closures.queries import crimes_of, open_obligations, open_points
from lodestar.casework.closures.rules import CASE, PERSON, checklist, point_name
from lodestar.casework.court_orders.actions import move_order, record_breach, record_order
from lodestar.platform.accounts.access import Member
from lodestar.platform.time.days import london_date

LATER = "It does not depend on this: the owner has it in their list"


def review_person(inspector: Member, detective: Member, at: datetime, person: Person) -> None:
    """No further action for a person: asked by a detective, agreed by an inspector, or refused while its record is open."""
    asked: dict[str, Any] = {
        "by": detective,
        "at": at,
        "case": person.case,
        "version": london_date(at).isoformat(),
        "answers": {},
    }
    row = ask_closing(scope=PERSON, person=person, outcomes=[], reason="The full record carries it", **asked)
    decision: dict[str, Any] = {
        "by": inspector,
        "at": at,
        "row": row,
        "because": "Agreed, with the intelligence kept",
        "reasons": {},
    }
    try:
        decide_closing(approved=True, **decision)
    except NotAuthorised:
        decide_closing(approved=False, **decision | {"because": "Finish the record first"})


def closings_and_orders(members: Mapping[str, Member], now: datetime) -> None:
    """Of cases that a detective has: one closed, one that waits, one closed elsewhere without a decision; and two orders."""
    detective, inspector = members["investigator"], members["inspector"]
    answers = {
        each.code: "done" if each.kind == "choice" else "See the case file" for each in checklist(london_date(now)).questions
    }
    cases = Case.objects.filter(sealed=False, owner__isnull=False, encountered_at__lt=now - timedelta(days=60))
    suspected = Person.objects.filter(roles__contains=["suspect"]).values("case")
    quiet = list(cases.exclude(id__in=suspected).order_by("-encountered_at", "id")[:3])
    for case, happened, is_decided in zip(quiet, (False, False, True), (True, False, False), strict=False):
        set_status(by=detective, at=case.encountered_at + timedelta(days=1), case=case, status="investigating")
        outcomes = [{"crime": key, "code": "15", "on": london_date(now).isoformat()} for key in crimes_of(case) or [""]]
        row = ask_closing(
            by=detective, at=now - timedelta(days=2), case=case, scope=CASE, outcomes=outcomes, happened=happened,
            reason="Every line of enquiry is done and nobody else can be identified", answers=answers,
            version=checklist(london_date(now)).version,
        )  # fmt: skip
        if is_decided:
            reasons = {point_name(words): LATER for words, _ in open_points(row, open_obligations(case))}
            decision: dict[str, Any] = {
                "by": inspector,
                "at": now,
                "row": row,
                "because": "Agreed after the checklist",
                "reasons": reasons,
            }
            try:
                decide_closing(approved=True, **decision)
            except NotAuthorised:
                decide_closing(approved=False, **decision)
    exploiters = Person.objects.filter(roles__contains=["exploiter"], case__sealed=False, case__owner__isnull=False)
    for kind, person in zip(("stpo", "stro"), exploiters.select_related("case").order_by("-recorded_at", "id")[:2], strict=False):
        order = record_order(by=detective, at=now - timedelta(days=20), person=person, kind=kind)
        if kind == "stpo":
            made, conditions = london_date(now) - timedelta(days=10), ["No contact with the person protected", "No lodgers"]
            days: dict[str, Any] = {
                "court": "Marlsea Crown Court",
                "made_on": made,
                "from_on": made,
                "to_on": date(made.year + 6, made.month, 1),
            }
            move_order(by=detective, at=now - timedelta(days=9), row=order, to="made", seen=1, conditions=conditions, **days)
            breach = {"what_was_done": "Arrested and charged", "victim_informed": "not_safe"}
            record_breach(by=detective, at=now - timedelta(days=1), order=order, **breach)

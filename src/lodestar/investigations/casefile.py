"""The investigation, on the page of a case: crimes recorded for each possible victim, the owner's authority, reviews."""

from lodestar.accounts.permissions import Permission
from lodestar.cases.casefile import Panel, Row, Shown, at_most
from lodestar.design.when import due_at, is_late, moment, short_day
from lodestar.design.words import in_words
from lodestar.kernel.obligations import as_instant

CRIMES = ("record_crime", "record_incident_overseas")
ALLOCATION = "allocate_pip2_owner"
REVIEW = "supervise_investigation"


def panel(shown: Shown) -> Panel | None:
    """Crimes first, then who has it, then the review."""
    if not shown.people:
        return None
    rows = [_crimes(shown), *_allocation(shown), *_review(shown)]
    may_review = shown.member.may(Permission.INVESTIGATION_REVIEW)
    return Panel(
        "investigation",
        "Investigation",
        rows=at_most(rows),
        link="Reviews and directions" if may_review else "",
        href=f"/cases/{shown.case.reference}/review",
    )


def _crimes(shown: Shown) -> Row:
    numbers = [key for key, person in shown.facts.items() if any(name == "crime_recorded" for name, _ in person.events)]
    recorded = (
        f"{in_words(len(numbers))} {'person has' if len(numbers) == 1 else 'people have'} a crime recorded"
        if numbers
        else "No crime is recorded yet"
    )
    owed = shown.owing(*CRIMES)
    missing = shown.who(owed)
    if not missing:
        return Row(recorded)
    first = owed[0]
    return Row(
        f"{recorded}; owed for {missing[0] if len(missing) == 1 else f'{len(missing)} people'}",
        href=f"/people/{first.person_id}/crime",
        late=moment(first.due_at, shown.now) if first.due_at and is_late(first.due_at, shown.now) else "",
        side=due_at(first.due_at, shown.now) if first.due_at and not is_late(first.due_at, shown.now) else "",
    )


def _allocation(shown: Shown) -> list[Row]:
    owed = shown.owing(ALLOCATION)
    if not owed:
        return []
    href = f"/cases/{shown.case.reference}/allocate" if shown.member.may(Permission.CASE_ALLOCATE) else ""
    due = owed[0].due_at
    late = due is not None and is_late(due, shown.now)
    return [
        Row(
            "A detective is to be given the case",
            href=href,
            late=moment(due, shown.now) if due and late else "",
            side=due_at(due, shown.now) if due and not late else "",
        )
    ]


def _review(shown: Shown) -> list[Row]:
    reviewed = [as_instant(when) for name, when in shown.encounter.case.events if name == "investigation_reviewed"]
    owed = shown.owing(REVIEW)
    due = owed[0].due_at if owed else None
    if not reviewed and due is None:
        return []
    said = f"Reviewed {short_day(max(reviewed), shown.now)}" if reviewed else "Not reviewed yet"
    return [Row(f"{said}{'; the next is due ' + moment(due, shown.now) if due else ''}")]

"""The investigation, on the page of a case: crimes recorded for each possible victim, the owner's authority, reviews."""

from datetime import datetime

from lodestar.casework.case_files.casefile import CaseContext, Panel, Row, at_most
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import due_at, due_in, is_late, moment, short_day
from lodestar.platform.design.words import in_words
from lodestar.platform.obligations.obligations import as_instant

CRIMES = ("record_crime", "record_incident_overseas")
ALLOCATION = "allocate_pip2_owner"
REVIEW = "supervise_investigation"


def panel(shown: CaseContext) -> Panel | None:
    """Crimes first, then who has it, then the review."""
    if not shown.people:
        return None
    rows = [_crimes(shown), *_allocation(shown), *_review(shown)]
    link = "Investigation and timeline" if shown.member.may(Permission.INVESTIGATION_VIEW) else ""
    href = f"/cases/{shown.case.reference}/investigation"
    return Panel("investigation", "Investigation", rows=at_most(rows), link=link, href=href)


def _crimes(shown: CaseContext) -> Row:
    numbers = [key for key, person in shown.facts.items() if any(name == "crime_recorded" for name, _ in person.events)]
    people = "person has" if len(numbers) == 1 else "people have"
    recorded = f"{in_words(len(numbers))} {people} a crime recorded" if numbers else "No crime is recorded yet"
    owed = shown.owing(*CRIMES)
    missing = shown.who(owed)
    if not missing:
        return Row(recorded)
    first = owed[0]
    words = f"{recorded}; due for {missing[0] if len(missing) == 1 else f'{len(missing)} people'}"
    return Row(words, href=f"/people/{first.person_id}/crime", **_due_cells(first, shown))


def _due_cells(first: Obligation, shown: CaseContext) -> dict[str, str]:
    """Late since when, or due when."""
    due = first.due_at
    late = due is not None and is_late(due, shown.now)
    return {
        "late": moment(due, shown.now) if due and late else "", "side": due_at(due, shown.now) if due and not late else "",
    }  # fmt: skip


def _until(shown: CaseContext) -> datetime | None:
    """Until when the authority lasts under which the case is, or was last, held; `authority` was read with the case."""
    authority = getattr(shown.case, "authority", None) if shown.case.owner_id else None
    return datetime.fromisoformat(authority["until"]) if authority else None


def owner_words(shown: CaseContext) -> str:
    """What stands behind the owner's name when they have the case by authority: until when, or that it ended."""
    until = _until(shown)
    return f", by authority that {'ended' if until <= shown.now else 'runs out'} {moment(until, shown.now)}" if until else ""


def _allocation(shown: CaseContext) -> list[Row]:
    owed = shown.owing(ALLOCATION)
    href = f"/cases/{shown.case.reference}/allocate" if shown.member.may(Permission.CASE_ALLOCATE) else ""
    until = _until(shown)
    if until is not None and until > shown.now:
        authority = shown.case.authority  # type: ignore[attr-defined]  # read with it
        side = f"until {moment(until, shown.now)}, {due_in(until, shown.now)}; then a PIP2 detective is needed"
        words = f"{authority['owner']} has it by {authority['by']}’s authority"
        return [Row(words, href=href, tag="By authority", colour="orange", side=side)]
    if not owed:
        return []
    words = "The authority ended: allocate a PIP2 detective" if until else "Allocate a detective"
    return [Row(words, href=href, **_due_cells(owed[0], shown))]


def _review(shown: CaseContext) -> list[Row]:
    reviewed = [as_instant(when) for name, when in shown.encounter.case.events if name == "investigation_reviewed"]
    owed = shown.owing(REVIEW)
    due = owed[0].due_at if owed else None
    if not reviewed and due is None:
        return []
    sentence = f"Reviewed {short_day(max(reviewed), shown.now)}" if reviewed else "Not reviewed yet"
    return [Row(f"{sentence}{'; the next is due ' + moment(due, shown.now) if due else ''}")]

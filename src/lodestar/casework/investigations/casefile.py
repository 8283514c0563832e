"""The investigation, on the page of a case: crimes recorded for each possible victim, the owner's authority, reviews."""

from lodestar.casework.case_files.casefile import CaseContext, Panel, Row, at_most
from lodestar.casework.investigations.models import Allocation
from lodestar.casework.investigations.queries import authority_of
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import due_at, due_in, is_late, moment, short_day
from lodestar.platform.design.words import in_words
from lodestar.platform.obligations.obligations import as_instant

CRIMES = ("record_crime", "record_incident_overseas")
ALLOCATION = "allocate_pip2_owner"
REVIEW = "supervise_investigation"
KEPT = "investigations.authority"


def panel(shown: CaseContext) -> Panel | None:
    """Crimes first, then who has it, then the review."""
    if not shown.people:
        return None
    rows = [_crimes(shown), *_allocation(shown), *_review(shown)]
    link = "Reviews and directions" if shown.member.may(Permission.INVESTIGATION_REVIEW) else ""
    href = f"/cases/{shown.case.reference}/review"
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


def authority(shown: CaseContext) -> Allocation | None:
    """The detective inspector's authority under which the case is, or was last, held; read once for the page."""
    if KEPT not in shown.app_data:
        shown.app_data[KEPT] = authority_of(shown.case) if shown.case.owner_id else None
    allocation: Allocation | None = shown.app_data[KEPT]
    return allocation


def owner_words(shown: CaseContext) -> str:
    """What stands behind the owner's name when they have the case by authority: until when, or that it ended."""
    by = authority(shown)
    if by is None or by.expires_at is None:
        return ""
    ended = by.expires_at <= shown.now
    return f", by authority that {'ended' if ended else 'runs out'} {moment(by.expires_at, shown.now)}"


def _allocation(shown: CaseContext) -> list[Row]:
    owed = shown.owing(ALLOCATION)
    href = f"/cases/{shown.case.reference}/allocate" if shown.member.may(Permission.CASE_ALLOCATE) else ""
    by = authority(shown)
    if by is not None and by.expires_at and by.authorised_by and by.expires_at > shown.now:
        words = f"{by.owner.name} has it by {by.authorised_by.name}’s authority"
        until = f"until {moment(by.expires_at, shown.now)}, {due_in(by.expires_at, shown.now)}; then a PIP2 detective is needed"
        return [Row(words, href=href, tag="By authority", colour="orange", side=until)]
    if not owed:
        return []
    words = "The authority ended: allocate a PIP2 detective" if by else "Allocate a detective"
    return [Row(words, href=href, **_due_cells(owed[0], shown))]


def _review(shown: CaseContext) -> list[Row]:
    reviewed = [as_instant(when) for name, when in shown.encounter.case.events if name == "investigation_reviewed"]
    owed = shown.owing(REVIEW)
    due = owed[0].due_at if owed else None
    if not reviewed and due is None:
        return []
    sentence = f"Reviewed {short_day(max(reviewed), shown.now)}" if reviewed else "Not reviewed yet"
    return [Row(f"{sentence}{'; the next is due ' + moment(due, shown.now) if due else ''}")]

"""The officer whom a row names: whoever is at work here by that name has the case from the start, and is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from lodestar.accounts.access import Member
from lodestar.accounts.models import Membership
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import called_at_work
from lodestar.cases.actions.reports import alert_of_new
from lodestar.cases.models import Case
from lodestar.journeys.concern_rows import ConcernRow
from lodestar.journeys.taken import ADDED, MADE, Taken

SHORT = 60  # characters
Officers = Mapping[str, Membership]


def officers_of(rows: Iterable[ConcernRow]) -> Officers:
    """By the words of these rows whoever is the one officer at work who is called so and may have a case. No row names one, no
    statement."""
    named = {row.officer for row in rows if row.officer}
    return called_at_work(named, Permission.CONCERN_RECORD) if named else {}


def officer_facts(rows: Sequence[ConcernRow], officers: Officers) -> dict[str, Any]:
    """The columns of a new case that say whose it is meanwhile, where its rows name somebody: the first that names any."""
    named = next((row.officer for row in rows if row.officer), "")
    place = officers.get(named)
    return {"interim_owner_id": place.user_id, "unit_id": place.unit_id} if place else {}


def tell_officers(*, by: Member, at: datetime, cases: Iterable[Case]) -> None:
    """Alerts whoever has new cases because their rows name them."""
    alert_of_new(by=by, at=at, cases=[case for case in cases if case.interim_owner_id != by.user])


def with_officer(by: Member, rows: Sequence[ConcernRow], found: Sequence[Taken], officers: Officers) -> list[Taken]:
    """What became of rows of one incident, with what is told of the officer beside the row that names one, where it is new."""
    told = list(found)
    if not any(one.what == MADE for one in found):
        return told
    for place, (row, one) in enumerate(zip(rows, found, strict=True)):
        if row.officer and one.what in (MADE, ADDED):
            told[place] = replace(one, notes=(_words(by, row.officer, officers),))
            break
    return told


def _words(by: Member, named: str, officers: Officers) -> str:
    short = named if len(named) <= SHORT else f"{named[:SHORT]}…"
    place = officers.get(named)
    if place is None:
        return f"officer “{short}” is not one person at work here who may have a case: kept as text, and {by.username} has it"
    return f"officer “{short}” has the case, and what is owed at the scene"

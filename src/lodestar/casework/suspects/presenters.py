"""Suspects in words: the register, a release with the victims to inform, and what is due."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.access import people_shown
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.presenters import label
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.contact_promises.rules import outcome
from lodestar.casework.safe_addresses.queries import ContactGate
from lodestar.casework.suspects.access import suspects_seen
from lodestar.casework.suspects.models import Suspect, SuspectRelease
from lodestar.casework.suspects.rules import DECIDE_BEFORE, STATES, STEPS, next_authority
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day, day_time
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.registers.models import Column, Register

MOST = 20  # of one kind that are read for a first page


def bail_words(row: Suspect, now: datetime) -> str:
    """Until when bail before charge runs and who must authorise more; empty without bail."""
    if row.bail_began is None:
        return ""
    authority = next_authority(row.bail_began, row.bail_ends) if row.bail_ends else ""
    until = f"until {day(row.bail_ends)}" if row.bail_ends else "no end recorded"
    return f"On bail, {until}" + (f"; longer only by {authority} (time limit not confirmed)" if authority else "")


def _officers(row: Suspect, now: datetime) -> dict[str, str]:
    """The officer for the suspect and the one for the victim; marked where it is one and the same."""
    mark = {"tag": "Same officer", "colour": "red"} if row.owner_id == row.victim_officer_id else {}
    victim = row.victim_officer.name if row.victim_officer else "not recorded"
    return {**mark, "words": f"Suspect: {row.owner.name}. Victim: {victim}"}


def release_cell(release: SuspectRelease) -> dict[str, str]:
    """A release, and whether it is planned, happened or was cancelled."""
    status = "cancelled" if release.cancelled_at else "happened" if release.happened_at else "planned"
    words = f"{STEPS[release.kind]['name']}, {status}, {day_time(release.happened_at or release.planned_at)}"
    return {"words": words, "href": f"/releases/{release.id}", "status": status}


def _words(row: Suspect, now: datetime) -> list[dict[str, Any]]:
    officers = _officers(row, now)
    conditions = [str(condition.words) for condition in row.conditions.all() if condition.to_at is None]
    pairs = (
        ("Custody reference", row.custody_reference),
        ("Bail", bail_words(row, now)),
        ("Conditions of bail", "; ".join(conditions)),
        ("Officers", ". ".join(filter(None, (officers.get("tag"), officers["words"], str(row.same_because))))),
    )
    releases = [
        {"key": "Release", "value": cell["words"], "href": cell["href"], "action": "Open"}
        for cell in map(release_cell, row.releases.all())
    ]
    return [{"key": key, "value": value} for key, value in pairs if value] + releases


SUSPECTS = Register(
    name="case-suspects",
    title="Suspects",
    model=Suspect,
    columns=(
        Column("Suspect", lambda row, now: {"words": label(row.person), "href": f"/suspects/{row.id}"}),
        Column("Status", lambda row, now: STATES.states[row.state]),
        Column("Bail", bail_words),
        Column("Officers", _officers),
        Column("Release", lambda row, now: next(map(release_cell, reversed(row.releases.all())), "")),
    ),
    filters=(),
    visible=suspects_seen,
    changes=Permission.INVESTIGATION_RECORD,
    words=_words,
    shown=lambda member, rows: people_shown(member, [row.person_id for row in rows]),
)


def uninformed(rows: Iterable[Promise], release: SuspectRelease, gates: Mapping[UUID, ContactGate], now: datetime) -> int:
    """How many victims were not informed before a release happened: counted, also once they were informed afterwards. Those who
    asked never to be contacted are not among them."""
    late = [row for row in rows if outcome(row.kind, row.state, row.by_when, row.done_at, now) in ("broken", "late")]
    late = [row for row in late if row.done_at or gates[row.person_id].is_open or not gates[row.person_id].is_agreed]
    return len(late) if release.happened_at else 0


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """Suspects of a case, for the page of its investigation: how many, bail that ends, a release planned."""
    rows = list(suspects_seen(member).filter(person__case=case).prefetch_related("releases").order_by("due_at", "person__number"))
    bail = [Row(bail_words(row, now), f"/suspects/{row.id}", label(row.person)) for row in rows if row.bail_ends]
    cells = [release_cell(release) for row in rows for release in row.releases.all()]
    planned = [Row(cell["words"], cell["href"], tag="Planned", colour="orange") for cell in cells if cell["status"] == "planned"]
    return [Row(f"Suspects: {len(rows)}", f"/cases/{case.reference}/suspects"), *bail[:1], *planned[:1]]


def _bail_ends(member: Member, until: datetime) -> QuerySet[Any, Any]:
    """Bail of suspects whose officer the member is: to be decided a week before it ends."""
    rows = suspects_seen(member).filter(owner=member.user, due_at__lt=until).order_by("due_at", "id")
    return rows.values_list(Value("bail_ends"), "id", "state", "person__case__reference", "due_at")[:MOST]


def _item(suspect: UUID, state: str, reference: str, due: datetime) -> DueItem:
    what = f"Bail ends {day(due + DECIDE_BEFORE)}: extend, charge or release. {reference}"
    return DueItem("bail_ends", what, f"/suspects/{suspect}", due)


DUE_KINDS = (Kind("bail_ends", "Bail that ends", "/cases", Permission.INVESTIGATION_RECORD, _bail_ends, _item),)

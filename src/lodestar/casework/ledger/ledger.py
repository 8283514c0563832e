"""The ledger: what is owed in a case, reckoned from its facts and evidence, and stored so that it can be listed.

The stored rows say what the pure rules say (`platform/obligations/obligation_status.py`): every action ends by reckoning
its case in the same transaction, and a nightly check that reckons everything afresh must find no difference (`differences`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.ledger.queries.facts import Events, encounters, parts_of, talk_evidence
from lodestar.casework.ledger.queries.obligations import COMPARED, LEFT, Assigned, Key, answered, who_has
from lodestar.platform.audit.actions import audited
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.gravity import gravities
from lodestar.platform.obligations.obligation_status import Evidence, ObligationStatus, obligation_statuses
from lodestar.platform.obligations.obligations import Owed
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import start_of_day

AT_ONCE, TASKS_CHANGED = 500, "cases.tasks_"  # of what begins so no fact changes, but who has a task, and by when
OwedProvider = Callable[[Encounter, Settings], list[Owed]]
EventsAndEvidence = tuple[Mapping[UUID, Events], Mapping[UUID, Sequence[Evidence]]]


@dataclass(frozen=True)
class Provider:
    """What an app brings: rules of what is owed; and of cases the events for their facts and the evidence, read at once."""

    app: str
    owed: OwedProvider | None = None
    events_and_evidence: Callable[[Sequence[UUID]], EventsAndEvidence] | None = None
    contact: Callable[..., None] | None = None  # lets a contact with people pass, or raises
    keep: Callable[[Sequence[Encounter], Settings], None] | None = None  # stores what else follows from the facts, for lists


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Called by each app as it starts, and by nothing else."""
    _providers[provider.app] = provider


def all_owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """What every app's rules say is owed."""
    return [owed for provider in _providers.values() if provider.owed for owed in provider.owed(encounter, settings)]


def check_contact(**contact: Any) -> None:
    """Lets a contact with people pass what their contact rules say; raises what the app that keeps the rules raises."""
    for check in (provider.contact for provider in _providers.values() if provider.contact):
        check(**contact)


# --- what should stand, purely from rows ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """How one obligation should be stored."""

    standing: ObligationStatus
    with_role: str
    holder: UUID | None
    gravity: int = 0

    @property
    def person(self) -> UUID | None:
        """Whose it is; None for the case as a whole."""
        return UUID(self.standing.owed.person) if self.standing.owed.person else None

    @property
    def is_left(self) -> bool:
        """Whether an officer still has it, and may hand it on: what is for the scene itself is not handed on."""
        owed = self.standing.owed
        return self.standing.is_open and self.with_role == "frontline" and owed.when != "now" and owed.code != LEFT

    def columns(self, case: Case) -> tuple[Any, ...]:
        """What is stored of it, in the order of COMPARED. Without a later moment a thing owed opens when the person was met."""
        owed = self.standing.owed
        return (
            owed.owed_by, self.with_role, self.holder, owed.when, owed.line, owed.due, owed.due_from or "",
            list(owed.due_before), list(owed.why), owed.rests_on, "closed" if self.standing.state == "closed" else "open",
            self.standing.with_supervisor, self.standing.closed_with, owed.rule_from, case.sealed, case.unit_id,
            owed.opens_at or case.encountered_at, self.gravity,
        )  # fmt: skip


@dataclass
class Recalculation:
    """What is read, once, for many cases."""

    cases: Mapping[UUID, Case]
    encounters: Mapping[UUID, Encounter]
    evidence: Mapping[UUID, list[Evidence]]
    assigned: Mapping[UUID, Mapping[Key, Assigned]]
    settings: Settings


def facts_of(cases: Sequence[Case], persons: Sequence[Person] | None = None) -> Mapping[UUID, Encounter]:
    """What the rules see of these cases, with every app's events, in a constant number of queries. `persons` as in
    `encounters`."""
    return encounters(cases, [events for events, _ in _provided([case.id for case in cases])], persons)


def _provided(cases: Sequence[UUID]) -> list[EventsAndEvidence]:
    return [provider.events_and_evidence(cases) for provider in _providers.values() if provider.events_and_evidence]


def read(cases: Sequence[Case]) -> Recalculation:
    """All that the reckoning of these cases needs, in a constant number of queries."""
    ids = [case.id for case in cases]
    evidence, assigned = answered(ids)
    provided, parts = _provided(ids), parts_of(ids)
    for answers in (talk_evidence(parts.talks), *(answers for _, answers in provided)):
        for case, case_evidence in answers.items():
            evidence[case].extend(case_evidence)
    seen = encounters(cases, [events for events, _ in provided], parts=parts)
    return Recalculation({case.id: case for case in cases}, seen, evidence, assigned, settings_in_force())


def expected(read: Recalculation, case: UUID) -> dict[Key, Expected]:
    """What should stand in the ledger of one case, by key."""
    expected_by_key: dict[Key, Expected] = {}
    owed = all_owed(read.encounters[case], read.settings)
    gravity = gravities(reading(read.encounters[case], read.settings))
    for status in obligation_statuses(owed, read.evidence.get(case, ())):
        key = status.owed.key
        role, holder = who_has(read.cases[case], status, read.assigned.get(case, {}))
        expected_by_key[key] = Expected(status, role, holder, gravity[status.owed.person])
    is_left = any(expected_row.is_left for expected_row in expected_by_key.values())
    return {key: row for key, row in expected_by_key.items() if is_left or row.standing.owed.code != LEFT}


# --- storing it ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cause:
    """What made the ledger change: who, when it happened, the event of the log, and the names of the facts recorded."""

    by: UUID
    at: datetime
    code: str
    event: UUID | None = None
    facts: tuple[str, ...] = ()


# The cases that an action of this transaction is writing, until it recalculates them; one that is being opened has no row yet.
_acting: ContextVar[dict[UUID, Any] | None] = ContextVar("acting", default=None)


@contextmanager
def acting_on(*cases: UUID, by: UUID, at: datetime, code: str) -> Iterator[list[Case]]:
    """Locks the cases, in order of id, lets an action write, and reckons them in the same transaction.

    An action that runs inside another one on the same cases leaves the reckoning to the outer.
    """
    cases_in_progress = _acting.get()
    ordered = sorted(cases)
    if cases_in_progress is not None and all(case in cases_in_progress for case in ordered):
        yield [cases_in_progress[case] for case in ordered]
        return
    locked = {case.id: case for case in Case.objects.select_for_update().filter(id__in=ordered).order_by("id")}
    token = _acting.set({**(cases_in_progress or {}), **locked})
    with audited() as events:
        try:
            yield [locked[case] for case in ordered]
        finally:
            _acting.reset(token)
    recalculate(ordered, _cause(events, by, at, code), rows=[locked[case] for case in ordered])


def _cause(events: Sequence[Any], by: UUID, at: datetime, code: str) -> Cause:
    facts = tuple(sorted({name for event in events for name in event.fields}))
    return Cause(by=by, at=at, code=code, event=events[-1].id if events else None, facts=facts)


@contextmanager
def opening(case: UUID, *, by: UUID, at: datetime, code: str) -> Iterator[None]:
    """Lets a journey open a case under this id and write into it at once: it is reckoned when all of it is written."""
    cases_in_progress = {**(_acting.get() or {}), case: None}
    token = _acting.set(cases_in_progress)
    with audited() as events:
        try:
            yield
        finally:
            _acting.reset(token)
    recalculate([case], _cause(events, by, at, code), rows=[cases_in_progress[case]])


def opened(case: Case, *, by: UUID, at: datetime, code: str) -> None:
    """Called by the action that made a case: reckons it, or leaves that to the journey that is `opening` it."""
    cases_in_progress = _acting.get()
    if cases_in_progress is not None and case.id in cases_in_progress:
        cases_in_progress[case.id] = case
    else:
        recalculate([case.id], Cause(by=by, at=at, code=code))


def recalculate(cases: Sequence[UUID], cause: Cause, *, rows: Sequence[Case] | None = None) -> None:
    """Brings the stored ledger of these cases to what their facts and evidence say, adding a row for each change.

    `cause` is that of all; `rows` are the same cases where they are at hand, locked and as the action left them.
    """
    if rows is None:
        rows = list(Case.objects.filter(id__in=cases).order_by("id"))
    reckoning = read(rows)
    stored: dict[UUID, dict[Key, Obligation]] = defaultdict(dict)
    for row in Obligation.objects.filter(case__in=cases):
        stored[row.case_id][key_of(row)] = row
    changes = _Changes(cause)
    for case in rows:
        changes.of_case(case, expected(reckoning, case.id), stored[case.id])
    changes.write()
    for keep in (one.keep for one in _providers.values() if one.keep and not cause.code.startswith(TASKS_CHANGED)):
        keep([reckoning.encounters[case.id] for case in rows], reckoning.settings)


def recalculate_later_cases(by: UUID, at: datetime, day: date) -> None:
    """Reckons the cases whose encounter is dated on or after the day from which an agreed setting holds.

    A rule takes the value of the day of the encounter, and a change begins after the day it is agreed on: these are only the
    cases dated ahead, by hand or by an import. Those recorded or redated later are reckoned by their own actions.
    """
    ahead = Case.objects.filter(encountered_at__gte=start_of_day(day)).order_by("id")
    ids = list(ahead.select_for_update().values_list("id", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        recalculate(ids[first : first + AT_ONCE], Cause(by=by, at=at, code="cases.setting_approved"))


def key_of(row: Obligation) -> Key:
    """What a stored row is found by, as the rules name it."""
    return (str(row.person_id) if row.person_id else None, row.code, row.subject, row.moment)


class _Changes:
    """The differences between what is stored and what should stand, written in three statements."""

    def __init__(self, cause: Cause) -> None:
        self.cause = cause
        self.now = timezone.now()
        self.new: list[Obligation] = []
        self.changed: list[Obligation] = []
        self.columns = {"closed_at"}  # those that any of the changed rows changed
        self.events: list[ObligationEvent] = []

    def of_case(self, case: Case, should: Mapping[Key, Expected], stored: Mapping[Key, Obligation]) -> None:
        for key, wanted in should.items():
            row = stored.get(key)
            if row is None:
                self._open(case, wanted)
            else:
                self._compare(row, _columns_by_name(case, wanted), wanted.standing)
        for key, row in stored.items():
            if key not in should and row.state != "not_owed":
                self._compare(row, {"state": "not_owed", "closed_with": "", "sealed": case.sealed, "unit_id": case.unit_id}, None)

    def _open(self, case: Case, wanted: Expected) -> None:
        owed = wanted.standing.owed
        row = Obligation(
            id=new_id(), case=case, person_id=wanted.person, code=owed.code, subject=owed.subject, moment=owed.moment,
            opened_at=self.now, **_columns_by_name(case, wanted),
        )  # fmt: skip
        self.new.append(row)
        self._note(row, "opened", self.cause.at)
        if row.state == "closed":
            row.closed_at = self.now
            self._note(row, "closed", _closed_at(wanted.standing, self.cause.at))

    def _compare(self, row: Obligation, wanted: Mapping[str, Any], status: ObligationStatus | None) -> None:
        before = {name: getattr(row, name) for name in wanted}
        if before == wanted:
            return
        for name, value in wanted.items():
            setattr(row, name, value)
        self.columns |= {name.removesuffix("_id") for name in wanted if before[name] != wanted[name]}
        self.changed.append(row)
        state = row.state
        if before["state"] == state:
            self._note(row, "not_possible" if row.not_possible and not before.get("not_possible") else "changed", self.cause.at)
        elif state == "open":
            row.closed_at = None
            self._note(row, "reopened", self.cause.at)
        else:
            row.closed_at = self.now
            self._note(row, state, _closed_at(status, self.cause.at))

    def _note(self, row: Obligation, kind: str, at: datetime) -> None:
        self.events.append(
            ObligationEvent(
                obligation=row, kind=kind, happened_at=at, recorded_at=self.now, by=self.cause.by, cause=self.cause.code,
                event=self.cause.event, facts=list(self.cause.facts),
            )
        )  # fmt: skip

    def write(self) -> None:
        changed = sorted(self.columns)  # a statement of `bulk_update` would name every row again for each of them
        by_id: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["id"], "update_fields": changed} if changed else {}
        Obligation.objects.bulk_create([*self.new, *self.changed], **by_id)
        ObligationEvent.objects.bulk_create(self.events)


def _columns_by_name(case: Case, wanted: Expected) -> dict[str, Any]:
    return dict(zip(COMPARED, wanted.columns(case), strict=True))


def _closed_at(status: ObligationStatus | None, otherwise: datetime) -> datetime:
    return status.evidence.happened_at if status and status.evidence else otherwise


# --- the nightly check ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """One place where the stored ledger does not say what the facts say."""

    case: UUID
    key: Key
    says: str


def differences(cases: Sequence[Case]) -> list[Difference]:
    """Where the stored ledger of these cases differs from the facts; it changes nothing."""
    reckoning = read(cases)
    stored: dict[UUID, dict[Key, tuple[Any, ...]]] = defaultdict(dict)
    for row in Obligation.objects.filter(case__in=cases):
        stored[row.case_id][key_of(row)] = tuple(getattr(row, name) for name in COMPARED)
    mismatches: list[Difference] = []
    for case in cases:
        should = expected(reckoning, case.id)
        rows_of_case = stored[case.id]
        for key, wanted in should.items():
            mismatches += _differs(case, key, wanted, rows_of_case.get(key))
        mismatches += [
            Difference(case.id, key, "stored as owed, and nothing owes it")
            for key, says in rows_of_case.items()
            if key not in should and says[COMPARED.index("state")] != "not_owed"
        ]
    return mismatches


def _differs(case: Case, key: Key, wanted: Expected, says: tuple[Any, ...] | None) -> list[Difference]:
    if says is None:
        return [Difference(case.id, key, "owed, and not stored")]
    should = wanted.columns(case)
    if should == says:
        return []
    wrong = [name for name, mine, stored in zip(COMPARED, should, says, strict=True) if mine != stored]
    return [Difference(case.id, key, "differs in " + ", ".join(sorted(wrong)))]

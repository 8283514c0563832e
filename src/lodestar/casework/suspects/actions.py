"""Recording suspects, what happens to them, and each release: planned, happened or cancelled, with the victims to inform."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Least
from django.utils import timezone

from lodestar.casework.case_facts.actions import record_event, take_back_event
from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.case_facts.rules import KINDS, TO_BE_RELEASED, release_moment, update_moments
from lodestar.casework.cases.models import Person
from lodestar.casework.contact_promises.actions import make_promise, move_promise
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.contact_promises.rules import RELEASE
from lodestar.casework.ledger import ledger
from lodestar.casework.suspects.models import BailCondition, Suspect, SuspectRelease
from lodestar.casework.suspects.queries import linked_suspects, to_inform, victims_of
from lodestar.casework.suspects.rules import CORRECTION, DECIDE_BEFORE, PLANNED, RELEASES, STATES, STEPS, TAKE_BACK, bail_after
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import MoveNotAllowed, move
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import end_of_day, london_date

STEP = "suspects.moved"


def record_suspect(*, by: Member, at: datetime, person: Person, owner: UUID | None = None) -> Suspect:
    """Records a person of a case as a suspect, or gives what is there. The officer for the suspect is `owner` or the member."""
    recorded = {"state": "not_known", "owner_id": owner or by.user, "recorded_at": timezone.now(), "recorded_by_id": by.user}
    row, is_new = Suspect.objects.get_or_create(person=person, defaults=recorded)
    row.person = person
    if is_new:
        audit("suspects.recorded", by=by, at=at, fields=["person", "owner"], **row.logged())
    return row


def move_suspect(
    *, by: Member, at: datetime, row: Suspect, to: str, seen: int, reason: str = "", because: str = "",
    ends_at: datetime | None = None, conditions: Sequence[str] = (), planned_at: datetime | None = None, **columns: Any,
) -> None:  # fmt: skip
    """Records what happened to a suspect at `at`, or with `planned_at` that it is planned. A release that was not planned is
    recorded too, and its victims are to be informed at once: happened without. Raises MoveNotAllowed and ConcurrentEdit."""
    step, is_new = to, to != row.state
    is_step = planned_at is None and (is_new or ends_at is not None or bool(conditions))
    is_release = step in RELEASES and (planned_at is not None or is_new)  # else conditions or an end were changed
    linked = linked_suspects(row.person) if is_release else []
    with ledger.acting_on(row.person.case_id, *(other.case_id for other in linked), by=by.user, at=at, code=STEP):
        everyone = [row, *(record_suspect(by=by, at=at, person=other, owner=_holder(other)) for other in linked)]
        if is_step:
            began, ends = bail_after(step if is_new else "bail_extended", at, ends_at, (row.bail_began, row.bail_ends))
            columns |= {"bail_began": began, "bail_ends": ends, "due_at": ends - DECIDE_BEFORE if ends else None}
            columns |= {"step_at": at, "bail_before": [row.bail_began, row.bail_ends]} if is_new else {}
            _keep_conditions(row, at, step, conditions)
        victim_officer = columns.get("victim_officer_id", row.victim_officer_id)
        if "owner_id" in columns or victim_officer != row.victim_officer_id:
            columns |= {"officers_at": at if victim_officer else None}
        if planned_at:  # nothing has happened to them yet
            to, reason = row.state, "as_before" if row.state in STATES.reasons else ""
            because = ". ".join(filter(None, (f"Planned: {STEPS[step]['name']}", *conditions, because)))
        move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
        for suspect in everyone:
            if is_step and STEPS[step].get("event"):
                record_event(by=by, at=at, case=suspect.person.case, kind=STEPS[step]["event"], person=suspect.person)
            if is_release and not (is_step and _happened(suspect, step, at)):
                _open_release(by, at, suspect, step, planned_at or at)
                _happened(suspect, step, at if is_step else None)


def take_back_step(*, by: Member, at: datetime, row: Suspect, seen: int, because: str = "", **_: Any) -> None:
    """Takes back the last step of a suspect, which was recorded by mistake: the state, bail and conditions are those before it,
    its events are taken back in all linked cases, a release that was planned is planned again and any other is cancelled.
    Raises MoveNotAllowed where no step can be taken back, and ConcurrentEdit."""
    step, then = row.state, row.step_at
    if then is None:
        raise MoveNotAllowed(TAKE_BACK)
    before = row.moves.filter(after=step, moved_at=then).exclude(before=step).latest("recorded_at").before
    people = [row.person, *(linked_suspects(row.person) if step in RELEASES else [])]
    with ledger.acting_on(*{person.case_id for person in people}, by=by.user, at=at, code=STEP):
        began, ends = row.bail_before
        bail = {"bail_began": began, "bail_ends": ends, "due_at": ends - DECIDE_BEFORE if ends else None, "step_at": None}
        reason = "as_before" if before in STATES.reasons else ""
        because = ". ".join(filter(None, (f"Recorded by mistake: {STEPS[step]['name']}", because)))
        move(by=by, at=at, row=row, to=before, seen=seen, reason=reason, because=because, **bail)
        BailCondition.objects.filter(suspect=row, to_at=then, from_at__lt=then).update(to_at=None)
        BailCondition.objects.filter(suspect=row, to_at=None, from_at=then).update(to_at=then)
        events = CaseEvent.objects.filter(person__in=people, kind=STEPS[step].get("event", ""), happened_at=then)
        for event in events.filter(taken_back_at=None).select_related("person"):
            take_back_event(by=by, at=at, row=event)
        releases = SuspectRelease.objects.filter(suspect__person__in=people, kind=step, happened_at=then)
        mine = list(releases.select_related("suspect__person__case"))
        releases.update(happened_at=None)
        for release in mine:
            promises = Promise.objects.filter(about=release.id)
            promises.update(update_moment="", by_when=release.planned_at)
            promises.filter(due_at__isnull=False).update(due_at=release.planned_at)
            _have_corrected(by, at, promises.filter(state="done", done_at__gte=then))
            if release.planned_at == then and release.suspect_id == row.id:
                cancel_release(by=by, at=at, release=release)


def _holder(person: Person) -> UUID:
    """Who has a case."""
    return person.case.owner_id or person.case.interim_owner_id


def _keep_conditions(row: Suspect, at: datetime, step: str, conditions: Sequence[str]) -> None:
    """New conditions take the place of those before; so does a step that ends or begins bail."""
    may_be_there = row.bail_began is not None or "bail" in STEPS[row.state]
    is_kept_on = not conditions and step in (row.state, "bail_extended")
    if may_be_there and "bail" in STEPS[step] and not is_kept_on:
        BailCondition.objects.filter(suspect=row, to_at__isnull=True).update(to_at=at)
    BailCondition.objects.bulk_create([BailCondition(suspect=row, words=words, from_at=at) for words in conditions])


def _open_release(by: Member, at: datetime, suspect: Suspect, kind: str, planned_at: datetime) -> None:
    """A release with all victims of the suspect's case to inform before it, by whoever has the case until another is named; the
    event by which the ledger knows that is written too."""
    person = suspect.person
    event = record_event(by=by, at=planned_at, case=person.case, kind=TO_BE_RELEASED, person=person)
    release = SuspectRelease.objects.create(suspect=suspect, event=event, kind=kind, planned_at=planned_at)
    add_victims(by=by, at=at, release=release, people=victims_of(person))
    notify(to=[_holder(person)], kind=PLANNED, by=by, at=at, case=person.case_id, subject=str(release.id))


def add_victims(*, by: Member, at: datetime, release: SuspectRelease, people: Sequence[Person]) -> None:
    """Has these victims informed of a release, too: whoever has the case does it until another is named."""
    holder, moment = _holder(release.suspect.person), release_moment(release.planned_at)
    make_promise(
        by=by, at=at, people=people, kind=RELEASE, by_when=release.planned_at, owner=holder, about=release.id, moment=moment
    )


def _happened(suspect: Suspect, kind: str, at: datetime | None) -> bool:
    """Whether a release of this kind was planned and has happened at `at`: who was not informed by then is late, and informing
    them now is the update about it too."""
    rows = SuspectRelease.objects.filter(suspect=suspect, kind=kind)
    if at is None or not rows.filter(happened_at=None, cancelled_at=None).update(happened_at=at):
        return False
    (moment,) = update_moments(at, [(KINDS[STEPS[kind]["event"]].event, at)])
    sooner = Case(When(due_at__isnull=False, then=Least("due_at", Value(at))))
    promises = Promise.objects.filter(about__in=rows.filter(happened_at=at).values("id"))
    promises.update(update_moment=moment, by_when=Least("by_when", Value(at)), due_at=sooner)
    return True


def cancel_release(*, by: Member, at: datetime, release: SuspectRelease) -> None:
    """Records that a planned release will not happen, also in linked cases: nobody is to be informed of it any more. Raises
    ConcurrentEdit where it happened or was cancelled meanwhile."""
    people = [release.suspect.person, *linked_suspects(release.suspect.person)]
    rows = SuspectRelease.objects.filter(suspect__person__in=people, kind=release.kind, planned_at=release.planned_at)
    with ledger.acting_on(*{person.case_id for person in people}, by=by.user, at=at, code=STEP):
        waiting = list(rows.filter(happened_at=None, cancelled_at=None).select_related("event__person", "suspect__person"))
        if release not in waiting:
            raise ConcurrentEdit(release)
        rows.filter(id__in=[row.id for row in waiting]).update(cancelled_at=at)
        for row in waiting:
            audit("suspects.release_cancelled", by=by, at=at, **row.suspect.logged())
            if row.event.taken_back_at is None:
                take_back_event(by=by, at=at, row=row.event)
        for promise in to_inform([row.id for row in waiting]):
            if promise.state == "open":
                move_promise(by=by, at=at, row=promise, to="stopped", seen=promise.version, reason="cancelled")
        _have_corrected(by, at, Promise.objects.filter(about__in=[row.id for row in waiting], state="done"))


def _have_corrected(by: Member, at: datetime, informed: QuerySet[Promise]) -> None:
    """Those who were informed of a release that does not happen as they heard are told so by the end of the next day; of each
    release and person once."""
    for promise in informed.select_related("person__case"):
        facts: dict[str, Any] = {"words": CORRECTION, "owner": promise.owner_id, "about": promise.id}
        if not Promise.objects.filter(about=promise.id).exists():
            by_when = end_of_day(london_date(at) + timedelta(days=1))
            make_promise(by=by, at=at, people=[promise.person], kind="update", by_when=by_when, **facts)

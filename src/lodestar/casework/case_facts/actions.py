"""Recording what becomes known of people and cases after the first hour, and what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.case_facts.rules import CUSTODY_KINDS, FOUND, KINDS, MISSING, SETTLED
from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.cases.models import Case, EarlierReferral, Person
from lodestar.casework.cases.rules import RELEASED, custody_facts
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.queries.facts import age_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.obligations.ages import ADULT, age_between
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date
from lodestar.platform.time.fuzzy import partial_date

RECORDED, TAKEN_BACK, CHANGED = "cases.event_recorded", "cases.event_taken_back", "cases.person_changed"


def record_event(
    *, by: Member, at: datetime, case: Case, kind: str, person: Person | None = None, details: Mapping[str, Any] | None = None
) -> CaseEvent:
    """Records that something happened at `at`, or is planned for then. `details` are other columns. An age that was settled
    becomes the person's age. Raises ValueError for a kind without whom it is about, unless it is about the case."""
    if person is None and (kind not in KINDS or KINDS[kind].of != "case"):
        raise ValueError(f"{kind} is about a person")
    now = timezone.now()
    done_at = min(at, now)  # what is planned is recorded now
    with ledger.acting_on(case.id, by=by.user, at=done_at, code=RECORDED):
        row = CaseEvent(
            case=case, person=person, kind=kind, happened_at=at, recorded_at=now, recorded_by_id=by.user, **(details or {})
        )
        if person is not None and kind in SETTLED:
            row.was_child = age_of(person).is_child
            _settle_age(by, at, person, is_adult=kind == "found_adult")
        row.save(force_insert=True)
        if person is not None and kind in CUSTODY_KINDS:
            _custody(by, at, person, CUSTODY_KINDS[kind])
        audit(
            RECORDED, by=by, at=done_at, case=case.id, people=[person.id] if person else [],
            subject=str(row.id), fields=["kind", *sorted(name for name, value in (details or {}).items() if value)],
        )  # fmt: skip
    return row


def _settle_age(by: Member, at: datetime, person: Person, *, is_adult: bool) -> None:
    """The age that an assessment found, as of the encounter; a date of birth that it contradicts stands no longer."""
    facts: dict[str, Any] = {
        "age_basis": "assessed", "age_min": ADULT if is_adult else None, "age_max": None if is_adult else ADULT - 1,
    }  # fmt: skip
    if person.birth_date:
        met = london_date(person.case.encountered_at)
        youngest, oldest = age_between(partial_date(person.birth_date), met, met)
        if oldest < ADULT if is_adult else youngest >= ADULT:
            facts["birth_date"] = ""
    _change(by, at, person, facts)


def _custody(by: Member, at: datetime, person: Person, kind: str) -> None:
    """Arrested again, or released: unless something later is recorded already."""
    now = Person.objects.get(id=person.id)
    last = max((instant for instant in (now.held_from, now.in_custody_from, now.released_at) if instant), default=None)
    is_next = now.held_from is not None and now.released_at is None if kind == RELEASED else True
    if is_next and (last is None or at >= last):
        _change(by, at, person, custody_facts(kind, at, now.held_from))


def take_back_event(*, by: Member, at: datetime, row: CaseEvent) -> None:
    """Takes back what was recorded by mistake; it stays in the database and in the log. Whether a person is missing is what the
    rest says; an age is put right on its page. Raises ConcurrentEdit where somebody has taken it back already."""
    with ledger.acting_on(row.case_id, by=by.user, at=at, code=TAKEN_BACK):
        mine = CaseEvent.objects.filter(id=row.id, taken_back_at__isnull=True)
        if not mine.update(taken_back_at=at, taken_back_by_id=by.user):
            raise ConcurrentEdit
        if row.person is not None and row.kind in (MISSING, FOUND):
            _change(by, at, row.person, _missing_now(row.person))
        if row.person is not None and CUSTODY_KINDS.get(row.kind) == RELEASED and row.person.released_at == row.happened_at:
            _change(by, at, row.person, {"released_at": None})
        people = [row.person_id] if row.person_id else []
        audit(TAKEN_BACK, by=by, at=at, case=row.case_id, people=people, subject=str(row.id), fields=["kind"])


def record_missing(*, by: Member, at: datetime, person: Person, details: Mapping[str, Any]) -> CaseEvent:
    """Records that contact with a person is lost since `at`, and to whom it was reported."""
    return _moved(by, at, person, MISSING, details)


def record_found(*, by: Member, at: datetime, person: Person, details: Mapping[str, Any]) -> CaseEvent:
    """Records that somebody who was missing was found at `at`. They stay a possible victim."""
    return _moved(by, at, person, FOUND, details)


def _moved(by: Member, at: datetime, person: Person, kind: str, details: Mapping[str, Any]) -> CaseEvent:
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=RECORDED):
        row = record_event(by=by, at=at, case=person.case, kind=kind, person=person, details=details)
        _change(by, at, person, _missing_now(person))
    return row


def _missing_now(person: Person) -> dict[str, Any]:
    """Whether contact is lost, and since when: what the latest record of it says. Without one nothing is known. That somebody
    was found after being missing, which can be recorded by itself, is kept where no record of it was ever made here."""
    rows = CaseEvent.objects.filter(person=person, kind__in=[MISSING, FOUND], taken_back_at__isnull=True)
    latest = rows.order_by("happened_at", "id").last()
    is_lost = latest is not None and latest.kind == MISSING
    was_found = CaseEvent.objects.filter(person=person, kind=FOUND).exists()
    found = {"found_after_missing": True if rows.filter(kind=FOUND).exists() else None} if was_found else {}
    return found | {
        "contact_lost": None if latest is None else is_lost,
        "contact_lost_at": latest.happened_at if latest is not None and is_lost else None,
    }


def _change(by: Member, at: datetime, person: Person, facts: Mapping[str, Any]) -> None:
    version = Person.objects.values_list("version", flat=True).get(id=person.id)
    change_person(by=by, at=at, person=person, version=version, facts=facts)


def change_earlier_referral(*, by: Member, at: datetime, person: Person, facts: Mapping[str, Any]) -> EarlierReferral:
    """Records the earlier referral of a person, or changes it: there is one at most."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=CHANGED):
        row, _ = EarlierReferral.objects.update_or_create(person=person, defaults=dict(facts))
        subject = str(row.id)
        audit(CHANGED, by=by, at=at, case=person.case_id, people=[person.id], subject=subject, fields=["earlierreferral"])
    return row

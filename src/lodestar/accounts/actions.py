"""Writes about people who sign in: drafts, submissions, tours, duty."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from lodestar.accounts.models import Draft, Duty, Submission, Tour, Unit
from lodestar.record import actions as record

TOUR = timedelta(hours=9)
BETWEEN_TOURS = timedelta(hours=6)
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "submission_key", "form_path"})
DRAFTS_EACH = 50  # the oldest go first; nobody writes fifty forms at once


def keep_draft(*, user: UUID, path: str, key: UUID, typed: QueryDict) -> None:
    """Keeps what was typed. The same form sent again replaces it. Nothing typed, nothing kept."""
    values = {name: typed.getlist(name) for name in typed if name not in NOT_KEPT}
    if not any(any(part.strip() for part in parts) for parts in values.values()):
        return
    Draft.objects.update_or_create(
        user_id=user,
        key=key,
        defaults={"path": path, "typed": json.dumps(values, ensure_ascii=False), "saved_at": timezone.now()},
    )


def draft_values(draft: Draft) -> QueryDict:
    """What was typed, as a form would send it."""
    values = QueryDict(mutable=True)
    for name, parts in json.loads(draft.typed).items():
        values.setlist(name, parts)
    return values


def drop_draft(*, user: UUID, key: UUID) -> None:
    """Forgets a draft: what it held is recorded now, or its writer does not want it."""
    Draft.objects.filter(user_id=user, key=key).delete()


def first_result(*, user: UUID, key: UUID) -> str | None:
    """Where the form with this key led when it was accepted first, or None."""
    return Submission.objects.filter(user_id=user, key=key).values_list("location", flat=True).first()


def claim_submission(*, user: UUID, key: UUID) -> Submission | None:
    """Takes the key for this transaction; None when it is taken. A second try at the same moment waits for the first."""
    made = Submission.objects.bulk_create(
        [Submission(user_id=user, key=key, location="", accepted_at=timezone.now())], ignore_conflicts=True
    )
    found = Submission.objects.filter(id=made[0].id).first()
    return found


def settle_submission(submission: Submission, *, location: str) -> None:
    """Keeps the result for repeats, and drops the draft in the same transaction."""
    Submission.objects.filter(id=submission.id).update(location=location[:300])
    drop_draft(user=submission.user_id, key=submission.key)


def begin_tour(*, user: UUID, at: datetime) -> Tour:
    """The tour under way, or a new one of nine hours when the last sign-in lies six hours or more behind."""
    last = Tour.objects.filter(user_id=user).order_by("-from_at").first()
    if last and (at < last.to_at or at - last.to_at < BETWEEN_TOURS and at - last.from_at < TOUR + BETWEEN_TOURS):
        return last
    return Tour.objects.create(user_id=user, from_at=at, to_at=at + TOUR)


def end_tour_at(*, user: UUID, to_at: datetime) -> None:
    """The end that the officer names for the tour under way."""
    last = Tour.objects.filter(user_id=user).order_by("-from_at").first()
    if last and to_at > last.from_at:
        Tour.objects.filter(id=last.id).update(to_at=to_at)


def set_duty(
    *, by: Any, at: datetime, unit: Unit, user: UUID, post: str, from_at: datetime, to_at: datetime
) -> Duty:
    """Says who is on duty as what for a unit, from and to an instant."""
    duty = Duty.objects.create(unit=unit, user_id=user, post=post, from_at=from_at, to_at=to_at)
    record.append("accounts.duty_set", by=by.user, role=by.role, at=at, subject=str(duty.id), fields=["post", "user"])
    return duty


def signed_in(*, by: Any, at: datetime, facts: Mapping[str, str] | None = None) -> None:
    """Writes down that a person came to work for this tenant, and begins their tour."""
    begin_tour(user=by.user, at=at)
    record.append("accounts.signed_in", by=by.user, role=by.role, at=at)

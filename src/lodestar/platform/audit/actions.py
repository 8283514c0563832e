"""Writes to the log: the one function that every app's actions end with."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.utils import timezone

from lodestar.platform.audit.codes import CODES
from lodestar.platform.audit.models import Event


class Actor(Protocol):
    """Whoever does something, in one of their roles: a member of staff."""

    @property
    def user(self) -> UUID: ...

    @property
    def role(self) -> str: ...


_audited: ContextVar[list[Event] | None] = ContextVar("audited", default=None)


@contextmanager
def audited() -> Iterator[list[Event]]:
    """The events appended while this lasts, for what has to say which event caused it. They are written together as it ends."""
    events: list[Event] = []
    token = _audited.set(events)
    try:
        yield events
    finally:
        _audited.reset(token)
    Event.objects.bulk_create(events)


def audit(
    code: str,
    *,
    by: UUID | Actor,
    role: str = "",
    at: datetime,
    case: UUID | None = None,
    people: Iterable[UUID] = (),
    subject: str = "",
    fields: Iterable[str] = (),
    recipient: str = "",
    power: str = "",
    reason: str = "",
    request: UUID | None = None,
) -> Event:
    """Appends one event and returns it. `fields` are names, never values; a list shown is one event with its people.

    `by` is a member, or the id of a user with a `role`. `at` is when it happened; when it was written down is the server's
    clock. Raises KeyError for an undeclared code.
    """
    operation, _ = CODES[code]
    user, as_role = (by, role) if isinstance(by, UUID) else (by.user, by.role)
    event = Event(
        recorded_at=timezone.now(), happened_at=at, operation=operation, code=code, by=user, role=as_role, case=case,
        people=list(people), subject=subject, fields=sorted(fields), recipient=recipient, power=power, reason=reason,
        request=request,
    )  # fmt: skip
    if (heard := _audited.get()) is not None:
        heard.append(event)
    else:
        event.save(force_insert=True)
    return event

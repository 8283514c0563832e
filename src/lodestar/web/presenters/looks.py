"""Who was shown a person, in lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lodestar.accounts.permissions import ROLES
from lodestar.record.models import Event
from lodestar.record.presenters import capital, sentence


@dataclass(frozen=True)
class Look:
    """One showing: who, in what role, what they were shown, when, and the reason where one was asked."""

    who: str
    role: str
    what: str
    at: datetime
    reason: str


def role_names(roles: str) -> str:
    """The roles of an event as people call them."""
    return ", ".join(ROLES[role].name.lower() if role in ROLES else role for role in roles.split("+"))


def looks(events: Iterable[Event], names: Mapping[UUID, str]) -> list[Look]:
    """Events of showing as lines."""
    return [
        Look(
            names.get(event.by, "a colleague"),
            role_names(event.role),
            capital(sentence(event)),
            event.recorded_at,
            event.reason,
        )
        for event in events
    ]

"""What happened: sentences of the log, answers to what was owed, what came to be owed again, and who has looked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.models import Obligation, ObligationAnswer, ObligationEvent
from lodestar.casework.ledger.presenters import in_a_list, short, title_of
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.audit.models import Event
from lodestar.platform.audit.presenters import capital, fields_words, sentence
from lodestar.platform.design.when import clock, day_time, on
from lodestar.platform.design.words import listed
from lodestar.platform.obligations.closing_records import BY_REASON, BY_RECORD, BY_WORD
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.text.paging import Place
from lodestar.web.presenters.recorded import ANSWERED

SAID_BY_ANSWERS = ("cases.duty_answered",)
# What is done about two people at once stands on the page of neither: who sees the one may not know of the other.
NOT_ON_A_PAGE = (
    *SAID_BY_ANSWERS, "cases.people_compared", "cases.people_suggested", "cases.people_linked", "cases.people_unlinked",
    "cases.match_answered", "cases.match_shown",
)  # fmt: skip
LATER = timedelta(minutes=30)  # written down later than this after it happened, both times are shown
MOST_NAMES = 4


@dataclass(frozen=True)
class Item:
    """One thing that happened. `place` is where it stands in the order of writing down."""

    title: str
    by: str
    at: datetime
    words: str
    place: Place


def _later(happened: datetime, recorded: datetime) -> str:
    if recorded - happened <= LATER:
        return ""
    return f"Written down {'at ' + clock(recorded) if on(recorded) == on(happened) else day_time(recorded)}."


def _joined(*parts: str) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _title(code: str) -> str:
    rows = obligation_rows().get(code, ())
    return short(rows[-1]) if rows else code.replace("_", " ")


def from_log(event: Event, names: Mapping[UUID, str], about: str = "") -> Item:
    """An event of the log as an item."""
    is_answer = event.code in SAID_BY_ANSWERS  # its fields are what was owed
    fields = listed([_title(name) for name in event.fields]) if is_answer else fields_words(event)
    parts = fields if is_answer or not fields else f"Parts: {fields}"
    return Item(
        title=capital(sentence(event)),
        by=names.get(event.by, "a colleague"),
        at=event.happened_at,
        words=_joined(about, parts, _later(event.happened_at, event.recorded_at)),
        place=Place(event.recorded_at, event.id),
    )


def from_answer(answer: ObligationAnswer) -> Item:
    """An answer to something owed as an item, with the words that were given."""
    return Item(
        title=f"{ANSWERED[answer.kind]}: {_title(answer.code)}",
        by=answer.by.name,
        at=answer.happened_at,
        words=_joined(
            "Officer’s word" if answer.is_word else answer.record_words,
            f"Because: {answer.because}" if answer.because and answer.kind != "done" else answer.because,
            _later(answer.happened_at, answer.recorded_at),
        ),
        place=Place(answer.recorded_at, answer.id),
    )


def from_reopening(event: ObligationEvent, names: Mapping[UUID, str]) -> Item:
    """Something that came to be owed again."""
    return Item(
        title=f"To do again: {_title(event.obligation.code)}",
        by=names.get(event.by, "a colleague"),
        at=event.happened_at,
        words="A fact it was based on has changed.",
        place=Place(event.recorded_at, event.id),
    )


def of_case(events: Iterable[Event], names: Mapping[UUID, str], people: Mapping[UUID, Person]) -> list[Item]:
    """What was done in a case, each with whom it was about."""
    return [from_log(event, names, _whom(event, people)) for event in events]


def _whom(event: Event, people: Mapping[UUID, Person]) -> str:
    names = [in_a_list(people[person]) for person in event.people if person in people]
    return listed(names) if len(names) <= MOST_NAMES else f"{len(names)} people"


def merged(items: Iterable[Item], most: int) -> tuple[list[Item], Place | None]:
    """The latest written of these, and where the next page begins when there are more."""
    ordered = sorted(items, key=lambda item: (item.place.at, item.place.id), reverse=True)
    return ordered[:most], ordered[most - 1].place if len(ordered) > most else None


def role_names(roles: str) -> str:
    """The roles of an event as people call them."""
    return ", ".join(ROLES[role].name.lower() if role in ROLES else role for role in roles.split("+"))


def viewing_lines(events: Iterable[Event], names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Events of showing as lines."""
    return [
        {
            "who": names.get(event.by, "a colleague"),
            "role": role_names(event.role),
            "what": capital(sentence(event)),
            "at": event.recorded_at,
            "reason": event.reason,
        }
        for event in events
    ]


HOW_CLOSED = {BY_RECORD: "Record", BY_WORD: "Officer’s word", BY_REASON: "Not needed"}


def closed(
    rows: Sequence[Obligation], events: Mapping[UUID, ObligationEvent], names: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    """The lines, in the order of the rows."""
    closed_lines = []
    for row in rows:
        event = events.get(row.id)
        at = event.happened_at if event else row.closed_at
        if at is not None:
            closed_lines.append(
                {
                    "sentence": title_of(row),
                    "by": names.get(event.by, "a colleague") if event else "a colleague",
                    "at": at,
                    "was_late": row.due_at is not None and at > row.due_at,
                    "href": f"/owed/{row.id}",
                    "closed_with": row.closed_with,
                    "how": HOW_CLOSED.get(row.closed_with, ""),
                }
            )
    return closed_lines

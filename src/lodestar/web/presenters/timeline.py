"""What happened, as a line of time: sentences of the log, answers to what was owed, and what came to be owed again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lodestar.cases.models import DutyAnswer, ObligationEvent, Person
from lodestar.design.when import clock, day_time, on
from lodestar.design.words import listed
from lodestar.kernel.obligations import obligation_rows
from lodestar.kernel.paging import Place
from lodestar.record.models import Event
from lodestar.record.presenters import capital, fields_words, sentence
from lodestar.web.presenters.owed import in_a_list, short

ANSWERED = {"done": "Done", "not_possible": "Not possible yet", "not_needed": "Not needed"}
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


def from_answer(answer: DutyAnswer) -> Item:
    """An answer to something owed as an item, with the words that were given."""
    return Item(
        title=f"{ANSWERED[answer.kind]}: {_title(answer.code)}",
        by=answer.by.name,
        at=answer.happened_at,
        words=_joined(
            f"Because: {answer.because}" if answer.because and answer.kind != "done" else answer.because,
            f"Spoke to: {answer.told}" if answer.told else "",
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
    known = [in_a_list(people[person]) for person in event.people if person in people]
    return listed(known) if len(known) <= MOST_NAMES else f"{len(known)} people"


def merged(items: Iterable[Item], most: int) -> tuple[list[Item], Place | None]:
    """The latest written of these, and where the next page begins when there are more."""
    ordered = sorted(items, key=lambda item: (item.place.at, item.place.id), reverse=True)
    return ordered[:most], ordered[most - 1].place if len(ordered) > most else None

"""What happened: sentences of the log, answers to what was owed, what came to be owed again, and who has looked; and what was
answered of one thing owed, with its record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.ledger.presenters import in_a_list, people_words, sentence_of, title_of, who_words
from lodestar.information_governance.access_log.presenters import role_names
from lodestar.platform.audit.codes import CODES
from lodestar.platform.audit.models import Event
from lodestar.platform.audit.presenters import capital, changed_words, sentence
from lodestar.platform.audit.queries import COMPARED
from lodestar.platform.design.when import clock, day, day_time, moment, on
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.paging import Place

ANSWERED = {"done": "Done", "not_possible": "Not possible yet", "not_needed": "Not needed"}
SAID_BY_ANSWERS = ("cases.duty_answered",)
# What is done to support somebody stands on the pages of their support alone: others may not even know that there is any.
SEEN_BY_ALL = ("support.offered_again", "support.place_asked", "support.place_moved")
SUPPORT_ANSWERS = (
    "needs_assessment", "refer_support_service", "refer_victim_services", "plan_before_support_ends", "plan_move_on",
    "plan_support_at_18", "confirm_support_transfer", "tell_missing_from_support",
)  # fmt: skip
SUPPORT = tuple(code for code in CODES if code.startswith("support.") and code not in SEEN_BY_ALL)
# What is done about two people at once stands on the page of neither: who sees the one may not know of the other.
NOT_ON_A_PAGE = (
    *SAID_BY_ANSWERS, *COMPARED, "cases.people_linked", "cases.people_unlinked", "cases.match_answered", "cases.match_shown",
    *SUPPORT,
)  # fmt: skip
TASKS = ("cases.duty_answered", "cases.handed_on", "cases.hand_on_taken", "cases.hand_on_returned")  # their fields are tasks
CHANGES = ("cases.changed", "cases.person_changed")  # their fields are what was changed
TASKS_NAMED = 3
LATER = timedelta(minutes=30)  # written down later than this after it happened, both times are shown


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


def recipient_of(event: Event) -> UUID | None:
    """The colleague to whom something was given; None where it went to nobody, or to somebody outside."""
    return id_in(event.recipient)


def deed_words(event: Event, names: Mapping[UUID, str]) -> str:
    """What was done, as a heading: `Decided on reasonable grounds`, `Gave the case to a colleague: PC Brandreth`, `Done: Find a
    safe place to sleep tonight`."""
    if event.code not in TASKS or not any(name in obligation_rows() for name in event.fields):
        recipient = recipient_of(event)
        to = names.get(recipient, "") if recipient else ""
        return capital(sentence(event)) + (f": {to}" if to else "")
    titles = [sentence_of(name) for name in event.fields[:TASKS_NAMED]]
    more = len(event.fields) - len(titles)
    done = ANSWERED.get(event.subject, "Done") if event.code in SAID_BY_ANSWERS else capital(sentence(event))
    return f"{done}: {'; '.join(titles)}{f' and {more} more' if more else ''}"


def author(by: UUID | None, names: Mapping[UUID, str]) -> str:
    """Who did something; what a person without an account did is not a colleague's."""
    return names.get(by, "a colleague") if by else "a person without an account"


def from_log(event: Event, names: Mapping[UUID, str], about: str = "") -> Item:
    """An event of the log as an item."""
    changed = changed_words(event) if event.code in CHANGES else ""
    return Item(
        title=deed_words(event, names),
        by=author(event.by, names),
        at=event.happened_at,
        words=_joined(about, capital(changed), _later(event.happened_at, event.recorded_at)),
        place=Place(event.recorded_at, event.id),
    )


def from_answer(answer: ObligationAnswer, about: str = "") -> Item:
    """An answer to something owed as an item, with the words that were given."""
    return Item(
        title=f"{ANSWERED[answer.kind]}: {sentence_of(answer.code)}",
        by=answer.by.name,
        at=answer.happened_at,
        words=_joined(
            about,
            "Officer’s word" if answer.is_word else answer.record_words,
            f"Because: {answer.because}" if answer.because and answer.kind != "done" else answer.because,
            _later(answer.happened_at, answer.recorded_at),
        ),
        place=Place(answer.recorded_at, answer.id),
    )


def of_case(
    events: Iterable[Event], answers: Iterable[ObligationAnswer], names: Mapping[UUID, str], people: Mapping[UUID, Person]
) -> list[Item]:
    """What was done in a case, each with whom it was about; what was answered for several people at once is one."""
    same = attrgetter("recorded_at", "by_id", "code", "kind", "because", "details", "happened_at")
    groups = grouped((same(answer), answer) for answer in answers)
    whom = [(_whom([row.person_id for row in group if row.person_id], people), group[-1]) for group in groups.values()]
    return [
        *(from_log(event, names, _whom(event.people, people)) for event in events),
        *(from_answer(answer, about) for about, answer in whom),
    ]


def _whom(ids: Iterable[UUID], people: Mapping[UUID, Person]) -> str:
    about = set(ids)
    return who_words(dict.fromkeys(in_a_list(person) for person_id, person in people.items() if person_id in about))


def horizon(rows: Sequence[Any], most: int) -> Place | None:
    """The last row that was read of a source that has more than a page: below it nothing of that source is known."""
    return Place(rows[-1].recorded_at, rows[-1].id) if len(rows) > most else None


def merged(items: Iterable[Item], most: int, *horizons: Place | None) -> tuple[list[Item], Place | None]:
    """The latest written of these, down to where every source is known, and where the next page begins when there is more."""
    lowest = max((place for place in horizons if place), key=_order, default=None)
    ordered = sorted(items, key=lambda item: _order(item.place), reverse=True)
    known = [item for item in ordered if lowest is None or _order(item.place) >= _order(lowest)][:most]
    is_all = lowest is None and len(ordered) <= most
    return known, None if is_all else known[-1].place if known else lowest


def _order(place: Place) -> tuple[Any, UUID]:
    return place.at, place.id


def by_day(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """The items of a page under the days on which they happened, the latest first."""
    ordered = sorted(items, key=lambda item: (item.at, item.place.id), reverse=True)
    days = groupby(ordered, key=lambda item: on(item.at))
    return [(f"{of_day:%A} {day(of_day)}", list(group)) for of_day, group in days]


def viewing_lines(events: Iterable[Event], names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Events of showing as lines."""
    return [
        {
            "who": author(event.by, names),
            "role": role_names(event.role),
            "what": capital(sentence(event)),
            "at": event.recorded_at,
            "reason": event.reason,
        }
        for event in events
    ]


def recorded_answer(answer: ObligationAnswer, now: datetime) -> dict[str, Any]:
    """One answer for reading, with every field of its record."""
    because = [("Because" if answer.kind != "done" else "Said", answer.because)] if answer.because else []
    return {
        "title": f"{ANSWERED[answer.kind]}, {moment(answer.happened_at, now)}, by {answer.by.name}",
        "is_word": answer.is_word,
        "fields": [{"key": key, "value": value} for key, value in (*answer.record_fields, *because)],
    }


@dataclass(frozen=True)
class WordLine:
    """A task that an officer's word alone closed, about whom, and the page where its record can be added."""

    words: str
    href: str
    who: str


def word_lines(rows: Iterable[Obligation]) -> list[WordLine]:
    """What an officer's word alone closed, each with the page where its record can be added."""
    alike = grouped(((row.code, row.moment), row) for row in rows).values()
    whom = [(people_words([row.person for row in some if row.person]), some[0]) for some in alike]
    return [WordLine(title_of(first), f"/owed/{first.id}", who) for who, first in whom]

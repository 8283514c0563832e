"""The short question as its page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lodestar.accounts.models import User
from lodestar.cases.models import AllegedOffence
from lodestar.design.when import moment, short_day
from lodestar.design.words import listed
from lodestar.section45.models import ANSWERS, FirstAnswer

WORDS = dict(ANSWERS)


@dataclass(frozen=True)
class Earlier:
    """An answer given before, by whom and when. Each stands: a later one takes nothing away."""

    answer: str
    when: str
    by: str
    why: str


def earlier(rows: Iterable[FirstAnswer], user: UUID, now: datetime) -> list[Earlier]:
    """The answers so far, one for each time it was answered, in the order given."""
    found: dict[tuple[object, ...], Earlier] = {}
    for row in rows:
        by = "you" if row.by_id == user else row.by.name
        one = Earlier(WORDS[row.answer], moment(row.happened_at, now), by, row.why)
        found.setdefault((row.by_id, row.recorded_at, row.answer, row.why), one)
    return list(found.values())


def told_words(told: Sequence[tuple[str, User]], is_sealed: bool, user: UUID) -> str:
    """Who is told, as the page says it before the answer is given."""
    if is_sealed:
        return "stays with the named owners of this sealed case"
    names = list(dict.fromkeys(_name(what, who) for what, who in told if who.id != user))
    return f"goes at once to {listed(names)}" if names else "is shown to everyone who has this case"


def _name(what: str, who: User) -> str:
    return f"{who.name} ({what})"


def acts(rows: Iterable[AllegedOffence], now: datetime) -> list[str]:
    """What they are suspected of, a line each: the words, and the day."""
    return [", ".join(part for part in (title(row), day_done(row.on_from, now)) if part) for row in rows]


def title(row: AllegedOffence) -> str:
    """What an offence is called: its words, and the Act and section they are from."""
    section = f"{row.act}{f' s{row.section}' if row.section else ''}"
    return f"{row.title[:1].upper()}{row.title[1:]} ({section})" if row.title and row.act else row.title or section


def when_done(row: AllegedOffence, now: datetime) -> str:
    """When an act was done, as far as it is known; empty when it is not."""
    first, last = day_done(row.on_from, now), day_done(row.on_to, now)
    if not last or first == last:
        return first
    return f"{first} to {last}" if first else f"until {last}"


def day_done(text: str, now: datetime) -> str:
    """One such day, or the month or the year that is all that is known of it."""
    try:
        return short_day(date.fromisoformat(text), now) if len(text) == 10 else text
    except ValueError:
        return text

"""Text for the form made from what is listed once: places with their dates, who did it, how they were controlled, the trade.

It is proposed: it stands where nobody wrote anything else, and what is missing from a text that somebody wrote is told, never
put there. A date that cannot be read stays as it was written. Pure; the clock has no part in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lodestar.casework.referral_forms.rules.form import listed
from lodestar.casework.referral_forms.rules.known import COUNTRIES, in_words
from lodestar.casework.referral_forms.rules.sections import asks, cells_of
from lodestar.platform.text.sorting import folded
from lodestar.platform.time.fuzzy import PartialDate, partial_date
from lodestar.platform.time.uk_dates import read_partial

PLACES, CONTROL, SECTORS = "listed-places", "listed-control", "listed-sectors"
EXPLOITERS, DESCRIBED = "listed-exploiters", "described-exploiters"
WHEN, HAD_TO, WHO = "when-did-the-exploitation-take-place", "what-were-they-required-to-do", "who-exploited-pv"
WHERE = "where-exploitation-happened"
STILL = frozenset({"now", "still", "today", "ongoing", "still going on", "present"})
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Linked:
    """Somebody of the case who is said to have done it: nothing of them but how they are known."""

    id: str
    name: str
    description: str
    language: str


@dataclass(frozen=True)
class Place:
    """One place of the list, as it was written."""

    where: str
    what: str
    began: str
    ended: str
    happened: str

    @property
    def name(self) -> str:
        """The place in words."""
        return ", ".join(filter(None, (self.where, self.what))) or "A place that is not known"

    @property
    def when(self) -> str:
        """From when to when, in words; empty where neither is known."""
        began, ended = _day(self.began), "" if folded(self.ended) in STILL else _day(self.ended)
        if began and began == ended:
            day = partial_day(self.began)
            return f"in {began}" if day and not day.is_exact else began
        if not began and not self.ended:
            return ""
        until = f"to {ended}" if ended else "still going on" if self.ended else "end not known"
        return f"{f'from {began}' if began else 'start not known'}, {until}"

    @property
    def sorts_at(self) -> date:
        """Where it stands in the order of time: by its beginning, else its end; what tells no year stands last."""
        return next((day for day in map(_earliest, (self.began, self.ended)) if day), date.max)


def places(text: str) -> list[Place]:
    """The places of a list in the order of time."""
    rows = [[*cells_of(row), "", "", "", "", ""][:5] for row in text.split("\n") if row.strip()]
    return sorted((Place(*row) for row in rows), key=lambda place: place.sorts_at)


def made(entered: Mapping[str, str], linked: Iterable[Linked], recorded: Mapping[str, str], version: str) -> Mapping[str, str]:
    """What is proposed, by question: from the lists in `told`, from who of the case is `linked`, and beside what the case
    holds of the same."""
    listing = places(entered.get(PLACES, ""))
    texts = dict(_where(listing, recorded))
    texts[WHEN] = _lines([*recorded.get(WHEN, "").split("\n"), *(f"{site.name}: {site.when}" for site in listing if site.when)])
    texts[HAD_TO] = _lines([*map(_happened, listing), _ticked("Kind of work", version, SECTORS, entered)])
    texts["how-they-were-treated"] = _ticked("How they were controlled", version, CONTROL, entered)
    texts[WHO] = "\n".join(_who(entered, linked))
    return {code: words for code, words in texts.items() if words and words != recorded.get(code)}


def missing_lines(proposed: str, written: str) -> str:
    """The lines of what is proposed that do not stand in what was written."""
    there = folded(written)
    return "\n".join(line for line in proposed.split("\n") if folded(line) not in there)


def _where(listing: Sequence[Place], recorded: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """In which country and town, as far as the form's own lists have it; the rest in words."""
    towns, countries = _names("cities_and_towns"), _names("countries")
    uk = [place for place in listing if in_the_uk(place)]
    abroad = [place for place in listing if place not in uk and folded(place.where) in countries]
    sides = [side for side, value in (("uk", uk), ("overseas", abroad)) if value or side in recorded.get(WHERE, "")]
    yield WHERE, COUNTRIES.get(tuple(sorted(sides)), "")
    yield f"{WHERE}-uk-city", _lines(towns[folded(place.where)] for place in uk)
    yield f"{WHERE}-overseas-country", _lines(countries[folded(place.where)] for place in abroad)
    rest = [place for place in listing if place not in abroad]
    yield f"{WHERE}-other-uk-other-location", _lines(_exactly(rest, uk))
    yield f"{WHERE}-other-overseas-other-location", _lines(_exactly(abroad, abroad))


def _exactly(listing: Iterable[Place], in_a_list: Sequence[Place]) -> Iterator[str]:
    """What stands in no list of the form: what place it was, and a name that the list has not."""
    yield from (place.name for place in listing if place.what or (place.where and place not in in_a_list))


def in_the_uk(place: Place) -> bool:
    """Whether the place stands among the form's towns of the United Kingdom."""
    return folded(place.where) in _names("cities_and_towns")


def _names(name: str) -> Mapping[str, str]:
    """The values of a list of the form by each of their names."""
    return {folded(part): value for value in listed(name) if value != "Unknown" for part in (*value.split(" / "), value)}


def _happened(place: Place) -> str:
    if not place.happened:
        return ""
    when = f" ({place.when})" if place.when else ""
    return _ended(f"{place.name}{when}: {place.happened}")


def _ticked(heading: str, version: str, code: str, answers: Mapping[str, str]) -> str:
    names = dict(asks(version)[code].options)
    words = [names[value] for value in asks(version)[code].values(answers.get(code, "")) if value in names]
    return f"{heading}: {'; '.join(word[:1].lower() + word[1:] for word in words)}." if words else ""


def _who(answers: Mapping[str, str], linked: Iterable[Linked]) -> Iterator[str]:
    chosen = answers.get(EXPLOITERS, "").split("\n")
    for person in linked:
        if person.id in chosen:
            speaks = f"speaks {person.language}" if person.language else ""
            words = ", ".join(filter(None, (person.name, person.description, speaks)))
            yield _ended(words or "Someone with no other details recorded")
    for row in answers.get(DESCRIBED, "").split("\n"):
        called, *more = cells_of(row)
        words = ", ".join(filter(None, (f"Called {called}" if called else "", *more)))
        if words:
            yield _ended(words[:1].upper() + words[1:])


def partial_day(text: str) -> PartialDate | None:
    """A date as far as it is known, where it can be read."""
    read = read_partial(text)
    return partial_date(read) if read else None


def _day(text: str) -> str:
    """A date in words, where it can be read; as it was written where it cannot."""
    day = partial_day(text)
    return in_words(day) if day else text


def _earliest(text: str) -> date | None:
    day, year = partial_day(text), _YEAR.search(text)
    return day.earliest if day else date(int(year[0]), 1, 1) if year else None


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

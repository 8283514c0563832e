"""Text for the form made from what is listed once: places with their dates, who did it, how they were controlled, the trade; and
which answers of a referral are facts of the case, with where each goes once its writer confirms it.

Text is proposed: it stands where nobody wrote anything else, and what is missing from a text that somebody wrote is told, never
put there. A date that cannot be read stays as it was written. As a fact is offered only what was written here, has a structure,
and the case does not say yet. Pure; the clock has no part in it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from lodestar.casework.referral_forms.rules.form import listed
from lodestar.casework.referral_forms.rules.known import COUNTRIES, in_words
from lodestar.casework.referral_forms.rules.sections import asks, cells_of
from lodestar.platform.obligations.encounter_reading import PersonReading
from lodestar.platform.obligations.facts import Exploitation
from lodestar.platform.text.reference_lists import reference_list
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


@cache
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


Target = Literal["exploitation", "kind", "person", "exploiter", "new_person"]
_EXPLOITATION, _PERSON = "Their exploitation in the case", "Their page in the case"


@dataclass(frozen=True)
class CaseFact:
    """One answer as a fact: `words` are the answer, `goes_to` where in the case it goes, `columns` what is written there."""

    code: str
    label: str
    words: str
    goes_to: str
    target: Target
    columns: Mapping[str, Any]


@dataclass(frozen=True)
class InCase:
    """Somebody of the case: who could be said to have done it, or stands there already."""

    id: str
    name: str
    description: str
    roles: Sequence[str]


def case_facts(
    own: Mapping[str, str], person: PersonReading, people: Sequence[InCase], version: str, *, name: str, language: str
) -> tuple[CaseFact, ...]:
    """The answers written here that the case does not hold yet. `name` and `language` are the person's as the case has them."""
    of_the_person = _of_the_person(own, person, version, name=name, language=language)
    return (*_of_the_exploitation(own, person, version), *of_the_person, *_of_the_exploiters(own, people))


def _of_the_exploitation(own: Mapping[str, str], person: PersonReading, version: str) -> Iterator[CaseFact]:
    recorded = person.facts.exploitation
    yield from _kinds(own, recorded)
    if len(recorded) > 1:
        return  # which of them an answer is about, nobody can tell
    now = recorded[0] if recorded else Exploitation()
    still = own.get("still-in-exploitative-situation", "")
    if still and (still == "yes") is not now.still_in_situation:
        yield _column("still-in-exploitative-situation", own, version, {"still_in_situation": still == "yes"})
    where = next((list(sides) for sides, answer in COUNTRIES.items() if answer == own.get(WHERE)), [])
    if where and set(where) != set(now.where):
        yield _column(WHERE, own, version, {"where": where})
    began, ended = _dates(own.get(PLACES, ""))
    for code, label, day, known in (("from", "It began", began, now.start), ("to", "It ended", ended, now.end)):
        if day and not known:
            yield CaseFact(code, label, in_words(day), _EXPLOITATION, "exploitation", {f"{code}_date": day.text})


def _column(code: str, own: Mapping[str, str], version: str, columns: Mapping[str, Any]) -> CaseFact:
    ask = asks(version)[code]
    return CaseFact(code, ask.label, ask.in_words(own[code]), _EXPLOITATION, "exploitation", columns)


def _kinds(own: Mapping[str, str], recorded: Sequence[Exploitation]) -> Iterator[CaseFact]:
    ticked = set(own.get("types-of-exploitation", "").split("\n"))
    there = {exploitation.type for exploitation in recorded}
    for row in reference_list("reference", "exploitation_types").rows:
        if ticked & set(row["fields"]) and row["code"] not in there:
            words = row["name"].capitalize()
            yield CaseFact(f"kind-{row['code']}", "Type of exploitation", words, _EXPLOITATION, "kind", {"type": row["code"]})


def _dates(listing: str) -> tuple[PartialDate | None, PartialDate | None]:
    """When it began and ended by the places that were listed, where every date of them can be read; an end only where none
    goes on."""
    sites = places(listing)
    starts = [partial_day(site.began) for site in sites if site.began]
    ends = [partial_day(site.ended) for site in sites if site.ended and folded(site.ended) not in STILL]
    has_ended = len(ends) == len(sites) and None not in ends
    begins = [day for day in starts if day]
    return (
        min(begins, key=lambda day: day.earliest) if len(begins) == len(starts) and begins else None,
        max((day for day in ends if day), key=lambda day: day.latest) if has_ended and ends else None,
    )


def _of_the_person(
    own: Mapping[str, str], person: PersonReading, version: str, *, name: str, language: str
) -> Iterator[CaseFact]:
    def fact(code: str, words: str, columns: Mapping[str, Any]) -> CaseFact:
        return CaseFact(code, asks(version)[code].label, words, _PERSON, "person", columns)

    whole = " ".join(filter(None, (own.get("pv-name-first-name", ""), own.get("pv-name-last-name", ""))))
    if whole and not name:
        yield CaseFact("name", "Name", whole, _PERSON, "person", {"name": whole})
    if own.get("pv-dob") and person.facts.birth.date is None:
        basis = {"age_basis": "stated"} if person.facts.birth.basis in (None, "unknown") else {}
        yield fact("pv-dob", in_words(partial_date(own["pv-dob"])), {"birth_date": own["pv-dob"], **basis})
    nationalities = {own.get("pv-nationality"), own.get("pv-nationality-second")} - {None, ""}
    if nationalities and ("British" in nationalities) is not person.facts.british and "Unknown" not in nationalities:
        yield fact("pv-nationality", ", ".join(sorted(map(str, nationalities))), {"british": "British" in nationalities})
    if own.get("pv-interpreter-requirements") == "yes" and "interpreter" not in person.facts.needs:
        yield fact("pv-interpreter-requirements", "Yes", {"needs": [*person.facts.needs, "interpreter"]})
    spoken = own.get("pv-interpreter-requirements-language", "")
    if spoken and not language:
        yield fact("pv-interpreter-requirements-language", spoken, {"language": spoken})


def _of_the_exploiters(own: Mapping[str, str], people: Sequence[InCase]) -> Iterator[CaseFact]:
    chosen = own.get(EXPLOITERS, "").split("\n")
    for other in people:
        if other.id in chosen and "exploiter" not in other.roles:
            columns = {"id": other.id, "roles": [*other.roles, "exploiter"]}
            words = other.name or other.description or "Someone with no name recorded"
            yield CaseFact(f"exploiter-{other.id}", "Who did it", words, "Their part in the case", "exploiter", columns)
    there = {folded(text) for other in people if "exploiter" in other.roles for text in (other.name, other.description) if text}
    for number, row in enumerate(filter(None, own.get(DESCRIBED, "").split("\n")), 1):
        called, *more = cells_of(row)
        description = ", ".join(filter(None, more))[:200]
        if folded(called or description) not in there:
            words = ", ".join(filter(None, (called, description)))
            columns = {"name": called, "description": description, "roles": ["exploiter"]}
            yield CaseFact(f"described-{number}", "Who did it", words, "A new person of the case", "new_person", columns)

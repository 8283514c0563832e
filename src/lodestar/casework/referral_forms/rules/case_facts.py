"""What was answered in a referral and is a fact of the case: each answer, and where it goes once its writer confirms it.

Offered is only what was written here, has a structure, and the case does not say yet. What stands in free text becomes no fact.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lodestar.casework.referral_forms.rules.known import COUNTRIES, in_words
from lodestar.casework.referral_forms.rules.made import DESCRIBED, EXPLOITERS, PLACES, STILL, WHERE, partial_day, places
from lodestar.casework.referral_forms.rules.sections import asks, cells_of
from lodestar.platform.obligations.encounter_reading import PersonReading
from lodestar.platform.obligations.facts import Exploitation
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.sorting import folded
from lodestar.platform.time.fuzzy import PartialDate, partial_date

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

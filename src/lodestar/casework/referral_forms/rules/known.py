"""What the case and its writer hold already, as answers to the Home Office's form: nothing that is held is asked again.

Only what the facts say outright is answered. Where they leave a choice between options of the form (which kind of labour
exploitation, how a whole name parts into two) there is no answer, and a person is asked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from lodestar.casework.referral_forms.rules.route import answer_of
from lodestar.platform.obligations.ages import ADULT, age_between
from lodestar.platform.obligations.encounter_reading import PersonReading
from lodestar.platform.obligations.facts import Exploitation
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london
from lodestar.platform.time.fuzzy import PartialDate
from lodestar.platform.time.uk_dates import MONTHS

_NATIONS = {"england": "england", "wales": "wales", "scotland": "scotland", "northern_ireland": "northern-ireland"}
COUNTRIES = {("overseas",): "overseas", ("uk",): "uk", ("overseas", "uk"): "uk-and-overseas"}


def known(person: PersonReading) -> Mapping[str, str]:
    """The answers that the facts of a person give, by the name of the form's field."""
    return dict([*_of_the_person(person), *_of_the_exploitation(person)])


def _of_the_person(person: PersonReading) -> Iterator[tuple[str, str]]:
    facts = person.facts
    if person.of.encounter.nation in _NATIONS:
        yield "fr-location", _NATIONS[person.of.encounter.nation]
    if person.is_child:
        is_sure = person.age.high is not None and person.age.high < ADULT
        yield "pv-under-age", "yes" if is_sure else "not-sure"
    elif person.age.treat_as == "adult":
        yield "pv-under-age", "no"
        answer = answer_of(person).counts_as
        if answer is not None:
            yield "pv-want-to-submit-nrm", _yes(answer)
    if facts.birth.date and facts.birth.date.is_exact:
        yield "pv-dob", facts.birth.date.text
    if facts.british:
        yield "pv-nationality", "British"
    if "interpreter" in facts.needs:
        yield "pv-interpreter-requirements", "yes"
    if any(other.is_possible_victim for other in person.of.people if other.id != person.id):
        yield "any-other-pvs", "yes"


def _of_the_exploitation(person: PersonReading) -> Iterator[tuple[str, str]]:
    exploitations = person.facts.exploitation
    if not exploitations:
        return
    yield from ((field, "true") for field in _kinds(exploitations))
    where = tuple(sorted({place for exploitation in exploitations for place in exploitation.where}))
    if where in COUNTRIES:
        yield "where-exploitation-happened", COUNTRIES[where]
    if person.is_still_exploited:
        yield "still-in-exploitative-situation", "yes"
    elif all(exploitation.still_in_situation is False for exploitation in exploitations):
        yield "still-in-exploitative-situation", "no"
    several = len(exploitations) > 1
    if several:
        yield "potential-victim-exploitative-situation-multiple", "yes"
    when = "\n".join(_when(period, with_kind=several) for period in exploitations if period.start or period.end)
    if when:
        yield f"when-did-the-exploitation-take-place{'-multiple' if several else ''}", when
    as_child = _as_a_child(person)
    if as_child is not None and not person.is_child:
        yield "pv-under-age-at-time-of-exploitation", _yes(as_child)


def _kinds(exploitations: Sequence[Exploitation]) -> Iterator[str]:
    """The form's ticks for the kinds that have one alone; of a kind with several a person says which."""
    types = {exploitation.type for exploitation in exploitations}
    for row in reference_list("reference", "exploitation_types").rows:
        if row["code"] in types and len(row["fields"]) == 1:
            yield from row["fields"]


def _as_a_child(person: PersonReading) -> bool | None:
    """Whether an exploitation began before the 18th birthday; None where the dates leave it open."""
    born, starts = person.facts.birth.date, [exploitation.start for exploitation in person.facts.exploitation]
    if born is None:
        return None
    ages = [age_between(born, start.earliest, start.latest) for start in starts if start]
    if any(high < ADULT for _, high in ages):
        return True
    return False if len(ages) == len(starts) and all(low >= ADULT for low, _ in ages) else None


def _when(exploitation: Exploitation, *, with_kind: bool) -> str:
    names = {row["code"]: row["name"] for row in reference_list("reference", "exploitation_types").rows}
    kind = f"{names[exploitation.type].capitalize()}: " if with_kind and exploitation.type in names else ""
    began = f"from {in_words(exploitation.start)}" if exploitation.start else "start not known"
    if exploitation.end:
        ended = f"to {in_words(exploitation.end)}"
    else:
        ended = "still going on" if exploitation.still_in_situation else "end not known"
    return f"{kind}{began}, {ended}"


def in_words(day: PartialDate) -> str:
    """A date as far as it is known: 2026, March 2026 or 9 March 2026."""
    year, *rest = day.text.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1].capitalize()
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


def name_parts(name: str) -> Mapping[str, str]:
    """A name that the case has, as the form's two fields propose it: the first word, and the rest. The page shows the whole
    name beside them, and a person puts them right. A name with a comma has an order of its own and is left to them."""
    first, _, last = " ".join(name.split()).partition(" ")
    parts = {"pv-name-first-name": first, "pv-name-last-name": last}
    return {} if "," in name else {field: words for field, words in parts.items() if words}


_INTERPRETERS = {
    "independent": "through an independent interpreter", "companion": "through someone they know",
    "none": "no interpreter, and one was needed", "not_needed": "no interpreter needed",
}  # fmt: skip


def met_words(at: datetime, place: str) -> str:
    """When and where somebody was met, as it was recorded."""
    return f"Encountered {', '.join(filter(None, [_instant(at), place.strip().rstrip('.')]))}."


def interview(at: datetime, alone: str, interpreter: str, *, language: str, there: str) -> str:
    """When and how somebody was asked about a referral, as it was recorded; what was not recorded is left out."""
    how = [alone, f"in {language}" if language else "", _INTERPRETERS.get(interpreter, "")]
    present = f" Also there: {there.rstrip('.')}." if there else ""
    return f"{', '.join(filter(None, [f'Asked about a referral {_instant(at)}', *how]))}.{present}"


def _instant(at: datetime) -> str:
    local = london(at)
    return f"on {local.day} {MONTHS[local.month - 1].capitalize()} {local.year} at {local:%H:%M}"


OWN = ("fr-details-first-name", "fr-details-last-name", "fr-details-role", "fr-details-phone", "fr-alternative-contact")
_TITLES = frozenset(
    {
        "pc", "wpc", "dc", "ps", "ds", "sgt", "sergeant", "insp", "inspector", "di", "ci", "dci", "supt", "det", "ch", "c/insp",
        "c/supt", "acc", "dcc", "cc", "pcso", "constable", "detective", "temporary", "acting", "trainee", "mr", "mrs", "ms",
        "miss", "mx", "dr", "prof",
    }
)  # fmt: skip
_BEFORE = re.compile(r"^[ta]/", re.IGNORECASE)  # temporary and acting ranks: T/DC, A/Sgt


def of_the_writer(name: str, rank: str, roles: Sequence[str], phone: str) -> Mapping[str, str]:
    """What is known of a writer by field of the form. `roles` are their roles in words; the rank comes before them."""
    words = name.split()
    while len(words) > 1 and _BEFORE.sub("", words[0]).rstrip(".").casefold() in _TITLES:
        words.pop(0)
    answers = {
        "fr-details-first-name": words[0] if len(words) > 1 else "",
        "fr-details-last-name": " ".join(words[1:] or words),
        "fr-details-role": ", ".join(filter(None, [rank.replace("_", " ").strip(), *roles])).capitalize(),
        "fr-details-phone": phone.strip(),
    }
    return {field: answer for field, answer in answers.items() if answer}

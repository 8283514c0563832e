"""The paragraph for the force's incident log: what happened, what was done, what is open. Nobody is named in it but officers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from lodestar.cases.access.redaction import LeavingText
from lodestar.cases.models import Case, Obligation, Person
from lodestar.design.when import day_time
from lodestar.design.words import in_words, listed
from lodestar.exchange.presenters.packs import place_told
from lodestar.exchange.queries.packs import is_victim, places_ticked

CHILD = "tell_childrens_services_now"
# The lines of the first hour, as done and as still to do. The question of section 45 of the Modern Slavery Act 2015 is no matter
# of a log.
LINES = {
    "make_safe": ("danger dealt with", "deal with danger"),
    "medical_and_basic_care_first": ("care given", "give care"),
    "see_alone_with_independent_interpreter": ("spoken to alone", "speak to them alone"),
    "establish_age": ("age asked", "ask their age"),
    CHILD: ("children’s services informed", "tell children’s services"),
    "safe_place": ("a place for tonight decided", "decide a place for tonight"),
}


def texts(case: Case, people: Sequence[Person]) -> list[LeavingText]:
    """What of the paragraph was typed as free text, to be checked before it leaves."""
    place = place_told(case.place, places_ticked(people))
    return [LeavingText("met", "Date of encounter", case.encountered_as), LeavingText("place", "Place of encounter", place)]


def paragraph(case: Case, people: Sequence[Person], owed: Iterable[Obligation], checked: Mapping[str, str]) -> str:
    """A few plain sentences. `owed` are the lines of the first hour, `checked` the texts that may leave."""
    lines = [row for row in owed if row.code in LINES]
    where = f" ({checked['place']})" if checked.get("place") else ""
    when = checked.get("met") or day_time(case.encountered_at)
    return " ".join(
        sentence
        for sentence in (
            f"{when}{where}: police encountered {_people(len(people))}.",
            _victims(people, lines),
            _steps("Done", lines, is_open=False),
            _steps("Still to do", lines, is_open=True),
            _crimes(people),
            f"Officer: {case.opened_by.name}. Case {case.reference}.",
            "Names, addresses and contact are not in this log: ask the officer. Do not ring or write to anyone in this case.",
        )
        if sentence
    )


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{in_words(number).lower()} people" if number else "no one recorded"


def _victims(people: Sequence[Person], lines: Iterable[Obligation]) -> str:
    number = sum(is_victim(one) for one in people)
    if not number:
        return ""
    children = len({row.person_id for row in lines if row.code == CHILD})
    young = f"; {in_words(children).lower()} {'is' if children == 1 else 'are'} or may be under 18" if children else ""
    return f"Modern slavery is being investigated: {in_words(number).lower()} may have been exploited{young}."


def _steps(words: str, lines: Iterable[Obligation], *, is_open: bool) -> str:
    """What was done, or is still to do, and for how many where that is not everybody of whom it is owed."""
    rows = list(lines)
    owed = Counter(row.code for row in rows)
    counts = Counter(row.code for row in rows if (row.state == "open") is is_open)
    said = [
        steps[is_open] + (f" ({counts[code]} of {owed[code]})" if counts[code] < owed[code] else "")
        for code, steps in LINES.items()
        if counts[code]
    ]
    return f"{words}: {listed(said)}." if said else ""


def _crimes(people: Sequence[Person]) -> str:
    victims = [one for one in people if is_victim(one)]
    numbers = [number for one in victims for number in getattr(one, "crime_numbers", [])]
    without = sum(not getattr(one, "crime_numbers", []) for one in victims)
    told = f"Crime {'number' if len(numbers) == 1 else 'numbers'}: {listed(numbers)}." if numbers else ""
    still = f"No crime number yet for {in_words(without).lower()}." if without else ""
    return " ".join(part for part in (told, still) if part)

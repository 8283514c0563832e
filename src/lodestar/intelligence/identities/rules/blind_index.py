"""What a description is filed under, so that those like it are found without reading everybody: a few marks of a person,
and more for whoever looks, who tries each way in which a name may be meant.

A mark holds classes of sounds and years, digits of a telephone, a postcode: whoever keeps them keeps a keyed hash of each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from lodestar.intelligence.identities.rules.match_reasons import Described
from lodestar.platform.names.contact_normalisation import Born, changed_over, is_first_of_year
from lodestar.platform.names.names import Part, parts_of, units
from lodestar.platform.names.phonetics import MOST_READINGS, skeletons, sung

YEARS_TOGETHER = 4
MOST_YEARS = 16  # an age of wider range is filed as none
MOST_MARKS, MOST_SOUGHT = 80, 80
MOST_OF_A_NAME = 400  # marks looked up for a name by itself, whose bearer may be of any age
MOST_NEAR, MOST_VOICED = 3, 3
LEAST_NEAR = 4  # sounds; fewer are shared by thousands who have nothing else in common
_NO_YEAR = "?"
EVERY_YEAR = (*map(str, range(1908 // YEARS_TOGETHER, 2052 // YEARS_TOGETHER)), _NO_YEAR)


@dataclass(frozen=True)
class Mark:
    """One mark: of what kind (voiced, year, name, near, one, day, phone, house), and what it says."""

    kind: str
    value: str

    @property
    def weight(self) -> int:
        """What it counts where more people share marks than can be laid beside each other; no measure of a match."""
        return _TELLS[self.kind]


_TELLS = {"phone": 9, "house": 6, "day": 6, "voiced": 6, "year": 3, "name": 2, "near": 1, "one": 1}


def marks_of(described: Described) -> frozenset[Mark]:
    """Under what somebody is filed."""
    marks: dict[Mark, None] = {}
    years = _years(described.birth, 0)
    for name in described.name_variants:
        for mark in _of_name(parts_of(name), years, is_sought=False):
            marks.setdefault(mark)
    rest = dict.fromkeys(_of_the_rest(described))
    return frozenset([*rest, *list(marks)[: MOST_MARKS - len(rest)]])


def sought_by(described: Described) -> tuple[Mark, ...]:
    """Under what those like somebody may be filed, what few share first."""
    marks = dict.fromkeys(_of_the_rest(described))
    years = _years(described.birth, SLACK)
    for name in described.name_variants:
        for mark in _of_name(parts_of(name), years, is_sought=True):
            marks.setdefault(mark)
    birth = described.birth
    if birth is not None and birth.is_day and changed_over(birth.text):
        marks.setdefault(Mark("day", changed_over(birth.text)))
    return tuple(marks)[:MOST_SOUGHT]


def sought_by_name(names: Iterable[str]) -> tuple[Mark, ...]:
    """Under what people of one of these names, or of a name that has it as a part, may be filed whatever their age, what few
    share first."""
    marks: dict[Mark, None] = {}
    for name in names:
        parts = parts_of(name)
        is_alone = sum(not part.is_initial for part in parts) == 1
        marks |= dict.fromkeys(_of_name(parts, EVERY_YEAR if is_alone else (_NO_YEAR,), is_sought=True))
    return tuple(marks)[:MOST_OF_A_NAME]


SLACK = 2  # years by which an age may be out


def _of_the_rest(described: Described) -> Iterator[Mark]:
    for number in sorted(described.tails):
        yield Mark("phone", number)
    for house in sorted(described.houses):
        yield Mark("house", house)
    birth = described.birth
    if birth is not None and birth.is_day and not is_first_of_year(birth.text):
        yield Mark("day", birth.text)


def _years(birth: Born | None, slack: int) -> tuple[str, ...]:
    """The stretches of years in which somebody may have been born; whoever looks looks among those without one as well."""
    if birth is None or birth.last - birth.first > MOST_YEARS:
        return (_NO_YEAR,)
    first, last = (birth.first - slack) // YEARS_TOGETHER, (birth.last + slack) // YEARS_TOGETHER
    return (*(str(stretch) for stretch in range(first, last + 1)), *((_NO_YEAR,) if slack else ()))


def _of_name(parts: tuple[Part, ...], years: tuple[str, ...], *, is_sought: bool) -> Iterator[Mark]:
    """The marks of one name, what few share first. Whoever looks for somebody of known age looks by years; of unknown age, by
    sound alone."""
    name_parts = tuple(part for part in parts if not part.is_initial)
    pairs = list(_pairs(name_parts))
    for left, right in pairs:
        for left_latin, other in product(left.latins[:MOST_VOICED], right.latins[:MOST_VOICED]):
            yield Mark("voiced", _together(sung(left_latin), sung(other)))
    if not is_sought or len(name_parts) == 1:
        for part in name_parts:
            if part.is_long:  # a whole name by itself, found without an age as well
                yield from (Mark("voiced", sung(latin)) for latin in part.latins[:MOST_VOICED])
    wide = [
        _together(left_value, other)
        for left, right in pairs
        for left_value, other in product(_wide(left, is_sought), _wide(right, is_sought))
    ]
    for value in dict.fromkeys(wide):
        if not is_sought or years != (_NO_YEAR,):
            yield from (Mark("year", f"{value} {year}") for year in years)
        if not is_sought or years == (_NO_YEAR,):
            yield Mark("name", value)
    for value in dict.fromkeys(_nearly(name_parts, is_sought)):
        yield Mark("near", value)
    if not is_sought or len(name_parts) < 2:
        for part in name_parts:
            for value in _wide(part, is_sought):
                for year in years:
                    yield Mark("one", f"{value} {year}")


def _pairs(parts: tuple[Part, ...]) -> Iterator[tuple[Part, Part]]:
    """Words two by two, those that tell people apart first."""
    each = units(parts)
    pairs = [
        (left, right)
        for number, (places, left) in enumerate(each)
        for others, right in each[number + 1 :]
        if not places & others and not (left.is_weak and right.is_weak)
    ]
    strong = [pair for pair in pairs if not pair[0].is_weak and not pair[1].is_weak]
    yield from strong or pairs


def _nearly(parts: tuple[Part, ...], is_sought: bool) -> Iterator[str]:
    """One word whole and of another its beginning: what is still alike where a letter was left out or misheard."""
    strong = [part for part in parts if not part.is_weak]
    most = MOST_NEAR if is_sought else 1
    for strong_part in strong:
        for other in strong:
            if strong_part is not other:
                for whole, begun in product(_wide(strong_part, is_sought)[:most], _wide(other, is_sought)[:most]):
                    if not is_sought or len(whole) + len(begun[:2]) >= LEAST_NEAR:
                        yield f"{whole} {begun[:2]}"


def _spellings(part: Part) -> tuple[str, ...]:
    return (*part.latins[:4], *part.full[:3])


def _wide(part: Part, is_sought: bool) -> tuple[str, ...]:
    readings = MOST_READINGS if is_sought else 1
    return tuple(dict.fromkeys(value for latin in _spellings(part) for value in skeletons(latin)[:readings]))[:10]


def _together(value: str, other: str) -> str:
    return " ".join(sorted((value, other)))

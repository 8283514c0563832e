"""Published tables of gaps: what is hidden, that nothing below five can be worked out, a year, the steps of a question."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random
from uuid import UUID

import pytest

from lodestar.partnership.commissioning.rules import (
    ANSWERED,
    ASKED,
    DECIDED,
    NOT_KNOWN,
    ONE_CELL_EACH,
    TABLES,
    Gap,
    Quarter,
    cost_of,
    may_follow,
    of_year,
    published_tables,
    quarter_named,
    quarter_of,
)
from tests.offenders import each

CELLS = {
    "domain": ["safety", "accommodation", "legal", "money", "work"],
    "stage": ["before", "pending", "positive", "declined"],
    "district": ["E07000200", "E07000202", "E07000203", "E07000244", "E07000245"],
    "reason": ["full", "distance", "language", "cost"],
}
SEEDS = range(40)


def gaps_of(chance: Random, quarter: Quarter, people: int) -> list[Gap]:
    """Gaps of some people, most of them in few cells, as in a small force."""
    found = []
    for _ in range(people):
        person = UUID(int=chance.getrandbits(128), version=4)
        for _ in range(chance.choice((1, 1, 2, 3))):
            cells = {table: chance.choice([*names[:2], *names[:2], *names, ""]) for table, names in CELLS.items()}
            found.append(Gap(person, quarter.begins + timedelta(hours=chance.randrange(2000)), cells))
    return found


def worked_out(equations: list[tuple[dict[object, Fraction], Fraction]]) -> dict[object, Fraction]:
    """Each single number that sums of what is published give away: linear equations, solved exactly."""
    rows = [(dict(parts), number) for parts, number in equations]
    leads: dict[object, tuple[dict[object, Fraction], Fraction]] = {}
    for parts, number in rows:
        for lead, (other, value) in leads.items():
            if times := parts.pop(lead, 0):
                number -= times * value
                for name, many in other.items():
                    parts[name] = parts.get(name, Fraction(0)) - times * many
                parts = {name: many for name, many in parts.items() if many}
        if parts:
            lead, by = next(iter(parts.items()))
            rest = {name: many / by for name, many in parts.items() if name != lead}
            for known, (other, value) in list(leads.items()):
                if times := other.pop(lead, 0):
                    for name, many in rest.items():
                        other[name] = other.get(name, Fraction(0)) - times * many
                    leads[known] = ({name: many for name, many in other.items() if many}, value - times * number / by)
            leads[lead] = (rest, number / by)
    return {lead: value for lead, (rest, value) in leads.items() if not rest}


def attacked(year: list[dict], added: dict) -> list[Fraction]:
    """The numbers from one to four that an attacker finds in what was published of a year: cells, totals, sums of the year."""
    one, equations = Fraction(1), []
    for place, content in enumerate(year):
        for table, rows in content["tables"].items():
            equations += [({(place, table, cell): one}, Fraction(number)) for cell, number in rows if number is not None]
            if table in ONE_CELL_EACH and content["total"] is not None:
                equations.append(({(place, table, cell): one for cell, _ in rows}, Fraction(content["total"])))
    for table, rows in added["tables"].items():
        for cell, number in rows:
            if number is not None:
                equations.append(({(place, table, cell): one for place in range(len(year))}, Fraction(number)))
    return [value for value in worked_out(equations).values() if 0 < value < 5]


def a_year(seed: int, *, secondary: bool) -> list[dict]:
    chance = Random(seed)
    quarters = [Quarter(date(2026, month, 1)) for month in (1, 4, 7, 10)]
    return [
        published_tables(gaps_of(chance, quarter, chance.randrange(4, 40)), CELLS, {}, secondary=secondary)
        for quarter in quarters
    ]


def test_nothing_below_five_is_worked_out_of_generated_years_and_without_secondary_suppression_something_is():
    found = Counter()
    for seed in SEEDS:
        for secondary in (True, False):
            year = a_year(seed, secondary=secondary)
            found[secondary] += len(attacked(year, of_year(year)))
    assert found[True] == 0
    assert found[False] > 0


def test_no_small_number_is_shown_and_a_line_that_hides_hides_two():
    for seed in SEEDS:
        for content in a_year(seed, secondary=True):
            for table, rows in content["tables"].items():
                numbers = [number for _, number in rows]
                assert not [number for number in numbers if number is not None and 0 < number < 5]
                hidden = numbers.count(None)
                assert hidden != 1 or (table in ONE_CELL_EACH and content["total"] is None)


def test_a_person_counts_once_and_in_one_district_and_stage():
    person, at = UUID(int=1), datetime(2026, 2, 1, tzinfo=UTC)
    first = {"domain": "legal", "stage": "before", "district": "E07000202", "reason": ""}
    later = first | {"domain": "money", "stage": "pending", "district": "E07000203"}
    people = [UUID(int=number) for number in range(2, 8)]
    gaps = [Gap(person, at, first), Gap(person, at + timedelta(days=1), later), *(Gap(one, at, first) for one in people)]
    tables = {table: dict(rows) for table, rows in published_tables(gaps, CELLS, {})["tables"].items()}
    assert (tables["district"]["E07000202"], tables["district"]["E07000203"]) == (7, 0)
    assert (tables["stage"]["before"], tables["reason"][NOT_KNOWN]) == (7, 7)
    assert (tables["domain"]["money"], tables["domain"]["legal"]) == (None, None), "one person, and who would tell of them"


def test_a_year_is_the_sum_of_published_cells_and_hides_what_a_quarter_hides():
    quarters = [{"total": 12, "tables": {table: [["a", 7], ["b", 5]] for table in TABLES}}] * 3
    hidden = {"total": 9, "tables": {table: [["a", None], ["b", 6]] for table in TABLES}}
    added = of_year([*quarters, hidden])
    assert (added["total"], dict(added["tables"]["domain"])) == (45, {"a": None, "b": 21})


@each(
    ("day", "name"),
    [
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 12, 31), "2026-Q4"),
        (date(2027, 1, 1), "2027-Q1"),
    ],
)
def test_the_quarter_of_a_day(day: date, name: str):
    quarter = quarter_of(day)
    assert quarter.name == name
    assert quarter.first <= day < quarter.after
    assert quarter_named(name) == quarter


@pytest.mark.parametrize("name", ["2026", "2026-Q5", "26-Q1", "2026-Q", "x026-Q1", "1999-Q1"])
def test_no_other_name_is_a_quarter(name: str):
    assert quarter_named(name) is None


def test_steps_of_a_question_follow_each_other_each_by_its_side():
    assert may_follow(ASKED, ANSWERED, is_of_force=True)
    assert not may_follow(ASKED, ANSWERED, is_of_force=False)
    assert may_follow(ANSWERED, DECIDED, is_of_force=False)
    assert not may_follow(ASKED, DECIDED, is_of_force=False)


def test_a_cost_is_known_only_where_both_numbers_are():
    assert (cost_of(6, 200), cost_of(None, 200), cost_of(6, None)) == (1200, None, None)

"""What a pack of a board may show of small numbers, and how much a decision shows."""

from fractions import Fraction
from random import Random

import pytest

from lodestar.oversight.boards.rules import (
    ACTION,
    counts_with_sum,
    decision_state,
    panels_shown,
    parts_of,
    row_shown,
    share_words,
    year_shown,
)
from lodestar.oversight.measures.rules.values import Value
from lodestar.platform.statistics.suppression import LEAST
from tests.rules.test_gaps_published import worked_out


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Value(0), "0"), (Value(4), "Not shown"), (Value(5), "5"), (Value(0, 0), "None"), (Value(3, 4), "Not shown"),
        (Value(4, 40), "Not shown"), (Value(36, 40), "Not shown"), (Value(5, 40), "5 of 40, 12% (5 to 26%)"),
        (Value(0, 5), "0 of 5 (0 to 43%)"), (Value(0, 40), "0 of 40, 0% (0 to 9%)"), (Value(35, 40), "35 of 40, 88% (74 to 95%)"),
        (Value(0, 9, further={"did_not": 0, "cannot_tell": 9}), "Cannot tell (9)"),
        (Value(0, 3, further={"did_not": 0, "cannot_tell": 3}), "Cannot tell (not shown)"),
        (Value(6, 20, further={"did_not": 6, "cannot_tell": 8}), "6 of 12 that can be told, 50% (25 to 75%); cannot tell 8"),
        (Value(2, 20, further={"did_not": 10, "cannot_tell": 8}), "Not shown; cannot tell Not shown"),
    ],
)  # fmt: skip
def test_a_value_is_said_without_its_small_numbers(value, words):
    parts = parts_of(value)
    assert share_words(row_shown(parts)) == words


def test_a_share_is_of_those_that_can_be_told():
    value, few = Value(0, 26, further={"did_not": 10, "cannot_tell": 16}), Value(0, 6, further={"did_not": 3, "cannot_tell": 3})
    assert (value.words, value.interval, value.value) == ("0% (0 to 28%)", [0.0, 0.2775], 0.0)
    assert value.full_words == "0 of 10 that can be told, 0% (0 to 28%); cannot tell in 16 of 26"
    assert few.full_words == "Too few to say (0 of 3 that can be told); cannot tell in 3 of 6"
    assert Value(0, 9, further={"did_not": 0, "cannot_tell": 9}).full_words == "Cannot tell in any of 9"
    assert Value(5, 40).full_words == "5 of 40, 12% (5 to 26%)"


@pytest.mark.parametrize(
    ("quarters", "year"),
    [
        ([6, 7, 8, 9], 30),
        ([6, 3, 8, 9], None),  # the three could be worked out from the others
        ([6, 3, 4, 9], 22),
        ([6, 1, 2, 9], None),
        ([0, 0, 0, 9], 9),
    ],
)
def test_a_year_stands_beside_its_quarters(quarters, year):
    assert year_shown([[number] for number in quarters])[0] == year


def test_nothing_small_is_worked_out_from_the_packs_of_a_year():
    chance, found = Random(29), []
    for _ in range(400):
        wide = chance.choice((1, 2, 3))
        quarters = [[chance.choice((0, 2, 3, 6, 9, 30)) for _ in range(wide)] for _ in range(4)]
        rows = [*map(row_shown, quarters), year_shown(quarters)]
        one, equations = Fraction(1), []
        for place, row in enumerate(rows):
            places = range(4) if place == 4 else [place]
            for column, number in enumerate(row):
                columns = range(wide) if column == wide else [column]
                if number is not None:
                    equations.append(({(each, of): one for each in places for of in columns}, Fraction(number)))
        found += [number for number in worked_out(equations).values() if 0 < number < LEAST]
    assert not found


def test_two_tables_of_the_same_people_hide_each_others_sums():
    shown = panels_shown({
        "age": {"child": {"nrm": 2, "none": 8}, "adult": {"nrm": 20, "none": 30}},
        "care": {"yes": {"nrm": 10, "none": 18}, "no": {"nrm": 12, "none": 20}},
    })  # fmt: skip
    assert shown["age", "child", "nrm"] is shown["age", "child", "none"] is shown["age", "adult", "nrm"] is None
    assert (shown["", "", "nrm"], shown["", "", "all"], shown["care", "yes", "nrm"]) == (22, 60, 10)
    care, age = {"no": {"nrm": 1, "none": 9}}, {"child": {"nrm": 1, "none": 0}, "adult": {"nrm": 0, "none": 9}}
    few = panels_shown({"age": age, "care": care})
    assert few["", "", "nrm"] is few["care", "no", "nrm"] is few["care", "no", "none"] is None
    assert few["", "", "all"] == 10


def test_counts_with_their_sum():
    assert counts_with_sum({"a": 3, "b": 9, "c": 7}) == {"a": None, "b": 9, "c": None, "": 19}


@pytest.mark.parametrize(
    ("actions", "state"), [([], "weak"), ([True, False], "weak"), ([True], "evidenced"), ([True, True], "evidenced")]
)
def test_a_decision_shows_as_much_as_what_followed(actions, state):
    assert decision_state(actions) == state


def test_an_action_goes_back_from_every_state_but_its_first():
    assert {state for state in ACTION.states if "open" in ACTION.following(state)} == set(ACTION.states)
    assert ACTION.closed == {"closed", "dropped"}

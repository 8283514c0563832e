"""What a pack of a board may show of small numbers, and how much a decision shows."""

import pytest

from lodestar.oversight.boards.rules import (
    ACTION,
    counts_with_sum,
    decision_state,
    nested_shown,
    panels_shown,
    parts_of,
    share_words,
)
from lodestar.oversight.measures.rules.values import Value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Value(0), "0"), (Value(4), "Not shown"), (Value(5), "5"), (Value(0, 0), "None"), (Value(3, 4), "Not shown"),
        (Value(4, 40), "Not shown"), (Value(36, 40), "Not shown"), (Value(5, 40), "5 of 40, 12% (5 to 26%)"),
        (Value(0, 40), "0 of 40, 0% (0 to 9%)"), (Value(35, 40), "35 of 40, 88% (74 to 95%)"),
        (Value(0, 9, further={"did_not": 0, "cannot_tell": 9}), "Cannot tell (9)"),
        (Value(6, 20, further={"did_not": 6, "cannot_tell": 8}), "6 of 20, 30% (15 to 52%); cannot tell 8"),
        (Value(2, 20, further={"did_not": 10, "cannot_tell": 8}), "Not shown; cannot tell Not shown"),
    ],
)  # fmt: skip
def test_a_value_is_said_without_its_small_numbers(value, words):
    parts = parts_of(value)
    assert share_words(nested_shown(parts, parts)[0]) == words


@pytest.mark.parametrize(
    ("quarter", "year", "shown"),
    [
        ([6], [20], ([6, 6], [20, 20])),
        ([6], [9], ([None, None], [9, 9])),  # with the quarter shown, the three of the rest could be worked out
        ([0], [9], ([0, 0], [9, 9])),
        ([3], [20], ([None, None], [20, 20])),
        ([3], [3], ([None, None], [None, None])),
    ],
)
def test_a_quarter_and_its_year_tell_nothing_small_together(quarter, year, shown):
    assert nested_shown(quarter, year) == shown


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

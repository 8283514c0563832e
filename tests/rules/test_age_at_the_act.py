"""How old somebody was at an act: what is told of the age then, and what the age now says of it. They were met on 2 March
2026."""

from typing import Any

from lodestar.casework.section45.rules.acts import acts_of
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each
from tests.rules.meeting import act, facts, someone

MET = "2026-03-02"
Ages = tuple[int | None, int | None]


def ages(birth: dict[str, Any], **suspected: Any) -> Ages:
    encounter = facts(someone(birth=birth, suspected_of=[act(**{"on": MET, **suspected})]))
    return acts_of(reading(encounter, SHIPPED).people[0])[0].ages


def between(low: int | None, high: int | None) -> dict[str, Any]:
    return {"age_min": low, "age_max": high}


@each(
    ("on", "found"),
    [
        (MET, (30, 30)),
        ("2016-03-02", (20, 20)),
        ("2016-03-01", (19, 20)),  # their birthday may have been the day between
        ({"from": "2015-03-02", "to": "2016-03-02"}, (19, 20)),
        ({"from": "2016-03-02", "to": None}, (20, 30)),  # it goes on until they were met
        ({"from": None, "to": "2016-03-02"}, (None, 20)),
        (None, (None, 30)),
    ],
)
def test_from_the_age_now(on: object, found: Ages) -> None:
    assert ages(between(30, 30), on=on) == found


@each(
    ("told", "found"),
    [
        ((14, 16), (14, 16)),
        ((16, 16), (16, 16)),
        ((16, None), (16, 19)),
        ((None, 17), (15, 17)),
        ((19, 21), (19, 21)),
        ((12, 15), (12, 15)),
    ],
)
def test_what_is_told_of_the_age_then_counts_and_the_age_now_fills_what_it_leaves_open(told: Ages, found: Ages) -> None:
    assert ages(between(15, 19), age_then_min=told[0], age_then_max=told[1]) == found
    assert ages({}, age_then_min=told[0], age_then_max=told[1]) == told


@each(
    ("told", "found"),
    [
        ((None, None), (17, 18)),
        ((16, 20), (17, 18)),
        ((16, 17), (17, 17)),
        ((18, 20), (18, 18)),
        ((18, None), (18, 18)),
        ((None, 17), (17, 17)),
    ],
)
def test_a_date_of_birth_narrows_what_is_told(told: Ages, found: Ages) -> None:
    assert ages({"date": "2008"}, age_then_min=told[0], age_then_max=told[1]) == found


@each(
    ("now", "told", "found"),
    [
        ((25, 25), (16, 16), (None, 25)),
        ((16, 16), (25, 25), (None, 25)),
        ((12, 12), (5, 9), (None, 12)),
        ((9, 9), (12, None), (None, None)),  # told of at least twelve, they were not surely under ten
        ((17, 17), (20, None), (None, None)),
        ((30, None), (None, 12), (None, None)),
    ],
)
def test_told_and_reckoned_that_cannot_both_be_true_leave_the_age_open(now: Ages, told: Ages, found: Ages) -> None:
    assert ages(between(*now), age_then_min=told[0], age_then_max=told[1]) == found


@each(
    ("birth", "found"),
    [
        ({"age_min": 17, "age_max": 25, "basis": "document"}, (17, 17)),
        ({"age_min": 15, "age_max": 17, "basis": "document"}, (17, 17)),
        ({"age_min": 20, "age_max": 25, "basis": "document"}, (17, 25)),
        ({"age_max": 16, "basis": "document"}, (16, 17)),
        ({"age_min": 20, "age_max": 25, "basis": "assessed"}, (17, 17)),
    ],
)
def test_a_date_of_birth_is_exact_when_the_age_now_bears_it_out_or_an_assessment_found_it(
    birth: dict[str, Any], found: Ages
) -> None:
    assert ages({"date": "2009-01-01", **birth}) == found


def test_nobody_acts_before_they_are_born() -> None:
    assert ages({"date": "2005-01-01"}, on={"from": None, "to": "2022-06-01"}) == (0, 17)

"""An intelligence submission: graded by a person, with nothing chosen."""

from datetime import date

import pytest

from lodestar.exchange.exports.forms import IntelligenceForm
from lodestar.exchange.exports.rules.own_systems import PARTS, grades_on
from lodestar.platform.text.reference_lists import reference_list

DAY = date(2026, 11, 26)
WHOLE = {"source": "source_2", "assessment": "assessment_a", "handling": "handling_p", "text": "A van."}


def test_the_scheme_has_three_by_five_by_two_and_is_not_confirmed():
    assert [sum(grade.part == part for grade in grades_on(DAY)) for part in PARTS] == [3, 5, 2]
    header = reference_list("exports", "intelligence_3x5x2").header
    assert header["confidence"] == "unconfirmed"
    assert "UNCONFIRMED" in header["source"]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, []),
        ({"source": ""}, ["source"]),
        ({"assessment": "", "text": " "}, ["assessment", "text"]),
        ({"handling": ""}, ["handling"]),
        ({"handling": "handling_c"}, ["conditions"]),
        ({"handling": "handling_c", "conditions": "police only"}, []),
        ({"handling": "handling_p", "conditions": ""}, []),
    ],
)
def test_what_is_wanting_is_said_and_no_grade_is_taken_for_given(change, missing):
    assert sorted(IntelligenceForm(WHOLE | change, today=DAY).errors) == missing

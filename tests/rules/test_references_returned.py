"""A row that comes back says which case, which person, which system and what reference, or why it is none."""

import pytest

from lodestar.exchange.imports.rules.htcds import NoReference, returned


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"our_reference": "FM-26-0007/2", "reference": "37/1/26"}, ("FM-26-0007", 2, "crime", "37/1/26")),
        ({"our_reference": "fm-26-0007 / 2", "system": "Crime number", "reference": "x1"}, ("FM-26-0007", 2, "crime", "x1")),
        ({"our_reference": "FM-26-0007", "person": "2", "reference": "x1"}, ("FM-26-0007", 2, "crime", "x1")),
        ({"our_reference": "FM-26-0007", "system": "incident_log", "reference": "L 1"}, ("FM-26-0007", 0, "incident_log", "L 1")),
        ({"our_reference": "FM-26-0007/1", "reference": "9" * 40}, ("FM-26-0007", 1, "crime", "9" * 40)),
        ({"our_reference": "FM-26-0007", "system": "log", "reference": "x" * 60}, ("FM-26-0007", 0, "incident_log", "x" * 60)),
        ({"our_reference": "FM-26-0007", "system": "intel", "reference": "x" * 60}, ("FM-26-0007", 0, "intelligence", "x" * 60)),
        ({"our_reference": "FM-26-0007", "person": "1234", "reference": "x1"}, ("FM-26-0007", 1234, "crime", "x1")),
        ({"our_reference": "FM-26-0007/2", "person": "2", "reference": "x1"}, ("FM-26-0007", 2, "crime", "x1")),
        ({"our_reference": "FM-26-0007/1", "system": "INTEL", "reference": "I"}, ("FM-26-0007", 1, "intelligence", "I")),
    ],
)
def test_a_row_is_read(cells, said):
    found = returned(cells)
    assert (found.case, found.person, found.kind, found.reference) == said


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({}, "our_reference is not a Lodestar reference"),
        ({"our_reference": "7", "reference": "x1"}, "our_reference is not a Lodestar reference"),
        ({"our_reference": "FM-26-0007", "person": "two", "reference": "x1"}, "person is no number"),
        ({"our_reference": "FM-26-0007/1", "person": "2", "reference": "x1"}, "two different people"),
        ({"our_reference": "FM-26-0007", "reference": "x1"}, "system must be"),
        ({"our_reference": "FM-26-0007", "system": "marker", "reference": "x1"}, "system must be"),
        ({"our_reference": "FM-26-0007", "system": "crime", "reference": "x1"}, "a crime is one person's"),
        ({"our_reference": "FM-26-0007/1", "reference": " "}, "reference is blank"),
        ({"our_reference": "FM-26-0007/1", "reference": "N/A"}, "has no digit"),
        ({"our_reference": "FM-26-0007/1", "reference": "3.72612E+11"}, "shortened"),
        ({"our_reference": "FM-26-0007/1", "reference": "9" * 41}, "longer than 40"),
        ({"our_reference": "FM-26-0007", "system": "log", "reference": "x" * 61}, "longer than 60"),
        ({"our_reference": "FM-26-0007", "system": "intel", "reference": "x" * 61}, "longer than 60"),
        ({"our_reference": "FM-26-0007", "person": "12345", "reference": "x1"}, "person is no number"),
        ({"our_reference": "FM-26-0007", "person": "٣", "reference": "x1"}, "person is no number"),
        ({"our_reference": "FM-26-0007", "person": "²", "reference": "x1"}, "person is no number"),
        ({"our_reference": "FM-26-0007/0", "reference": "x1"}, "system must be"),
    ],
)
def test_what_is_none_says_why_in_one_sentence(cells, why):
    with pytest.raises(NoReference, match=why):
        returned(cells)


def test_when_it_was_recorded_there_is_kept_as_it_was_said():
    assert returned({"our_reference": "FM-26-0007/2", "reference": "x1", "at": "yesterday"}).at == "yesterday"

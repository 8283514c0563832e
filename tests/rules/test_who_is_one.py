"""Names that are one person's, and names that are not, in the customs and spellings that officers meet: invented people."""

import csv
from pathlib import Path

import pytest

from lodestar.intelligence.identities.rules.blind_index import marks_of, sought_by
from lodestar.intelligence.identities.rules.match_reasons import Described, is_match, match_reasons
from tests.offenders import each

TOLD = (Path(__file__).with_name("data") / "who_is_one.tsv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TOLD.splitlines(), delimiter="\t"))


def pairs(is_one: str) -> list:
    return [pytest.param(row["one"], row["other"], id=row["one"]) for row in ROWS if row["is_one"] == is_one]


@each(("one", "other"), pairs("yes"))
def test_one_name_in_two_spellings_is_found_both_ways(one, other):
    some, others = Described((one,)), Described((other,))
    assert is_match(match_reasons(some, others)), match_reasons(some, others)
    assert set(sought_by(some)) & marks_of(others)
    assert set(sought_by(others)) & marks_of(some)


@each(("one", "other"), pairs("no"))
def test_two_names_are_not_taken_for_one(one, other):
    assert not is_match(match_reasons(Described((one,)), Described((other,)))), match_reasons(
        Described((one,)), Described((other,))
    )

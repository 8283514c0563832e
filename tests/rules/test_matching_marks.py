"""Under what somebody is filed, and under what those like them are looked for: written out for a few people."""

from datetime import date

import pytest

from lodestar.cases.rules.matching import Described, Mark, marks_of, sought_by
from lodestar.cases.rules.matching.marks import MOST_MARKS, MOST_SOUGHT

ANA = Described(("Ana Moore",), born="2009-09-04")
MAI = Described(("Tran Thi Mai",))
ONE = Described(("Tamilselvi",), born="2009")


def told(marks) -> list[str]:
    return [f"{mark.kind} {mark.said}" for mark in marks]


FILED = [
    (
        ANA,
        "day 2009-09-04|name 5 56|narrow mr n|near 5 56|near 56 5|one 5 502|one 56 502|voiced ana muri|whole ana muri|"
        "year 5 56 502",
    ),
    (
        Described(("Ana Moore",)),
        "name 5 56|narrow mr n|near 5 56|near 56 5|one 5 ?|one 56 ?|voiced ana muri|whole ana muri|year 5 56 ?",
    ),
    (
        MAI,
        "name 35 365|name 365 5|name 3653 5|narrow m trn|narrow m trnt|narrow tm trn|near 365 5|near 5 36|one 3 ?|one 365 ?|"
        "one 5 ?|voiced mai tran|voiced mai tranti|voiced timai tran|whole mai ti tran|year 35 365 ?|year 365 5 ?|"
        "year 3653 5 ?",
    ),
    (ONE, "narrow tmlslv|one 357471 502|voiced tamilsilfi"),
    (Described(("Ana",), born="2009"), "one 5 502"),
    (Described(born="2009-01-01"), ""),
    (Described(born="2009-12-12", phones=("07700 900123",)), "day 2009-12-12|phone 700900123"),
    (Described(addresses=("14 Low Road, Lincoln",)), "house 14 low road lincoln"),
    (Described(("unknown",), age_min=3), ""),
]


@pytest.mark.parametrize(("one", "filed"), FILED)
def test_under_what_somebody_is_filed(one, filed):
    assert "|".join(sorted(told(marks_of(one)))) == filed


SOUGHT = [
    (
        ANA,
        "day 2009-09-04|whole ana muri|voiced ana muri|narrow mr n|year 5 56 501|year 5 56 502|year 5 56 ?|day 2009-04-09",
    ),
    (Described(("Ana Moore",)), "whole ana muri|voiced ana muri|narrow mr n|name 5 56"),
    (
        MAI,
        "whole mai ti tran|voiced mai tran|voiced timai tran|voiced mai tranti|narrow m trn|narrow tm trn|narrow m trnt|"
        "name 365 5|name 35 365|name 365 45|name 3653 5|name 3654 5|near 365 5",
    ),
    (
        ONE,
        "voiced tamilsilfi|narrow tmlslv|one 357471 501|one 357471 502|one 357471 ?|one 35747 501|one 35747 502|one 35747 ?",
    ),
    (Described(born="2009-09-14"), "day 2009-09-14"),
    (Described(born="2009-01-01"), ""),
    (Described(born="2009-01-02"), "day 2009-01-02|day 2009-02-01"),
    (Described(phones=("+44 7700 900123",), addresses=("14 Low Road, Lincoln",)), "phone 700900123|house 14 low road lincoln"),
]


@pytest.mark.parametrize(("one", "sought"), SOUGHT)
def test_under_what_those_like_somebody_are_looked_for_what_few_share_first(one, sought):
    assert "|".join(told(sought_by(one))) == sought


def test_a_wide_age_is_none_and_a_narrow_one_two_years_wider():
    wide = Described(("Ana",), age_min=20, age_max=40, age_on=date(2026, 3, 2))
    assert told(marks_of(wide)) == told(sought_by(wide)) == ["one 5 ?"]
    as_wide_as_may_be = Described(("Ana",), age_min=10, age_max=25, age_on=date(2026, 3, 2))
    assert "one 5 ?" not in told(marks_of(as_wide_as_may_be))
    assert told(sought_by(Described(("Ana",), born="2010"))) == ["one 5 502", "one 5 503", "one 5 ?"]
    assert told(sought_by(Described(("Ana",), born="2012"))) == ["one 5 502", "one 5 503", "one 5 ?"]


def test_the_marks_of_one_description_are_bounded():
    first, last = ("Yorick", "Xhevahir"), ("Li", "Qian", "Ryu")
    many = tuple(f"{one} Ferenc {other} Kovalenko Ruiz Xavier" for one in first for other in last)
    phones = tuple(f"07700 9001{number:02}" for number in range(20))
    one = Described(many, born="2009-09-04", phones=phones)
    assert len(marks_of(one)) == MOST_MARKS
    numbers = {Mark("phone", f"7009001{number:02}") for number in range(20)}
    assert {mark for mark in marks_of(one) if mark.kind == "phone"} == numbers
    assert len(sought_by(one)) == MOST_SOUGHT
    assert [mark.kind for mark in sought_by(one)][:21] == ["phone"] * 20 + ["day"]


def test_what_few_share_tells_most():
    kinds = ("phone", "whole", "house", "day", "voiced", "narrow", "year", "name", "near")
    tells = {kind: Mark(kind, "x").tells for kind in kinds}
    assert list(tells.values()) == sorted(tells.values(), reverse=True)
    assert tells["near"] == Mark("one", "x").tells == 1
    assert tells["name"] == 2

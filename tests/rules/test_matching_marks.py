"""Under what somebody is filed, and under what those like them are looked for: written out for a few people."""

from datetime import date

from lodestar.intelligence.identities.rules.blind_index import MOST_MARKS, MOST_SOUGHT, Mark, marks_of, sought_by
from lodestar.intelligence.identities.rules.match_reasons import Described
from tests.offenders import each

ANA = Described(("Ana Moore",), born="2009-09-04")
MAI = Described(("Tran Thi Mai",))
ONE = Described(("Tamilselvi",), born="2009")


def told(marks) -> list[str]:
    return [f"{mark.kind} {mark.value}" for mark in marks]


FILED = [
    (ANA, "day 2009-09-04|name 5 56|near 5 56|near 56 5|one 5 502|one 56 502|voiced ana muri|year 5 56 502"),
    (Described(("Ana Moore",)), "name 5 56|near 5 56|near 56 5|one 5 ?|one 56 ?|voiced ana muri|year 5 56 ?"),
    (
        MAI,
        "name 35 365|name 365 5|name 3653 5|near 365 5|near 5 36|one 3 ?|one 365 ?|"
        "one 5 ?|voiced mai tran|voiced mai tranti|voiced timai tran|year 35 365 ?|year 365 5 ?|"
        "year 3653 5 ?",
    ),
    (ONE, "one 357471 502|voiced tamilsilfi"),
    (
        Described(("이영희",)),
        "name 5 6|name 5 7|name 5 _|near 5 7|near 7 5|one 5 ?|one 6 ?|one 7 ?|one _ ?|"
        "voiced i uni|voiced li uni|voiced ri uni|year 5 6 ?|year 5 7 ?|year 5 _ ?",
    ),
    (
        Described(("张伟",)),  # of five readings four are enough
        "name 45 _|near 45 _|near _ 45|one 45 ?|one _ ?|voiced can fai|voiced can fi|voiced cun fai|"
        "voiced cun fi|voiced fai san|voiced fi san|year 45 _ ?",
    ),
    (
        Described(("Slava Petrov",)),  # of four names that it is short for three
        "name 1361 1471|name 1361 435471|name 1361 471|name 1361 6471|"
        "near 1361 47|near 471 13|one 1361 ?|one 1471 ?|one 435471 ?|one 471 ?|one 6471 ?|voiced pitruf slafa|"
        "year 1361 1471 ?|year 1361 435471 ?|year 1361 471 ?|year 1361 6471 ?",
    ),
    (Described(("Abdula Khan",)), "name 137 25|near 137 25|near 25 13|one 137 ?|one 25 ?|voiced aptula kan|year 137 25 ?"),
    (Described(("Gurpreet Singh",)), "name 26163 45|one 26163 ?|one 45 ?|voiced kurprit|voiced kurprit sin|year 26163 45 ?"),
    (
        Described(("Nguyen Thi Mai",)),
        "name 35 5|name 5 5|name 5 53|near 5 5|one 3 ?|one 5 ?|voiced mai nuin|"
        "voiced mai nuinti|voiced nuin timai|year 35 5 ?|year 5 5 ?|year 5 53 ?",
    ),
    (Described(("Ana",), born="2009"), "one 5 502"),
    (Described(born="2009-01-01"), ""),
    (Described(born="2009-12-12", phones=("07700 900123",)), "day 2009-12-12|phone 700900123"),
    (Described(addresses=("14 Low Road, Lincoln",)), "house 14 low road lincoln"),
    (Described(("unknown",), age_min=3), ""),
]


@each(("one", "filed"), FILED)
def test_under_what_somebody_is_filed(one, filed):
    assert "|".join(sorted(told(marks_of(one)))) == filed


SOUGHT = [
    (ANA, "day 2009-09-04|voiced ana muri|year 5 56 501|year 5 56 502|year 5 56 ?|day 2009-04-09"),
    (Described(("Ana Moore",)), "voiced ana muri|name 5 56"),
    (
        MAI,
        "voiced mai tran|voiced timai tran|voiced mai tranti|"
        "name 365 5|name 35 365|name 365 45|name 3653 5|name 3654 5|near 365 5",
    ),
    (ONE, "voiced tamilsilfi|one 357471 501|one 357471 502|one 357471 ?|one 35747 501|one 35747 502|one 35747 ?"),
    (
        Described(("이영희",)),
        "voiced li uni|voiced i uni|voiced ri uni|name 5 7|"
        "name 52 7|name 45 7|name 452 7|name 5 _|name 52 _|name 45 _|name 452 _|name 4 5|name 4 52|name 4 45|"
        "name 4 452|name 5 6|name 52 6|name 45 6|name 452 6|name 5 62|name 52 62|name 45 62|name 452 62",
    ),
    (Described(("Richie",)), "one 64 ?|one 62 ?|one 6 ?|one 6463 ?|one 6263 ?|one 63 ?"),
    (Described(born="2009-09-14"), "day 2009-09-14"),
    (Described(born="2009-01-01"), ""),
    (Described(born="2009-01-02"), "day 2009-01-02|day 2009-02-01"),
    (Described(phones=("+44 7700 900123",), addresses=("14 Low Road, Lincoln",)), "phone 700900123|house 14 low road lincoln"),
]


@each(("one", "sought"), SOUGHT)
def test_under_what_those_like_somebody_are_looked_for_what_few_share_first(one, sought):
    assert "|".join(told(sought_by(one))) == sought


def test_a_wide_age_is_none_and_a_narrow_one_two_years_wider():
    wide = Described(("Ana",), age_min=20, age_max=40, age_on=date(2026, 3, 2))
    assert told(marks_of(wide)) == told(sought_by(wide)) == ["one 5 ?"]
    as_wide_as_may_be = Described(("Ana",), age_min=10, age_max=25, age_on=date(2026, 3, 2))
    assert "one 5 ?" not in told(marks_of(as_wide_as_may_be))
    a_year_more = Described(("Ana",), age_min=10, age_max=26, age_on=date(2026, 3, 2))
    assert told(marks_of(a_year_more)) == ["one 5 ?"]
    assert told(sought_by(Described(("Ana",), born="2010"))) == ["one 5 502", "one 5 503", "one 5 ?"]
    assert told(sought_by(Described(("Ana",), born="2012"))) == ["one 5 502", "one 5 503", "one 5 ?"]


def test_the_marks_of_one_description_are_bounded():
    first, last = ("Yorick", "Xhevahir"), ("Li", "Qian", "Ryu")
    many = tuple(f"{one} Ferenc {other} Kovalenko Ruiz Xavier" for one in first for other in last)
    phones = tuple(f"07700 9001{number:02}" for number in range(20))
    one = Described(many, born="2009-09-04", phones=phones)
    assert len(marks_of(one)) == MOST_MARKS == 80
    numbers = {Mark("phone", f"7009001{number:02}") for number in range(20)}
    assert {mark for mark in marks_of(one) if mark.kind == "phone"} == numbers
    assert len(sought_by(one)) == MOST_SOUGHT == 80
    assert [mark.kind for mark in sought_by(one)][:21] == ["phone"] * 20 + ["day"]


def test_of_many_readings_the_likeliest_are_looked_for():
    voiced = [mark.value for mark in sought_by(Described(("许伟",))) if mark.kind == "voiced"]
    assert voiced == ["fi su", "fai su", "fi ui", "fai ui"]
    near = [mark.value for mark in sought_by(Described(("Richie Carter",))) if mark.kind == "near"]
    begun = [f"{whole} {first}" for whole in ("2636", "4636") for first in ("64", "62", "6")]
    assert near == ["64 26", "64 46", "62 26", "62 46", *begun]


def test_what_few_share_tells_most():
    kinds = ("phone", "house", "day", "voiced", "year", "name", "near")
    tells = {kind: Mark(kind, "x").weight for kind in kinds}
    assert list(tells.values()) == sorted(tells.values(), reverse=True)
    assert tells["near"] == Mark("one", "x").weight == 1
    assert tells["name"] == 2
    assert tells["year"] == tells["name"] + tells["near"]
    assert tells["day"] == tells["house"] == tells["voiced"] == 2 * tells["year"]
    assert tells["phone"] == tells["day"] + tells["year"]

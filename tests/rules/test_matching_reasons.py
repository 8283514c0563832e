"""Which reasons two descriptions have, which of them are enough, and in which order matches stand: each rule by itself."""

from datetime import date

from lodestar.intelligence.identities.rules.match_reasons import Code, Described, is_match, match_reasons, rank
from lodestar.platform.names.contact_normalisation import born, changed_over, is_first_of_year
from tests.offenders import each

MET = date(2026, 3, 2)


def reasons(text: str) -> tuple[Code, ...]:
    return tuple(Code(word) for word in text.split())


def codes(one: Described, other: Described) -> str:
    assert match_reasons(one, other) == match_reasons(other, one)
    return " ".join(match_reasons(one, other))


ENOUGH = [
    ("", False),
    ("name_same", True),
    ("name_alike", True),
    ("name_alike name_other_script name_swapped", True),
    ("name_same born_differs", False),
    ("name_same born_fits", True),
    ("name_same born_differs phone_same", True),
    ("name_same born_differs address_same", True),
    ("name_same born_day_other_year born_differs", True),
    ("phone_same", True),
    ("phone_same born_differs", False),
    ("phone_same born_differs name_only", True),
    ("phone_same born_differs name_part", True),
    ("phone_same name_part", True),
    ("phone_same born_fits", True),
    ("address_same", False),
    ("address_same name_part", True),
    ("address_same name_only", True),
    ("address_same born_fits", True),
    ("address_same born_same_day", True),
    ("address_same born_fits", True),
    ("address_same born_day_other_year", False),
    ("address_same name_part born_differs", False),
    ("name_only", False),
    ("name_part", False),
    ("name_only born_same_day", True),
    ("name_part born_same_day", True),
    ("name_part born_changed_over", True),
    ("name_only born_fits", True),
    ("name_only born_fits", True),
    ("name_only born_fits", True),
    ("name_part born_fits", False),
    ("name_part born_fits", False),
    ("born_same_day", False),
    ("name_only born_day_other_year", False),
]


@each(("told", "is_enough"), ENOUGH)
def test_which_reasons_are_enough(told, is_enough):
    assert is_match(reasons(told)) is is_enough


BETTER_FIRST = [
    ("phone_same", "name_same born_same_day address_same"),
    ("name_alike", "name_part born_same_day address_same"),
    ("name_same", "name_only born_same_day"),
    ("name_alike born_same_day", "name_same born_fits address_same"),
    ("name_alike born_changed_over", "name_same born_fits"),
    ("name_alike born_fits", "name_same address_same"),
    ("name_alike born_fits", "name_same"),
    ("name_same", "name_alike address_same"),
    ("name_same address_same name_shorter", "name_same name_swapped"),
    ("name_alike", "name_alike name_shorter"),
    ("name_alike name_other_script", "name_alike"),
    ("name_alike born_fits name_swapped name_initial", "name_alike born_fits name_swapped"),
]


@each(("better", "worse"), BETTER_FIRST)
def test_what_few_share_comes_first(better, worse):
    assert rank(reasons(better)) < rank(reasons(worse))


NAMES = [
    ("Ana Moore", "Ana Moore", "name_same"),
    ("Ana Moore", "Moore, Ana", "name_same name_swapped"),
    ("Ana Moore", "Anna Moore", "name_alike"),
    ("Ana Maria Moore", "Ana Moore", "name_alike name_shorter"),
    ("Ana Moore", "Ana Maria Moore", "name_alike name_shorter"),
    ("Анна Мельниченко", "Anna Melnychenko", "name_alike name_other_script"),
    ("Sasha Petrov", "Aleksandr Petrov", "name_alike name_short_form"),
    ("Ana M. Petrova", "Ana Maria Petrova", "name_alike name_initial"),
    ("Ana", "Anna", "name_only"),
    ("Ana", "Ana Moore", "name_part"),
    ("Ana Moore", "Ana Pop", "name_part"),
    ("A. Moore", "Ana Pop", ""),
    ("Ana Moore", "Petra Vlk", ""),
    ("", "Ana Moore", ""),
    ("Nguyen Thi Hoa", "Nguyen Thi Lan", "name_part"),
]


@each(("one", "other", "told"), NAMES)
def test_what_two_names_have_in_common(one, other, told):
    assert codes(Described((one,)), Described((other,))) == told


BIRTHS = [
    ("1999-05-04", "1999-05-04", "born_same_day"),
    ("1999-01-01", "1999-01-01", "born_fits"),
    ("1999-05-04", "1999-04-05", "born_changed_over"),
    ("1999-05-05", "1999-05-05", "born_same_day"),
    ("1999-05-04", "1999-05-14", "born_fits"),
    ("1999-05-04", "1999-06-14", "born_fits"),
    ("1999-05-14", "1998-05-14", "born_day_other_year"),
    ("1999-05-14", "1996-05-14", "born_day_other_year"),
    ("1999-05-14", "1995-05-14", "born_day_other_year born_differs"),
    ("1999-01-01", "1998-01-01", "born_fits"),
    ("1999-01-01", "1990-01-01", "born_differs"),
    ("1999-05-14", "1996-06-14", "born_fits"),
    ("1999-05-14", "1995-06-14", "born_differs"),
    ("1999-05", "1999-05-14", "born_fits"),
    ("1999-05", "1999-05", "born_fits"),
    ("1999-05", "1999-06-14", "born_fits"),
    ("1999-05", "1999-06", "born_fits"),
    ("1999", "1999-06-14", "born_fits"),
    ("1999", "1999-06", "born_fits"),
    ("1999", "1999", "born_fits"),
    ("1999", "1996", "born_fits"),
    ("1999", "2002-06", "born_fits"),
    ("1999", "1995", "born_differs"),
    ("1999-05", "2003-05", "born_differs"),
    ("", "1999", ""),
]


@each(("one", "other", "told"), BIRTHS)
def test_what_two_days_of_birth_have_in_common(one, other, told):
    assert codes(Described(born=one), Described(born=other)) == told


@each(
    ("low", "high", "on", "first", "last"),
    [
        (16, 17, MET, 2008, 2010),
        (17, 17, MET, 2008, 2009),
        (None, 17, MET, 2008, 2009),
        (17, None, MET, 2008, 2009),
        (20, 30, date(2026, 7, 1), 1995, 2006),
        (0, 0, MET, 2025, 2026),
    ],
)
def test_an_age_on_a_day_says_in_which_years_somebody_was_born(low, high, on, first, last):
    told = born("", low, high, on)
    assert (told.first, told.last, told.text, told.is_day) == (first, last, "", False)


def test_nothing_is_known_of_an_age_without_its_day_nor_of_no_day():
    assert born("", 16, 17, None) is None
    assert born("", None, None, MET) is None
    assert born("0000-00-00", None, None, MET) is None
    assert born("0000", 17, 17, MET).last == 2009
    assert (born("2009-09", None, None, None).first, born("2009-09", None, None, None).last) == (2009, 2009)


def test_day_and_month_change_over_where_both_may_be_either():
    assert changed_over("2009-04-09") == "2009-09-04"
    assert changed_over("2009-09-13") == ""
    assert changed_over("2009-12-12") == ""
    assert changed_over("2009-01-12") == "2009-12-01"
    assert is_first_of_year("2009-01-01")
    assert not is_first_of_year("2009-10-01")


def test_ages_in_years_are_laid_beside_days():
    aged = Described(age_min=16, age_max=17, age_on=MET)
    assert codes(aged, Described(born="2012-06-01")) == "born_fits"
    assert codes(aged, Described(born="2014-06-01")) == "born_differs"
    assert codes(aged, Described(born="2005")) == "born_fits"
    assert codes(aged, Described(born="2004")) == "born_differs"


def test_one_of_several_names_telephones_or_addresses_is_enough():
    one = Described(("Ana Moore", "Petra Vlk"), phones=("07700 900123", "07700 900456"), addresses=("14 Low Road, Lincoln",))
    houses = ("2 Mill Lane, Lincoln", "14 Low Rd Lincoln")
    other = Described(("Petra Vlk aka Petka",), phones=("+44 7700 900456",), addresses=houses)
    assert codes(one, other) == "name_same phone_same address_same"


@each(("on", "first"), [(date(2025, 12, 29), 2014), (date(2025, 12, 31), 2015), (date(2026, 1, 2), 2015)])
def test_somebody_of_ten_may_be_eleven_tomorrow(on, first):
    """The first year is that of whoever has their next birthday on the day after."""
    assert born("", 10, 10, on).first == first

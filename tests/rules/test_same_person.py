"""When an earlier record and another are looked at as one human: surely, perhaps, or not."""

import pytest

from lodestar.intelligence.earlier_records.rules.earlier import MAY_BE, NOT, SURE, NameAndBirth, births_sought, how_alike

DAY = "2009-09-04"


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (("Ana Łukić", DAY), ("ANA LUKIC", DAY), SURE),
        (("Nguyễn Thị Hồng", DAY), ("Hong Nguyen Thi", DAY), SURE),
        (("王小明", DAY), ("Wang Xiaoming", DAY), MAY_BE),
        (("Жанна Цой", DAY), ("Zhanna Tsoi", DAY), MAY_BE),
        (("Ruben Castellane", DAY), ("CASTELLANE, Ruben", DAY), SURE),
        (("Person a", DAY), ("A Person", DAY), SURE),  # whatever names are made of
        (("Person a", DAY), ("Person b", DAY), NOT),
        (("Ana Maria Lukić", DAY), ("Ana Lukić", DAY), MAY_BE),
        (("Ruben Castellane", DAY), ("Ruben Castellane", "2009-04-09"), MAY_BE),  # day and month the other way round
        (("Ruben Castellane", "2009-01-01"), ("Ruben Castellane", "2009-01-01"), MAY_BE),  # only the year may be known
        (("Ana Lukić", DAY), ("Ivan Lukić", DAY), NOT),  # a brother or twin
        (("Ruben Castellane", DAY), ("Ruben Castellane", "2009-09-05"), NOT),
        (("Ruben Castellane", DAY), ("Ruben Castellane", "2009"), NOT),
        (("Ruben Castellane", DAY), ("", DAY), NOT),
        (("Unknown", DAY), ("Unknown", DAY), NOT),
        (("Jane Dow", DAY), ("Jane Doe", DAY), NOT),  # who says that no name is known is like nobody
    ],
)
def test_two_records_are_of_one_person(one, other, how):
    assert how_alike(NameAndBirth(*one), NameAndBirth(*other)) == how_alike(NameAndBirth(*other), NameAndBirth(*one)) == how


def test_somebody_is_looked_for_by_both_ways_of_writing_a_day():
    assert births_sought("2009-09-04") == ("2009-09-04", "2009-04-09")
    assert births_sought("2009-09-24") == ("2009-09-24",)
    assert births_sought("2009") == births_sought("") == ()

"""Which houses an address tells, and where one stands in a text: each in one spelling, with every house of a range."""

import pytest

from lodestar.kernel.spelling import words
from lodestar.referrals.rules.houses import house_places, houses_in, parted


def stands(house, text):
    return [text[start:end] for start, end in house_places(house, text, parted(text, words(text)))]


@pytest.mark.parametrize(
    ("address", "houses"),
    [
        ("12 Mill Lane", ["12 milllane"]),
        ("12 Butts", ["12 butt"]),
        ("12 Quays", ["12 quay"]),
        ("12 Quay Old", ["12 quayold"]),
        ("12 Mill Lane, 14 Quays", ["12 milllane"]),
        ("12 A Mill Lane", ["12a milllane"]),
        ("12 A Lane", ["12a alane"]),
        ("12 Lane", []),
        ("Lane 12", []),
        ("12 on at Mill Lane", ["12 milllane"]),
        ("12 in the Mill Lane", ["12 milllane", "12 themilllane"]),
        ("12 the Mill Lane", ["12 milllane", "12 themilllane"]),
        ("Mill Lane no 12", ["12 milllane"]),
        ("Mill Lane house no 12", ["12 milllane"]),
        ("Upper Old Mill Lane 12", ["12 upperoldmilllane", "12 milllane"]),
        ("flat 3, 12 Mill Lane", ["12 milllane"]),
        ("12-12 Mill Lane", ["12 milllane"]),
        ("12-15 Mill Lane", ["15 milllane", "12 milllane", "13 milllane", "14 milllane"]),
        ("12-16 Mill Lane", ["16 milllane", "12 milllane", "14 milllane"]),
        ("12-32 Mill Lane", [f"{number} milllane" for number in (32, *range(12, 32, 2))]),
        ("12-33 Mill Lane", ["33 milllane", "12 milllane"]),
        ("12 One Two Three Four Five Lane", ["12 onetwothreefourfivelane"]),
        ("5 Hill Row 12 One Two Three Four Five Six Lane", ["5 hillrow"]),
        ("14 12 Lane, 5 Hill Row", ["5 hillrow"]),
        ("5 Hill Row, 12 A Lane", ["5 hillrow", "12a alane"]),
        ("12 Upper Mill Lane", ["12 uppermilllane"]),
        ("12 the Lane", ["12 thelane"]),
        ("12 the Mill Lane Lincoln", ["12 milllane", "12 themilllane"]),
        ("7 Mill Lane 12", ["7 milllane"]),
        ("Home 12-14 Mill Lane", ["14 milllane", "12 milllane"]),
        ("No1 A Mill Lane", ["1a milllane"]),
        ("12 Hops Lane", ["12 hoplane"]),
        ("12 Bus Lane", ["12 buslane"]),
        ("12 Market Rd", ["12 marketroad"]),
        ("12 Market Hse", ["12 market", "12 markethouse"]),
        ("Lincoln 12 Broadway", ["12 broadway"]),
        ("Flat 3, 12 Broadway", ["12 broadway"]),
        ("Flat no 3 Butts", ["3 butt"]),
        ("7 Old Mill Lane 12", ["7 oldmilllane"]),
        ("LN1 Old Mill Lane 12", ["12 oldmilllane", "12 milllane"]),
        ("Room 12", []),
        ("Flat 5 Boston", []),
        ("12 Butts Oldest", ["12 butt", "12 buttoldest"]),
        ("12 the Butts Oldest", ["12 thebutt", "12 thebuttoldest", "12 butt", "12 buttoldest"]),
        ("12 Aa bb cc dd ee", ["12 aabb", "12 aabbcc", "12 aabbccdd"]),
        ("Room", []),
        ("12-34 Mill Lane", ["34 milllane", "12 milllane"]),
        ("Room 5 Boston PE21", []),
        ("5 Boston PE21", ["5 boston", "5 bostonpe21"]),
        ("Flat 3 The Old Mill", ["3 theold", "3 theoldmill", "3 oldmill"]),
    ],
)
def test_each_house_of_an_address(address, houses):
    assert list(houses_in(address)) == houses


@pytest.mark.parametrize(
    ("house", "text", "found"),
    [
        ("12 milllane", "Mill Lane 12 now", ["Mill Lane 12"]),
        ("12 milllane", "Mill Lane 12 A now", ["Mill Lane 12 A"]),
        ("12 milllane", "Mill Lane 12 A", ["Mill Lane 12 A"]),
        ("12 milllane", "Mill Lane flat 3 12", ["Mill Lane flat 3 12"]),
        ("12 milllane", "Mill Lane and 12", ["Mill Lane and 12"]),
        ("12 milllane", "Mill Lane 14 and 12", ["Mill Lane 14 and 12"]),
        ("12 milllane", "Mill Lane 12 a people", []),
        ("12 milllane", "12, no. Mill Lane", ["12, no. Mill Lane"]),
        ("12 milllane", "12, no. in Mill Lane", ["12, no. in Mill Lane"]),
        ("12 milllane", "12, in. the Mill Lane", []),
        ("12 milllane", "12, no. in the Mill Lane", ["12, no. in the Mill Lane"]),
        ("12 milllane", "12 13 14 15 16 17 18 19 20 Mill Lane", ["12 13 14 15 16 17 18 19 20 Mill Lane"]),
        ("12 milllane", "12 13 14 15 16 17 18 19 20 21 Mill Lane", []),
        ("12 milllane", "Mill Lane 1 2 3 4 12", ["Mill Lane 1 2 3 4 12"]),
        ("12 milllane", "Mill Lane 1 2 3 4 5 12", []),
        ("12 milllane", "Mill Lane number flat 12", ["Mill Lane number flat 12"]),
        ("12 milllane", "Mill Lane or 12", ["Mill Lane or 12"]),
        ("12 highst", "High Street 10.12 in", []),
        ("12 milllane", "Mob12 Mill Lane", ["12 Mill Lane"]),
        ("12a milllane", "12Mill Lane", ["12Mill Lane"]),
        ("12 highst", "at 10:12 High Street", []),
        ("12 broadway", "10.12 Broadway in Lincoln", ["12 Broadway"]),
        ("12 broadway", "Broadway 12", ["Broadway 12"]),
        ("7 oakavenue", "At Oak Avenue 7 workers slept on the floor", []),
        ("7 oakavenue", "AT OAK AVENUE 7 WORKERS SLEPT", []),
        ("7 oakavenue", "In Oak Avenue 7 mattresses", []),
        ("7 oakavenue", "In Oak Avenue 7 Romanian men", []),
        ("7 oakavenue", "In Oak Avenue, 7 Romanians", []),
        ("7 oakavenue", "In Oak Avenue 7 young Vietnamese", []),
        ("7 oakavenue", "In Oak Avenue 7 dirty old sofas", []),
        ("7 oakavenue", "In Oak Avenue 7 dirty old torn sofas", ["Oak Avenue 7"]),
        ("7 oakavenue", "In Oak Avenue 7 dirty old small sofas", ["Oak Avenue 7"]),
        ("7 oakavenue", "In Oak Avenue 7 dirty room", ["Oak Avenue 7"]),
        ("7 oakavenue", "In Oak Avenue 7 dirty", ["Oak Avenue 7"]),
        ("7 oakavenue", "Oak Avenue 7 is cold. Oak Avenue 7 belongs to him", ["Oak Avenue 7", "Oak Avenue 7"]),
        ("7 oakavenue", "Oak Avenue 7 Lewes. Oak Avenue 7 upstairs", ["Oak Avenue 7", "Oak Avenue 7"]),
        ("7 oakavenue", "Oak Avenue 7. Others came", ["Oak Avenue 7"]),
        ("7 oakavenue", "Oak Avenue 7, workers came", ["Oak Avenue 7"]),
        ("7 oakavenue", "Oak Avenue 7\nWorkers came", ["Oak Avenue 7"]),
        ("7 oakavenue", "Oak Avenue 7 across a bus stop", ["Oak Avenue 7"]),
        ("7 oakavenue", "Oak Avenue 7 was hers", ["Oak Avenue 7"]),
        ("12 milllane", "She said Mill Lane 12 lives her aunt", ["Mill Lane 12"]),
        ("12 milllane", "Mill Lane 12 backs onto the car wash", ["Mill Lane 12"]),
        ("12 milllane", "Mill Lane 12 opens onto a yard", ["Mill Lane 12"]),
        ("12 milllane", "Mill Lane 12 sits next to it", ["Mill Lane 12"]),
        ("12 milllane", "Mill Lane 12 houses four women", ["Mill Lane 12"]),
        ("12 milllane", "Mill Lane 12 keeps coming up", ["Mill Lane 12"]),
        ("12 milllane", "the keys to Mill Lane 12 remains with him", ["Mill Lane 12"]),
        ("12 milllane", "in Mill Lane 12 Polish landlord", ["Mill Lane 12"]),
        ("12 milllane", "in Mill Lane 12 Vietnamese landlord", ["Mill Lane 12"]),
        ("12 milllane", "in Mill Lane 12 Vietnamese. He left", []),
        ("12 milllane", "in Mill Lane 12 young Polish sofas", []),
        ("12 highst", "at flat 10:12 High Street", ["12 High Street"]),
        ("10 churchst", "on 2026-03-10 Church Street was shut", []),
        ("10 churchst", "on 2026/03/10 Church Street was shut", []),
        ("10 churchst", "it cost £ 123,456,789.10 Church Street", []),
        ("10 churchst", "No 10 Church Street", ["10 Church Street"]),
        ("12 highst", "10.12 High Street", ["12 High Street"]),
        ("12 highst", "10.12 in High Street", []),
    ],
)
def test_where_a_house_stands(house, text, found):
    assert stands(house, text) == found


def test_figures_stand_apart_from_the_letters_that_were_typed_onto_them():
    text = "12Mill Mob07700"
    assert [text[word.start : word.end] for word in parted(text, words(text))] == ["12", "Mill", "Mob", "07700"]

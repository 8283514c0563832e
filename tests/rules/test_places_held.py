"""Where somebody is does not stand in a text that leaves, however the address was typed or came in."""

import pytest

from lodestar.cases.rules.matching.reach import addresses
from lodestar.cases.rules.reported import NOT_CHECKED, as_reported, line, to_compare, told_in
from lodestar.referrals.rules.naming import occurrences
from lodestar.referrals.rules.places_held import of_an_address
from lodestar.referrals.rules.withheld import LEFT_OUT, cut

IMPORTED = as_reported([line("Address", "12 Mill Lane, Lincoln, LN1 1AA"), line("Phone", "07700 900123")])


def without(text, address, contact=""):
    return cut(text, occurrences(text, of_an_address(address, contact)))


@pytest.mark.parametrize(
    "address",
    [
        IMPORTED,
        as_reported([line("Home address", "12 Mill Lane\r\nLincoln\r\nLN1 1AA"), line("Mobile", "07700 900123")]),
        "12 Mill Lane\r\nLincoln\r\nLN1 1AA\r\n07700 900123",
        "12 Mill Lane, Lincoln LN11AA, 07700 900123",
        "12, Mill Lane; Lincoln; ln1 1aa; 07700.900.123",
        "Address: 12 Mill Lane Lincoln LN1 1AA 07700 900123",
        "Flat 3 12 Mill Ln Lincoln LN1 1AA tel 07700/900123",
        as_reported([line("Post code of home", "LN1 1AA"), line("Street", "Mill Lane"), line("House no", "12"),
                     line("Tel no", "07700900123")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "said", ["12 Mill Lane", "12 mill ln", "12, MILL LANE", "LN1 1AA", "ln11aa", "07700 900 123", "0044 7700 900123"]
)
def test_a_house_a_postcode_and_a_number_are_found_alone(address, said):
    assert without(f"She sleeps there: {said}. Nobody asked.", address) == f"She sleeps there: {LEFT_OUT}. Nobody asked."


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("12 The Butts, Lincoln", "12 the Butts"),
        ("12 Broadway Lincoln LN1 1AA", "12 Broadway"),
        ("7A St John's Street Lincoln", "7a St Johns St"),
        ("12-14 Mill Lane, Lincoln", "14 Mill Lane"),
        ("Room 4\nHaven House\n3 Mill Road", "3 Mill Rd"),
        ("c/o Grace, 120 Upper Mill Road, M1 1AE", "M1 1AE"),
        (as_reported([line("WhatsApp", "ana.p_2009")]), "ana.p_2009"),
        (as_reported([line("Refuge", "Haven House")]), "Haven House"),
        (as_reported([line("E-mail", "ana@example.org")]), "ana@example.org"),
        (as_reported([line("Home address", "3 Mill Road, M1 1AE"), line("Address of her mother", "5 Hill Row")]), "5 Hill Row"),
        ("١٢ Mill Lane", "12 Mill Lane"),
    ],
)
def test_other_ways_to_write_it(address, said):
    assert without(f"Seen at {said} then", address) == f"Seen at {LEFT_OUT} then"


def test_another_house_a_town_and_what_tells_nothing_stay():
    for text in ("13 Mill Lane", "112 Mill Lane", "Lincoln", "LN1 1AB", "in Mill Lane", "As it was reported", "Address", "Phone"):
        assert without(text, IMPORTED) == text
    nothing = as_reported([line("Mobile", "Unknown"), line("Address", "No fixed abode"), line("Contact", "none")])
    for text in ("The man is unknown.", "no fixed abode", "none of them"):
        assert without(text, nothing) == text


def test_a_part_within_the_whole_is_one_place_to_be_looked_at():
    text = "At 12 Mill Lane, Lincoln LN1 1AA now"
    assert [one.typed for one in occurrences(text, of_an_address("12 Mill Lane, Lincoln, LN1 1AA"))] == [text[3:-4]]


def test_of_a_way_to_contact_them_only_what_reaches_them_is_sought():
    told = "Text after six, 07700 900123, or hoa@example.org"
    assert without("Text after six to 07700 900123 or hoa@example.org", "", told) == f"Text after six to {LEFT_OUT} or {LEFT_OUT}"


def test_what_was_reported_is_kept_under_words_that_come_off_again():
    assert IMPORTED.splitlines() == [NOT_CHECKED, "Address: 12 Mill Lane, Lincoln, LN1 1AA", "Phone: 07700 900123"]
    assert told_in(IMPORTED) == ("12 Mill Lane, Lincoln, LN1 1AA", "07700 900123")
    assert told_in(f"{NOT_CHECKED}\n12 Mill Lane") == ("12 Mill Lane",)
    assert told_in("At 12 Mill Lane: the back") == ("At 12 Mill Lane: the back",)
    assert (told_in(" "), as_reported([])) == ((), "")
    assert line(" Tel: no\n", "07700 900123\n\n07700 900124") == "Tel no: 07700 900123, 07700 900124"


def test_two_people_are_compared_by_each_value_and_by_an_address_whose_postcode_stood_apart():
    lines = [line("Home address", "12 Mill Lane"), line("Mobile", "07700 900123"), line("Postcode of home", "LN1 1AA")]
    apart = as_reported(lines)
    assert to_compare(apart) == ("12 Mill Lane", "07700 900123", "LN1 1AA", "12 Mill Lane, LN1 1AA")
    assert addresses(to_compare(apart)[-1]) == addresses("12 Mill Lane, Lincoln, LN1 1AA") - {"12 mill lane lincoln"}
    two = as_reported([line("Address", "12 Mill Lane, LN1 1AA"), line("Address of her mother", "5 Hill Row, LN2 2BB")])
    assert to_compare(two) == ("12 Mill Lane, LN1 1AA", "5 Hill Row, LN2 2BB")

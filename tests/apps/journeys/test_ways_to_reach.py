"""Which columns are kept sealed as where somebody is or how to reach them, whatever a system calls them."""

import pytest

from lodestar.journeys.entries import column_of, names_of
from lodestar.journeys.row_read import COLUMNS
from lodestar.journeys.ways_to_reach import apart, may_tell, tells

KNOWN = frozenset(COLUMNS)


@pytest.mark.parametrize(
    "name",
    [
        "Mobile", "MOBILE NO.", "mobile_number2", "Telephone", "Tel no", "TelNo", "tel.", "telno", "home_tel",
        "hometel", "Phone 2", "Contact", "Contact number", "Contact details", "best contact", "Home address",
        "homeAddress", "HOME_ADDRESS", "Email", "E-mail", "e mail address", "WhatsApp", "Whats App", "Telegram",
        "Instagram handle", "Facebook", "Postcode of home", "Post code (home)", "home postcode", "Home",
        "Last known address", "Address at the time of the incident", "Address line 2", "House no", "Street", "Flat", "Residence",
        "Accommodation", "Lives at", "Whereabouts", "Current location", "Refuge", "Mother's telephone",
        "Caller's number and phone", "IMEI",
    ],
)  # fmt: skip
def test_a_name_that_says_how_to_reach_or_find_them(name):
    assert tells(name)


@pytest.mark.parametrize(
    "name",
    [
        "Shoe size", "Town", "Home Office reference", "Home force", "Incident address", "Address of offence", "Scene postcode",
        "Officer's mobile", "OIC phone", "Station tel", "Hotel", "Country of residence", "Phone seized", "Contact with family",
        "Accommodation type", "Email sent date", "Language", "Custody number", "Household", "Sex", "Warning markers", "Homeless",
        "Notes", "Remarks", "Automatic", "Celebrated", "Signals",
    ],
)  # fmt: skip
def test_a_name_that_tells_something_else(name):
    assert not tells(name)


def test_of_a_name_that_mostly_tells_something_else_what_stands_in_it_decides():
    for name, text in (("Phone seized", "07700 900123"), ("Address checked", "12 The Butts"), ("Contact with family", "a@b.org"),
                       ("Accommodation type", "room, LN1 1AA"), ("Lives with", "aunt, 3 Mill Rd")):  # fmt: skip
        assert tells(name, text), name
    for name, text in (("Phone seized", "yes"), ("Address from date", "12 March 2026"), ("Lives with", "an aunt"),
                       ("Scene address", "12 Mill Lane, LN1 1AA"), ("Remarks", "12 Mill Lane")):  # fmt: skip
        assert not tells(name, text), name
    assert may_tell("Phone seized")
    assert not may_tell("Scene address")


def test_every_cell_that_tells_it_is_kept_sealed():
    cells = [("postcode", "LN1 1AA"), ("Mobile", "1"), ("phone", "2"), ("name", "Ana"), ("phone", "3"), ("postcode", "LN2 2BB"),
             ("address", "4"), ("shoe size", "38")]  # fmt: skip
    assert apart(cells, KNOWN) == [6, 2, 4, 1, 5]


def test_the_postcode_of_a_home_is_not_that_of_the_incident():
    names, notes = names_of(["Name", "Postcode (home)", "Postcode", "Phone", "Phone (2)", "Place (of it)", "E-mail"], KNOWN)
    assert names == ["name", "Postcode (home)", "postcode", "phone", "phone", "place", "E-mail"]
    assert notes == ["columns that say where somebody is or how to reach them, kept sealed: Postcode (home), E-mail, each phone"]
    assert [column_of(name, KNOWN) for name in ("Place (victim)", "Place", "Postcode [CURRENT]")] == [
        "Place (victim)", "place", "Postcode [CURRENT]",
    ]  # fmt: skip

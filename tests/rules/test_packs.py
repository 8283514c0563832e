"""A crime record has the force's own order and labels, says what is not known, and cannot be asked for anything else."""

from datetime import date

import pytest

from lodestar.exchange.exports.rules.own_systems import (
    NOT_KNOWN,
    CannotOrder,
    Field,
    as_text,
    filled,
    ordered,
    read_order,
    shipped,
    written_order,
)

DAY = date(2026, 11, 26)
NEVER = ("safe", "support", "consent", "nrm", "referral", "marker", "flag", "suspected_of", "belief", "role", "offence")


def test_nothing_that_must_stay_is_among_the_fields():
    codes = [field.code for field in shipped(DAY)]
    assert codes[0] == "our_reference"
    assert len(codes) == len(set(codes))
    assert not [code for code in codes if any(word in code for word in NEVER)]


def test_a_force_has_its_own_order_and_labels_and_without_one_what_ships():
    own = [["born", "DOB"], ["name", "Surname"], ["safe_address", "Where they hide"]]
    assert ordered(own, DAY) == (Field("born", "DOB"), Field("name", "Surname"))
    assert ordered((), DAY) == shipped(DAY)


def test_what_is_not_known_says_so_and_never_no():
    lines = filled([Field("name", "Name"), Field("born", "Born"), Field("died", "Died")], {"name": "Ana", "born": "  "})
    assert [(line.value, line.is_known) for line in lines] == [("Ana", True), (NOT_KNOWN, False), (NOT_KNOWN, False)]


def test_a_value_of_several_lines_stands_below_its_label():
    assert as_text(["H"], [("Name", "Ana"), ("Said", "One.\nTwo.")]) == "H\n\nName: Ana\nSaid:\nOne.\nTwo.\n"


def test_an_order_is_read_as_it_is_written():
    typed = "born: DOB\n\n name :Surname: family\nage"
    found = read_order(typed, DAY)
    assert found == (Field("born", "DOB"), Field("name", "Surname: family"), Field("age", "Age at encounter"))
    assert read_order(written_order(found), DAY) == found
    assert read_order(written_order(shipped(DAY)), DAY) == shipped(DAY)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "at least one field"),
        ("name: A\nsafe_address: B", "Line 2: “safe_address” is not one of the fields"),
        ("name: A\nname: B", "Line 2: name is already there"),
        ("name: " + "x" * 81, "Line 1: the label is longer than 80"),
    ],
)
def test_an_order_that_cannot_be_read_is_refused_in_one_sentence(typed, says):
    with pytest.raises(CannotOrder, match=says):
        read_order(typed, DAY)

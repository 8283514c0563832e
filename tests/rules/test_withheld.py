"""What is left out of the texts of a notification without a name, and coarser words put in their place."""

from datetime import date
from itertools import product

import pytest

from lodestar.referrals.rules.coarser import coarser, instead, key
from lodestar.referrals.rules.form import form
from lodestar.referrals.rules.naming import Identifier, Occurrence, occurrences
from lodestar.referrals.rules.outgoing import by_name, outgoing
from lodestar.referrals.rules.pointing import Pointer, pointers
from lodestar.referrals.rules.withheld import LEFT_OUT, Place, places, withheld

VERSION = "2026-04"
FORM = form(VERSION)
DAY = date(2026, 11, 25)
TEXT, LIST = "how-they-were-treated", "where-exploitation-happened-uk-city-1"
DECLINED = {"pv-under-age": "no", "pv-want-to-submit-nrm": "no"}
HOA = Identifier("name", "Hoa")
NUMBER = Identifier("telephone", "07700 900123")


def leaves(**told):
    return outgoing(FORM, {**DECLINED, **told}, day=DAY, may_be_named=False)


def text_of(going):
    return by_name(going)[TEXT].text


def test_every_place_is_left_out_until_it_may_stay():
    going = leaves(**{TEXT: "Hoa said Hoa was told to ring 07700900123."})
    found = places(going, [HOA, NUMBER])

    assert [place.found.typed for place in found] == ["Hoa", "Hoa", "07700900123"]
    assert text_of(withheld(going, found, ())) == f"{LEFT_OUT} said {LEFT_OUT} was told to ring {LEFT_OUT}."
    assert text_of(withheld(going, found, {found[1].mark})) == f"{LEFT_OUT} said Hoa was told to ring {LEFT_OUT}."
    assert withheld(going, found, {place.mark for place in found}) == going


def test_a_place_that_may_stay_is_another_when_the_text_is_another():
    before = places(leaves(**{TEXT: "Hoa said no."}), [HOA])
    after = places(leaves(**{TEXT: "Hoa said so."}), [HOA])

    assert before[0].mark != after[0].mark
    assert places(leaves(**{TEXT: "Hoa said no."}), [HOA]) == before


def test_places_that_overlap_are_left_out_whole():
    going = leaves(**{TEXT: "Ref FM-26-3318, Hoa."})
    found = places(going, [Identifier("reference", "FM-26-3318"), Identifier("reference", "26-3318"), HOA])

    assert text_of(withheld(going, found, ())) == f"Ref {LEFT_OUT}, {LEFT_OUT}."


def test_a_name_that_is_a_word_is_left_out_where_a_sentence_begins_until_it_may_stay():
    going = leaves(**{TEXT: "An ran away. An old man saw it."})
    found = places(going, [Identifier("name", "An (surname unknown)")])

    assert text_of(withheld(going, found, {found[1].mark})) == f"{LEFT_OUT} ran away. An old man saw it."


def test_what_is_picked_is_no_text():
    assert places(leaves(**{"where-exploitation-happened-uk-city-1": "Lincoln"}), [Identifier("name", "Lincoln")]) == ()


@pytest.mark.parametrize("parts", list(product(["Hoa ", "said ", "07700 900 123 ", "a house, "], repeat=3)))
def test_nothing_held_is_in_what_goes(parts):
    going = leaves(**{TEXT: "".join(parts)})
    out = withheld(going, places(going, [HOA, NUMBER]), ())

    assert occurrences(text_of(out), [HOA, NUMBER]) == ()


# --- coarser words ---------------------------------------------------------------------------------------------------------


def found(**texts):
    return pointers(texts, DAY, region="Lincolnshire")


def test_words_become_coarser_in_their_own_answer():
    text = "A nail bar in Lincoln, with other Vietnamese women, and her two sons."
    held = {TEXT: text, "family": "two sons"}
    chosen = found(**{TEXT: text})

    changed = coarser(VERSION, held, chosen)
    assert set(changed) == {TEXT}
    assert "nail bar" not in changed[TEXT]
    assert changed[TEXT].startswith("A beauty business in a town in Lincolnshire, with other ")
    assert coarser(VERSION, held, ()) == {}


def test_what_is_left_out_says_so():
    pointer = Pointer("family", TEXT, 4, 12, "two sons", "")

    assert coarser(VERSION, {TEXT: "Has two sons."}, [pointer])[TEXT] == f"Has {LEFT_OUT}."


def test_what_is_picked_from_a_list_becomes_what_the_list_has_for_it():
    town = Pointer("town", LIST, 0, 7, "Lincoln", "a town in Lincolnshire")
    nationality = Pointer("nationality", "pv-nationality", 0, 10, "Vietnamese", "a foreign national")
    told = {"where-exploitation-happened-uk-city": "Norwich\nLincoln", "pv-nationality": "Vietnamese"}

    changed = coarser(VERSION, told, [town, nationality])
    assert changed["where-exploitation-happened-uk-city"] == "Norwich\nUnknown"
    assert changed["pv-nationality"] == instead(VERSION, nationality)


@pytest.mark.parametrize("field", [TEXT, "living-conditions"])
def test_each_has_a_key_of_its_own(field):
    one = Pointer("family", field, 3, 11, "two sons", "")

    assert key(one) == key(Pointer("family", field, 3, 11, "two sons", "other"))
    assert len({key(one), key(Pointer("family", field, 4, 11, "two sons", "")), key(Pointer("family", "x", 3, 11, "a", ""))}) == 3


def test_a_text_that_has_changed_since_is_left_alone():
    assert coarser(VERSION, {TEXT: "Now another."}, [Pointer("family", TEXT, 3, 11, "two sons", "")]) == {}


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([(0, 3), (3, 6)], f"{LEFT_OUT}ghij"),
        ([(0, 5), (3, 8)], f"{LEFT_OUT}ij"),
        ([(0, 8), (2, 4), (9, 10)], f"{LEFT_OUT}i{LEFT_OUT}"),
        ([(4, 6), (0, 3)], f"{LEFT_OUT}d{LEFT_OUT}ghij"),
        ([(0, 1), (2, 9)], f"{LEFT_OUT}b{LEFT_OUT}j"),
    ],
)
def test_what_touches_or_overlaps_is_one_gap(spans, left):
    text = "abcdefghij"
    out = [Place(TEXT, 0, Occurrence(HOA, start, end, text[start:end]), f"{start}-{end}") for start, end in spans]
    assert text_of(withheld(leaves(**{TEXT: text}), out, ())) == left

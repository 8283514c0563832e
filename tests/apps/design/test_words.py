"""Small matters of wording."""

import pytest

from lodestar.design import words


@pytest.mark.parametrize(
    ("number", "dialled"), [("01632 960 118", "01632960118"), ("+44 1632 960118", "+441632960118"), ("999", "999")]
)
def test_a_number_is_dialled_without_its_spaces(number, dialled):
    assert words.dial(number) == dialled


def test_names_are_listed_as_they_are_said():
    assert words.listed([]) == ""
    assert words.listed(["Kieran"]) == "Kieran"
    assert words.listed(["Kieran", "Jaz"]) == "Kieran and Jaz"
    assert words.listed(["Kieran", "Jaz", "Mina"]) == "Kieran, Jaz and Mina"


def test_a_count_is_exact_to_a_thousand():
    assert words.count(1000) == "1,000"
    assert words.count(1001) == "over 1,000"


@pytest.mark.parametrize(
    ("text", "made"), [("F. Quist, 07:11", "f-quist-07-11"), ("Що належить", "що-належить"), ("…", "part")]
)
def test_an_identifier_is_made_of_any_title(text, made):
    assert words.slug(text) == made


def test_small_numbers_begin_a_sentence_in_words():
    assert [words.in_words(n) for n in (1, 9, 10)] == ["One", "Nine", "10"]


def test_quotation_marks_and_apostrophes_are_those_of_print():
    assert words.curly("'safeguarding' alone, not 'noted'") == "‘safeguarding’ alone, not ‘noted’"
    assert words.curly("the person's (or 'the other's') own") == "the person’s (or ‘the other’s’) own"


def test_long_words_are_cut_on_one_line():
    assert words.shortened("Quay  car\nwash", 20) == "Quay car wash"
    assert words.shortened("Quay car wash, Marlsea", 10) == "Quay car…"

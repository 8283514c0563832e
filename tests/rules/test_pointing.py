"""What points to one person though no name is there is shown with coarser words; what does not is left alone."""

from datetime import date

import pytest

from lodestar.referrals.rules.pointing import pointers

DAY = date(2026, 11, 25)


def _found(*texts, region="the east of England"):
    told = {f"field-{number}": text for number, text in enumerate(texts)}
    return [(one.kind, one.typed, one.coarser) for one in pointers(told, DAY, region=region)]


def test_a_nationality_with_a_town_and_a_trade_is_shown_with_coarser_words():
    assert _found("A Vietnamese woman, seen in a nail bar in Lowestoft.") == [
        ("nationality", "Vietnamese", "A foreign"),
        ("trade", "nail bar", "a beauty business"),
        ("town", "Lowestoft", "a town in the east of England"),
    ]


def test_it_counts_across_the_fields_that_go_in_their_order():
    assert _found("Vietnamese", "a nail bar", "LOWESTOFT") == [
        ("nationality", "Vietnamese", "A foreign national"),
        ("trade", "nail bar", "a beauty business"),
        ("town", "LOWESTOFT", "A town in the east of England"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A Vietnamese woman in a nail bar",
        "A Vietnamese woman in Lowestoft",
        "A woman in a nail bar in Lowestoft",
        "",
        "Unknown",
        "Unknown, at a farm in Unknown; Albanian",
        "Children’s services and children's homes",
    ],
)
def test_two_of_the_three_are_not_enough(text):
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("She has two sons.", "sons"),
        ("Her EX-HUSBAND rang", "EX-HUSBAND"),
        ("She is pregnant", "pregnant"),
        ("her fiancé", "fiancé"),
        ("she gave birth in May", "gave birth"),
        ("her husband's car", "husband"),
    ],
)
def test_any_fact_of_a_family_is_shown_to_be_left_out(text, typed):
    assert _found(text) == [("family", typed, "")]


def test_a_fact_of_a_family_shows_no_more_than_itself_where_the_rest_is_not_together():
    assert _found("A Vietnamese woman with two sons") == [("family", "sons", "")]


def test_the_longest_words_count_and_words_within_others_do_not():
    assert _found("An Albanian at a hand car wash in Bury St Edmunds; carried sonsie") == [
        ("nationality", "Albanian", "A foreign national"),
        ("trade", "hand car wash", "a vehicle business"),
        ("town", "Bury St Edmunds", "a town in the east of England"),
    ]


def test_a_town_is_found_by_either_of_its_names():
    found = _found("A Polish man on a farm near Y Fenni", region="south Wales")

    assert ("town", "Y Fenni", "a town in south Wales") in found


def test_each_says_where_it_stands():
    told = pointers({"one": "Two sons", "two": "x"}, DAY, region="Wales")

    assert [(one.field, one.start, one.end) for one in told] == [("one", 4, 8)]


def test_several_in_one_text_are_all_told():
    assert [typed for _, typed, _ in _found("son, daughter and wife")] == ["son", "daughter", "wife"]


def test_plurals_and_whose_something_is_are_found_too():
    found = _found("Two Albanians, Lincoln’s car washes, a Pole's")

    assert [typed for _, typed, _ in found] == ["Albanians", "Lincoln", "car washes"]

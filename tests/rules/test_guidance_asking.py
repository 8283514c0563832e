"""What of a question is asked: phrases, meanings, slips, ages; what may be kept of it; and what changed between versions."""

import pytest

from lodestar.guidance.rules.asking import MEANS, MISSPELT, Thesaurus, concepts, storable
from lodestar.guidance.rules.difference import GONE, NEW, SAME, changes
from lodestar.guidance.rules.index import stem

RG = (["rg", "reasonable grounds"], ["threshold"])
REASONABLE = (stem("reasonable"), stem("grounds"))


def ways(question, *rows, mend=lambda _: {}):
    """Of each concept of a question what shows it, by a thesaurus of (what is written, what it means)."""
    thesaurus = Thesaurus.of([(says, means, False) for says, means in rows])
    return [one.shown_by for one in concepts(question, thesaurus, mend)]


def test_a_meaning_is_never_the_word_itself_nor_nothing():
    assert Thesaurus.of([(["nick"], ["nick", "arrest", "of the"], False)]).means == {("nick",): {("arrest",): MEANS}}
    both = Thesaurus.of([(["threshold"], ["rg"], True)])
    assert set(both.means) == {("threshold",), ("rg",)}


def test_the_longest_phrase_of_the_thesaurus_is_one_concept():
    found, hostel = ways("reasonable grounds in a hostel", RG)
    assert found == {REASONABLE: 1.0, ("threshold",): MEANS}
    assert hostel == {("hostel",): 1.0}
    assert ways("nail bar", (["nail bar"], ["salon"])) == [{("nail", "bar"): 1.0, ("salon",): MEANS}]


def test_the_one_word_that_is_left_of_a_phrase_counts_no_more_than_what_the_phrase_means():
    assert ways("how old is he", (["how old"], ["age"])) == [{("old",): MEANS, ("age",): MEANS}]
    assert ways("an old man", (["how old"], ["age"]))[0] == {("old",): 1.0}


def test_what_is_written_with_a_hyphen_is_found_apart_and_as_one():
    shown_by = {
        "self-harm": [("self", "harm"), ("selfharm",)],  # a paper writes it in one way or the other
        "re-trafficking": [("retraffick",)],  # "trafficking" alone would say something else
        "move-on": [("moveon",)],
    }
    assert {means: list(ways("cut", (["cut"], [means]))[0])[1:] for means in shown_by} == shown_by


def test_what_a_word_was_meant_to_be_brings_what_that_means():
    (found,) = ways("nikc", (["nick"], ["arrest"]), mend=lambda _: {"nick": 0.9})
    assert found == {
        ("nikc",): 1.0,
        ("nick",): pytest.approx(MISSPELT * 0.9),
        ("arrest",): pytest.approx(MISSPELT * MEANS * 0.9),
    }


def test_eighty_words_of_a_question_are_read_and_each_once():
    assert len(ways(" ".join(f"w{number}" for number in range(90)))) == 80
    assert len(ways("kidney kidney")) == 1


def test_words_with_which_people_only_tell_are_chatter():
    yesterday, passport = concepts("yesterday passport", Thesaurus(), lambda _: {})
    assert (yesterday.is_chatter, passport.is_chatter) == (True, False)


def test_a_number_that_is_an_age_under_18_asks_for_children():
    ages = {
        "they met one lad 16": True, "lad with phones 16": True, "lad with two phones 16": False, "16 phones with lad": True,
        "lad 8": True, "lad 7": False, "lad 17": True, "lad 18": False, "within 14 days": False,
    }  # fmt: skip
    assert {question: any(("child",) in one for one in ways(question)) for question in ages} == ages


def test_of_a_question_only_known_words_may_be_kept():
    thesaurus = Thesaurus.of([(["nick"], ["arrest"], False)])
    assert storable("nick Kestrel for wages", frozenset({"wages"}), thesaurus) == (["nick", "wages"], 1)


# --- what changed -----------------------------------------------------------------------------------------------------


def test_sentences_with_half_in_common_are_read_together():
    parts = {
        ("Ring the desk.", "Ring the duty desk."): ((SAME, "Ring the"), (NEW, "duty"), (SAME, "desk.")),
        ("Ring the duty desk.", "Ring the desk."): ((SAME, "Ring the"), (GONE, "duty"), (SAME, "desk.")),
        ("Ring desk.", "Ring sergeant."): ((SAME, "Ring"), (GONE, "desk."), (NEW, "sergeant.")),
        ("Ring the desk.", "Ring any sergeant today."): ((GONE, "Ring the desk."), (NEW, "Ring any sergeant today.")),
    }
    assert {(before, after): changes([before], [after])[0].parts for before, after in parts} == parts


def test_what_is_gone_from_the_end_stands_at_the_last_passage_there_is():
    assert [one.passage for one in changes(["Ring.", "Stay. Write."], ["Ring.", "Stay."])] == [1]
    assert [one.passage for one in changes(["Ring."], [])] == [0]

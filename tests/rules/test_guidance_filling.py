"""What a search is filled up with: weaker signs of the same matter, below all that answers."""

from uuid import UUID

import pytest

from lodestar.guidance.rules.asking import Concept
from lodestar.guidance.rules.filling import COMPANIONS, below, companions, most_telling, weaker_signs
from lodestar.guidance.rules.ranking import Library, Ranked

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_of_a_thing_with_several_words_each_is_a_weaker_sign():
    (sign,) = weaker_signs([Concept(("cg",), {("cg",): 1.0, ("conclus", "ground"): 0.6})], {})
    assert sign.shown_by == {("conclus",): 0.3, ("ground",): 0.3}


def test_what_was_asked_itself_is_no_weaker_sign():
    asked = [Concept(("cg",), {("ground",): 1.0, ("conclus", "ground"): 0.6})]
    assert weaker_signs(asked, {})[0].shown_by == {("conclus",): 0.3}
    assert weaker_signs([Concept(("kidney",), {("kidney",): 1.0})], {}) == []


def test_a_word_that_looks_like_one_that_was_typed_counts_by_how_like_it_is():
    (sign,) = weaker_signs([Concept(("kidney",), {("kidney",): 1.0}, 0.5)], {"kidney": {"kidneyless": 0.5}, "hut": {"hat": 1.0}})
    assert sign.shown_by == {("kidneyless",): pytest.approx(0.15)}
    assert sign.counts == 0.5


def test_the_words_of_the_best_answers_are_looked_for_those_of_their_titles_most():
    found = companions([("Kidneys", "A scar and a hostel and a scar")], [Concept(("scar",), {("scar",): 1.0})])
    told = {concept.words[0]: max(concept.shown_by.values()) for concept in found}
    assert set(told) == {"kidney", "hostel"}
    assert told["kidney"] > told["hostel"]


def test_only_words_that_other_documents_have_too_are_kept_and_those_that_tell_most():
    many = [Concept((f"w{n}",), {(f"w{n}",): 0.2}) for n in range(COMPANIONS + 2)]
    counts = {f"w{n}": 2 for n in range(1, COMPANIONS + 2)} | {"w0": 1}
    kept = most_telling(many, Library(1000, counts | {"w1": 900}, 10, counts))
    told = {concept.words[0] for concept in kept}
    assert len(told) == COMPANIONS
    assert "w0" not in told  # in one document alone
    assert "w1" not in told  # in nearly every passage


@pytest.mark.parametrize(("last", "best"), [(1.0, 0.9), (100.0, 2.0), (None, 2.0)])
def test_what_is_filled_up_with_stands_below_the_last_answer(last, best):
    found = below([Ranked(ONE, 1.0, 0.9), Ranked(OTHER, 4.0, 0.9)], {}, last)
    assert [one.version for one in found] == [OTHER, ONE]
    assert found[0].score == pytest.approx(best)
    assert {one.shows for one in found} == {0.0}


def test_of_two_that_are_as_near_the_one_of_the_same_topics_comes_first():
    found = below([Ranked(ONE, 1.0), Ranked(OTHER, 1.0)], {OTHER: 1.0}, None)
    assert [one.version for one in found] == [OTHER, ONE]


def test_nothing_fills_up_with_nothing():
    assert below([], {}, 1.0) == []

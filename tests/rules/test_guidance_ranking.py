"""The order of documents: rare words before common ones, much of the question before a little, in force before not."""

from uuid import UUID

import pytest

from lodestar.guidance.rules.asking import Concept
from lodestar.guidance.rules.index import TITLE, index, pack, unpack
from lodestar.guidance.rules.passages import Piece
from lodestar.guidance.rules.ranking import Library, Standing, _names, nearness, ranked, weights

ONE, OTHER = UUID(int=1), UUID(int=2)


def library(**texts):
    """Places and the library's counts of documents with one passage each."""
    places, counts = {}, {}
    for version, text in zip((ONE, OTHER), texts.values(), strict=True):
        posted, _ = index([Piece(1, "", text)], "", "x")
        for term, one in posted.items():
            places.setdefault(version, {})[term] = unpack(one.places)
            counts[term] = counts.get(term, 0) + one.spread
    return places, Library(10, counts)


def order(question, standing=None, **texts):
    places, counted = library(**texts)
    asked = [Concept((word,), {(word,): 1.0}) for word in question.split()]
    worth = weights(asked, counted)
    return [one.version for one in ranked(worth, [ONE, OTHER], places, standing or {})]


def test_what_is_packed_comes_out_as_it_was_to_a_hundredth():
    found = unpack(pack([(0, 1.0), (7, 2.1), (TITLE, 0.5)]))
    assert {number: round(weight, 1) for number, weight in found.items()} == {0: 1.0, 7: 2.1, TITLE: 0.5}


def test_more_of_the_question_comes_first():
    assert order("kidney scar", a="kidney pain", b="kidney scar") == [OTHER, ONE]


def test_an_abbreviation_and_what_it_is_short_for_are_one_thing():
    """The library has the abbreviation twice in passing, and the name where it is spoken of."""
    counted = Library(300, {"cg": 2, "conclus": 40, "ground": 60, "decis": 90})
    shown_by = {("cg",): 1.0, ("conclus", "ground"): 0.65, ("conclus", "ground", "decis"): 0.65, ("decis",): 0.65}
    (worth,) = weights([Concept(("cg",), shown_by)], counted)
    assert worth["conclus", "ground"] > 0.45 * worth[("cg",)]
    assert worth[("decis",)] < 0.4 * worth[("cg",)]
    (other,) = weights([Concept(("nick",), {("nick",): 1.0, ("conclus", "ground"): 0.65, ("decis",): 0.65})],
                       Library(300, {"nick": 2, "conclus": 40, "ground": 60, "decis": 90}))  # fmt: skip
    assert other["conclus", "ground"] < 0.3 * other[("nick",)]  # another word is no abbreviation of it


def test_what_has_nothing_of_it_is_not_found():
    assert order("kidney", a="kidney", b="hostel") == [ONE]


def test_what_is_in_force_comes_before_what_is_not():
    texts = {"a": "kidney scar", "b": "kidney scar"}
    assert order("kidney", {ONE: Standing(in_force=False)}, **texts) == [OTHER, ONE]
    assert order("kidney", {OTHER: Standing(is_for_first_responders=True)}, **texts) == [OTHER, ONE]
    assert order("kidney", {OTHER: Standing(is_of_force=True)}, **texts) == [OTHER, ONE]


def test_of_two_that_say_as_much_in_their_best_passage_the_shorter_comes_first():
    texts = {"a": "kidney scar", "b": "kidney scar"}
    assert order("kidney", {ONE: Standing(length=4.0), OTHER: Standing(length=0.5)}, **texts) == [OTHER, ONE]


def test_how_long_a_document_is_against_the_usual_one():
    assert Library(100, {}, documents=10).length(20) == 2.0
    assert Library(0, {}, documents=0).length(3) == 1.0


def test_what_stands_in_the_title_counts():
    posted, _ = index([Piece(1, "", "hostel")], "Kidney scars", "a.pdf")
    assert list(unpack(posted["kidney"].places)) == [TITLE]
    assert posted["kidney"].spread == 0


def test_two_terms_that_are_one_thing_must_stand_together():
    places, counted = library(a="reason ground", b="reason hostel")
    worth = weights([Concept(("rg",), {("rg",): 1.0, ("reason", "ground"): 0.7})], counted)
    assert [one.version for one in ranked(worth, [ONE, OTHER], places, {})] == [ONE]


def test_what_was_asked_together_counts_more_where_it_stands_together():
    worth = [{("kidney",): 1.0}, {("scar",): 1.0}]
    near, far = ["kidney", "scar"], ["kidney", *["hostel"] * 30, "scar"]
    assert nearness(worth, near) > nearness(worth, far) > 0
    assert nearness(worth, ["kidney"]) == 0


def test_a_meaning_counts_less_where_the_library_has_the_word_as_typed():
    concept = Concept(("kidney",), {("kidney",): 1.0, ("organ",): 0.5})
    with_it, without = (weights([concept], Library(10, counts))[0] for counts in ({"kidney": 2, "organ": 2}, {"organ": 2}))
    assert with_it[("organ",)] < without[("organ",)]


@pytest.mark.parametrize(
    ("typed", "name", "is_name"),
    [
        (("rg",), ("reason", "ground"), True),
        (("r",), ("reason", "ground"), False),
        (("abcdef",), ("a", "b", "c", "d", "e", "f"), True),
        (("abcdefg",), ("a", "b", "c", "d", "e", "f", "g"), False),
        (("rg", "x"), ("reason", "ground"), False),  # two words as typed
        (("rg",), ("rgb",), False),  # one word
        (("rg",), ("ground", "reason"), False),
    ],
)
def test_a_name_begins_with_the_letters_of_what_is_short_for_it(typed, name, is_name):
    concept = Concept(typed, {typed: 1.0, name: 0.65})
    assert _names(concept, {typed: 5.0, name: 3.0}) == ({name} if is_name else set())


def test_what_is_meant_beside_a_short_word_is_short_for_nothing():
    concept = Concept(("nick",), {("nick",): 1.0, ("rg",): 0.65, ("reason", "ground"): 0.65})
    assert _names(concept, {("nick",): 5.0, ("rg",): 4.0, ("reason", "ground"): 3.0}) == set()

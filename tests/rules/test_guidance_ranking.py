"""The order of documents, by hand: what a word weighs, how rare it is, and what a document is worth by both."""

from uuid import UUID

import pytest

from lodestar.knowledge.library.rules.passages import Piece
from lodestar.knowledge.search.rules.asking import Concept
from lodestar.knowledge.search.rules.index import TITLE, index, pack, unpack
from lodestar.knowledge.search.rules.ranking import MOST_OF_CHATTER, Library, RankingFactors, ranked, unknown_worth, weights

ONE, OTHER = UUID(int=1), UUID(int=2)
LIBRARY = Library(100, {"kidney": 10, "scar": 50, "hostel": 50}, documents=10)


def close(value):
    return pytest.approx(value, abs=1e-4)


def order(question, standing=None, **texts):
    places, counts = {}, {}
    for version, text in zip((ONE, OTHER), texts.values(), strict=True):
        for term, posted in index([Piece(1, "", text)], "", "x")[0].items():
            places.setdefault(version, {})[term] = unpack(posted.places)
            counts[term] = counts.get(term, 0) + posted.spread
    worth = weights([Concept((word,), {(word,): 1.0}) for word in question.split()], Library(10, counts))
    return [one.version for one in ranked(worth, [ONE, OTHER], places, standing or {})]


# --- the index: BM25 with k1 1.2 and b 0.6 over passages of some 60 terms, a word of the heading as 0.8 of one -----------------


def test_a_word_weighs_by_how_often_it_stands_in_the_passage_and_its_heading_and_how_long_that_is():
    posted, _ = index([Piece(1, "Kidney", "kidney kidney scar")], "", "x")
    # 2.8 times among 3 words: 2.8 * 2.2 / (2.8 + 1.2 * (0.4 + 0.6 * 3 / 60)), and once: 2.2 / (1 + 0.516).
    assert (posted["kidney"].best, posted["scar"].best) == (close(1.8577), close(1.4512))


def test_a_word_of_the_title_or_the_file_name_stands_in_no_passage():
    passages = [Piece(1, "", "kidney scar"), Piece(2, "", "kidney scar " + "hostel " * 30)]
    posted, spelt = index(passages, "Kidney rooms", "guide.on.organs.pdf")
    assert posted["kidney"].best == close(posted["scar"].best + 0.5)
    assert [posted[term].spread for term in ("kidney", "scar", "room", "organ")] == [2, 2, 0, 0]
    assert (spelt["kidney"], spelt["rooms"]) == (2, 0)
    assert list(unpack(posted["room"].places)) == [TITLE]


def test_references_and_provenance_are_not_searched():
    passages = [
        Piece(1, "", "Source: https://example.org/kidney\nRing the hostel.\n© Crown copyright 2020, scars"),
        Piece(2, "7. References", "Smith, J. On brothels. 2019."),
        Piece(3, "Referral", "Write down the wages."),
    ]
    posted, _ = index(passages, "", "x")
    assert {"hostel", "wage"} <= posted.keys()
    assert not {"kidney", "scar", "brothel"} & posted.keys()
    assert list(unpack(posted["wage"].places)) == [2]


def test_each_weight_that_is_packed_comes_out_again():
    assert unpack(pack([(number, number * 2.2 / 255) for number in range(256)])) == {
        number: pytest.approx(number * 2.2 / 255) for number in range(256)
    }
    assert unpack(pack([(3, 99.0)])) == {3: pytest.approx(2.2)}  # none is greater


# --- rarity ---------------------------------------------------------------------------------------------------------------


def test_how_rare_terms_are():
    rarity = {
        ("kidney",): 2.2637,  # ln(1 + 90.5 / 10.5)
        ("scar",): 0.6931,
        ("scar", "kidney"): 2.6033,  # 15 in 100 more for each further term
        ("kidney", "clinic"): 0,
    }
    assert {terms: LIBRARY.rarity(terms) for terms in rarity} == {terms: close(value) for terms, value in rarity.items()}
    assert LIBRARY.rarest == close(5.3083)  # ln(1 + 100.5 / 0.5)


def test_what_shows_a_concept_is_worth_its_rarity_and_chatter_little():
    concept = Concept(("kidney",), {("kidney",): 1.0, ("scar",): 0.5, ("clinic",): 0.9}, counts=0.5)
    assert weights([concept], LIBRARY) == [{("kidney",): close(1.1319), ("scar",): close(0.1733)}]
    chatter = Concept(("kidney",), {("kidney",): 1.0}, is_chatter=True)
    assert weights([chatter], LIBRARY) == [{("kidney",): MOST_OF_CHATTER}]
    clinic = Concept(("clinic",), {("clinic",): 1.0})
    assert weights([clinic], LIBRARY) == []
    assert unknown_worth([clinic, concept], LIBRARY) == close(LIBRARY.rarest)


# --- a document -----------------------------------------------------------------------------------------------------------


def test_a_document_is_worth_its_passages_and_its_title():
    worth = [{("kidney",): 2.0, ("organ",): 1.0}, {("scar",): 1.0}]
    places = {"kidney": {0: 1.0, 1: 0.5, TITLE: 1.0}, "organ": {0: 0.4}, "scar": {2: 1.0, 0: 0.5}}
    (found,) = ranked(worth, [ONE, OTHER], {ONE: places}, {})
    assert found.passages == [(0, close(2.5)), (1, close(1.0)), (2, close(1.0))]
    assert found.score == close(2.5 + 0.5 + 0.25 + 1.2 * 2)
    assert found.strength == close(found.score / 3)  # of all that was asked, once each
    (found,) = ranked(worth, [ONE], {ONE: {"organ": {4: 1.0}}}, {ONE: RankingFactors(in_force=False)}, unknown=1.0)
    assert (found.score, found.strength) == (close(0.6), close(1 / 4))  # whether it is in force says nothing of its words


def test_terms_of_one_way_stand_together():
    (worth,) = weights([Concept(("rg",), {("reason", "ground"): 0.7})], Library(10, {"reason": 2, "ground": 1}))
    places = {ONE: {"reason": {0: 1.0, 1: 0.5}, "ground": {1: 1.0}}, OTHER: {"reason": {0: 1.0}}}
    found = ranked([worth], [ONE, OTHER], places, {})
    assert [(one.version, [number for number, _ in one.passages]) for one in found] == [(ONE, [1])]


def test_more_of_the_question_comes_first_and_what_has_nothing_of_it_not_at_all():
    assert order("kidney scar", a="kidney pain", b="kidney scar") == [OTHER, ONE]
    assert order("kidney", a="kidney", b="hostel") == [ONE]


def test_of_two_that_say_the_same_the_one_in_force_the_forces_own_and_the_shorter_come_first():
    texts = {"a": "kidney scar", "b": "kidney scar"}
    for standing in (
        {ONE: RankingFactors(in_force=False)},
        {OTHER: RankingFactors(is_for_first_responders=True)},
        {OTHER: RankingFactors(is_of_force=True)},
        {ONE: RankingFactors(length=LIBRARY.length(40)), OTHER: RankingFactors(length=LIBRARY.length(5))},
    ):
        assert order("kidney", standing, **texts) == [OTHER, ONE], standing
    assert (LIBRARY.length(40), Library(0, {}, documents=0).length(3)) == (4.0, 1.0)


def test_of_passages_that_are_worth_the_same_the_earlier_comes_first_and_ten_are_kept():
    (found,) = ranked([{("kidney",): 1.0}], [ONE], {ONE: {"kidney": dict.fromkeys(range(12, 0, -1), 0.5)}}, {})
    assert [number for number, _ in found.passages] == list(range(1, 11))

"""What a search reckons, by hand: how much a word weighs in a passage, how rare it is, and what a document is worth by both."""

from uuid import UUID

import pytest

from lodestar.guidance.rules.asking import Concept
from lodestar.guidance.rules.filling import COMPANIONS, companions, most_telling
from lodestar.guidance.rules.index import TITLE, index, pack, unpack
from lodestar.guidance.rules.passages import Piece
from lodestar.guidance.rules.ranking import Library, Ranked, Standing, nearer, nearness, ranked, weights

ONE, OTHER = UUID(int=1), UUID(int=2)


def close(value):
    return pytest.approx(value, abs=1e-4)


# --- the index: BM25 with k1 1.2 and b 0.6 over passages of some 60 terms, a word of the heading as 0.8 of one -----------------


def test_a_word_weighs_by_how_often_it_stands_in_the_passage_and_its_heading_and_how_long_that_is():
    posted, _ = index([Piece(1, "Kidney", "kidney kidney scar")], "", "x")
    # 2.8 times among 3 words: 2.8 * 2.2 / (2.8 + 1.2 * (0.4 + 0.6 * 3 / 60)), and once: 2.2 / (1 + 0.516).
    assert posted["kidney"].best == close(1.8577)
    assert posted["scar"].best == close(1.4512)


def test_a_word_of_the_title_adds_a_half_and_stands_in_no_passage():
    passages = [Piece(1, "", "kidney scar"), Piece(2, "", "kidney scar " + "hostel " * 30)]
    posted, spelt = index(passages, "Kidney rooms", "guide.on.organs.pdf")
    assert posted["kidney"].best == close(posted["scar"].best + 0.5)
    assert (posted["kidney"].spread, posted["scar"].spread) == (2, 2)
    assert (posted["room"].best, posted["room"].spread) == (0.5, 0)
    assert (posted["organ"].best, posted["organ"].spread) == (0.5, 0)
    assert (spelt["kidney"], spelt["rooms"]) == (2, 0)
    assert {"rooms", "organs"} <= set(spelt)


def test_each_weight_that_is_packed_comes_out_again():
    weights_ = [(number, number * 2.2 / 255) for number in range(256)]
    assert unpack(pack(weights_)) == {number: pytest.approx(weight) for number, weight in weights_}
    assert unpack(pack([(3, 99.0)])) == {3: pytest.approx(2.2)}  # none is greater


# --- rarity ---------------------------------------------------------------------------------------------------------------

LIBRARY = Library(100, {"kidney": 10, "scar": 50, "hostel": 50})


@pytest.mark.parametrize(
    ("terms", "rarity"),
    [
        (["kidney"], 2.2637),  # ln(1 + 90.5 / 10.5)
        (["scar"], 0.6931),  # ln 2
        (["scar", "kidney"], 2.6033),  # 15 in 100 more for each further term
        (["scar", "hostel", "kidney"], 2.9429),
        (["kidney", "clinic"], 0),
    ],
)
def test_how_rare_terms_are(terms, rarity):
    assert LIBRARY.rarity(terms) == close(rarity)


def test_a_library_of_which_nothing_is_said_holds_one_document():
    assert Library(10, {}).length(10) == 1.0


def test_each_way_to_say_a_thing_is_drawn_towards_the_commonest():
    concept = Concept(("kidney",), {("kidney",): 1.0, ("scar",): 0.5}, counts=0.5)
    # As typed 0.8 * 2.2637 + 0.2 * 0.6931; what it means 0.75 * 0.5 * 0.6931; all of it half.
    assert weights([concept], LIBRARY) == [{("kidney",): close(0.9748), ("scar",): close(0.13)}]
    meant = Concept(("scar",), {("scar",): 1.0, ("kidney",): 0.5})
    assert weights([meant], LIBRARY)[0][("kidney",)] == close(0.375 * (0.35 * 2.26374 + 0.65 * 0.69315))


# --- a document -----------------------------------------------------------------------------------------------------------


def test_a_document_is_worth_its_passages_its_title_and_how_much_of_it_is_on_the_matter():
    worth = [{("kidney",): 2.0, ("organ",): 1.0}, {("scar",): 1.0}]
    places = {"kidney": {0: 1.0, 1: 0.5, TITLE: 1.0}, "organ": {0: 0.4}, "scar": {2: 1.0, 0: 0.5}}
    (found,) = ranked(worth, [ONE, OTHER], {ONE: places}, {})
    # Passages 2.5, 1 and 1, less 0.3 of what each does not show of the question: 2.5, 0.9, 0.8; the next add 0.3 and 0.2 of
    # theirs; the title 1.8 * 2; each thing 0.2 and 0.75 * 1.5 / (1.5 + 3) of what it is worth.
    assert found.passages == [(0, close(2.5)), (1, close(0.9)), (2, close(0.8))]
    assert found.score == close(2.5 + 0.3 * 0.9 + 0.2 * 0.8 + 3.6 + 3 * (0.2 + 0.25))
    assert found.shows == close(1.0)


def test_a_long_document_has_much_of_everything():
    (found,) = ranked([{("kidney",): 1.0}], [ONE], {ONE: {"kidney": {0: 1.0}}}, {ONE: Standing(length=2.0)})
    assert found.score == close(1 + 0.2 + 0.75 * 1 / (1 + 3 * (0.35 + 0.65 * 2)))


def test_a_document_that_shows_a_little_is_found_and_says_how_little():
    (found,) = ranked([{("kidney",): 0.1}, {("scar",): 0.3}], [ONE], {ONE: {"kidney": {0: 1.0}}}, {})
    assert 0 < found.score < 1
    assert found.shows == close(0.25)
    assert ranked([], [ONE], {ONE: {}}, {}) == []


def test_of_passages_that_are_worth_the_same_the_earlier_comes_first_and_ten_are_kept():
    (found,) = ranked([{("kidney",): 1.0}], [ONE], {ONE: {"kidney": dict.fromkeys(range(12, 0, -1), 0.5)}}, {})
    assert [number for number, _ in found.passages] == list(range(1, 11))


# --- nearness -------------------------------------------------------------------------------------------------------------

ASKED = [{("kidney",): 2.0}, {("scar",): 1.0}]


@pytest.mark.parametrize(
    ("text", "gain"),
    [
        ("a b kidney scar", 0.4),  # of the lesser of the two
        ("a b kidney a b scar", 0.32),  # two words between: 0.4 / (1 + 2 / 8)
        ("a b scar a b kidney", 0.32),
        ("kidney", 0),
        (" ".join(["kidney"] + ["a"] * 9 + ["scar"]), 0.4 / (1 + 9 / 8)),
    ],
)
def test_what_is_gained_where_things_stand_together(text, gain):
    assert nearness(ASKED, text.split()) == close(gain)


def test_one_word_that_is_both_things_gains_no_more_than_two_side_by_side():
    assert nearness([{("kidney",): 1.0}, {("kidney",): 1.0}], ["kidney"]) == close(0.4)


def test_of_a_word_that_stands_everywhere_ten_places_are_looked_at():
    often = [*(["kidney", *["a"] * 20] * 10), "kidney", "scar"]
    assert 0 < nearness(ASKED, often) < 0.4


def test_what_a_passage_gains_moves_it_up_and_its_document_by_half_of_that():
    found = nearer([Ranked(OTHER, 4.2), Ranked(ONE, 4.0, 1.0, [(5, 2.0), (1, 1.5), (0, 1.0)])], {(ONE, 1): 1.0, (ONE, 0): 1.0})
    assert [(one.version, one.score) for one in found] == [(ONE, close(4.5)), (OTHER, close(4.2))]
    assert found[0].passages == [(1, 2.5), (0, 2.0), (5, 2.0)]


# --- what is filled up with -----------------------------------------------------------------------------------------------


def test_a_word_of_a_title_counts_as_three_of_the_passage():
    found = companions([("Kidney", "kidney scar")], [])
    assert {one.words: one.shown_by[one.words] for one in found} == {
        ("kidney",): close(0.25 * 4 / 5),
        ("scar",): close(0.25 / 2),
    }


def test_sixteen_words_of_the_best_answers_are_looked_for():
    counts = {f"w{number:02d}": 2 for number in range(17)}
    kept = most_telling([Concept((word,), {(word,): 0.2}) for word in counts], Library(1000, counts, 10, counts))
    assert len(kept) == COMPANIONS == 16

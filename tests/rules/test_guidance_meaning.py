"""What likeness of meaning does to the order that words made: it raises what is near, and lists besides what is plainly near."""

from uuid import UUID

import pytest

from lodestar.guidance.rules.ranking import ADDED, OF_MEANING, PLAIN, Near, Ranked, Standing, fused, plainly_near

ONE, OTHER, THIRD = (UUID(int=number) for number in (1, 2, 3))


def by_words():
    return [Ranked(ONE, 10.0, 0.9, [(4, 7.0)]), Ranked(OTHER, 8.0, 0.6, [(0, 5.0)])]


def order(**near):
    return [one.version for one in fused(by_words(), {UUID(int=int(key[1:])): Near(2, near[key]) for key in near}, {})]


def test_without_meaning_the_order_is_that_of_words():
    assert fused(by_words(), {}, {}) == by_words()


def test_what_is_nearer_in_meaning_rises_and_words_still_count():
    assert order(_1=0.5, _2=0.5) == [ONE, OTHER]
    assert order(_1=0.1, _2=0.8) == [OTHER, ONE]
    assert order(_1=0.5, _2=0.6) == [ONE, OTHER]


def test_unlikeness_takes_nothing_away():
    assert [one.score for one in fused(by_words(), {ONE: Near(0, -0.5)}, {})] == [10.0, 8.0]


def test_what_words_found_keeps_its_passages_and_what_it_shows():
    first, _ = fused(by_words(), {ONE: Near(2, 0.5)}, {})
    assert (first.version, first.shows, first.passages) == (ONE, 0.9, [(4, 7.0)])
    assert first.score == pytest.approx(10.0 * (1 + OF_MEANING * 0.5))


def test_what_has_no_word_of_it_comes_in_only_where_its_meaning_is_plain_and_shows_nothing():
    assert order(_3=PLAIN - 0.01) == [ONE, OTHER]
    *_, last = fused(by_words(), {THIRD: Near(2, PLAIN)}, {})
    assert (last.version, last.shows, last.passages) == (THIRD, 0.0, [(2, 0.0)])
    assert [one.version for one in fused([], {THIRD: Near(2, 0.9), ONE: Near(0, 0.5)}, {})] == [THIRD, ONE]


def test_what_is_not_in_force_gains_less_by_its_meaning():
    alike = {ONE: Near(0, 0.8), OTHER: Near(0, 0.8)}
    first, last = fused([], alike, {ONE: Standing(in_force=False)})
    assert (first.version, last.version) == (OTHER, ONE)


def test_those_that_words_did_not_find_are_plainly_near_from_a_likeness_on_the_nearest_first():
    near = {ONE: Near(0, PLAIN), OTHER: Near(0, 0.9), THIRD: Near(0, PLAIN - 0.01), UUID(int=4): Near(0, 0.95)}
    assert plainly_near(near, {UUID(int=4)}) == [OTHER, ONE]


def test_meaning_counts_as_the_decision_says_it_was_measured():
    assert (OF_MEANING, PLAIN, ADDED) == (0.6, 0.4, 10), "docs/adr/0029"

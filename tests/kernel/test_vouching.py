"""Marks that only whoever holds the keys can make."""

import pytest

from lodestar.kernel.vouching import is_vouched, vouch
from tests.offenders import each


def test_a_mark_is_of_its_words_in_their_order_and_of_nothing_else():
    mark = vouch("key", "a", "b")
    assert is_vouched("key", mark, "a", "b")
    for other in [("b", "a"), ("ab",), ("a", "b", ""), ("a",), ("a,b",), ()]:
        assert not is_vouched("key", mark, *other)


def test_a_new_key_put_first_leaves_old_marks_true_and_makes_new_ones():
    old = vouch("old", "a")
    assert is_vouched("new, old", old, "a")
    assert not is_vouched("new", old, "a")
    assert is_vouched("new", vouch("new,old", "a"), "a")


@each("mark", ["", "0" * 64, "é", "x" * 1000])
def test_what_is_no_mark_vouches_for_nothing(mark):
    assert not is_vouched("key", mark, "a")


def test_without_a_key_there_is_no_mark():
    with pytest.raises(ValueError, match="no key"):
        vouch(" , ", "a")

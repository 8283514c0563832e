"""Keyed hashes by which people are found again: equal for equal texts, and nothing without the key."""

from lodestar.kernel.sealing import mark


def test_a_mark_is_the_same_for_the_same_text_and_stays_when_a_new_key_is_put_before():
    assert mark("name 1 2", "old") == mark("name 1 2", "old")
    assert mark("name 1 2", "new, old") == mark("name 1 2", "old")


def test_another_text_or_another_oldest_key_is_another_mark():
    marks = {mark("name 1 2", "old"), mark("name 1 3", "old"), mark("name 1 2", "other"), mark("name 1 2", "old, other")}
    assert len(marks) == 3


def test_a_mark_is_a_number_that_the_database_takes():
    assert all(-(2**63) <= mark(str(number), "key") < 2**63 for number in range(200))
    assert {mark(str(number), "key") < 0 for number in range(200)} == {True, False}

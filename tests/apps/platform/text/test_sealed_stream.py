"""Sealed files open whole with their own key and in no other way; keyed marks are made by whoever holds the keys."""

import io
import tracemalloc

import pytest

from lodestar.platform.files.sealed_stream import MARK, PIECE, Changed, CutShort, WrongKey, sealed, unsealed
from lodestar.platform.tenancy.sealing import is_vouched, mark, vouch
from tests.offenders import each

KEY = "k" * 40
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7]
HEAD = len(MARK) + 32


def shut(plain: bytes, label: str = "base", key: str = KEY) -> bytes:
    return b"".join(sealed([plain], key, label))


def opened(shut_up: bytes, label: str = "base", key: str = KEY) -> bytes:
    return b"".join(unsealed(io.BytesIO(shut_up), key, label))


@each("size", SIZES)
def test_what_was_sealed_opens_as_it_was(size):
    plain = bytes(range(256)) * (size // 256 + 1)
    plain = plain[:size]
    assert opened(shut(plain)) == plain
    assert opened(b"".join(sealed([plain[at : at + 999] for at in range(0, size, 999)], KEY, "base"))) == plain


def test_nothing_of_it_can_be_read_and_it_is_never_the_same_twice():
    assert b"her name" not in shut(b"her name")
    assert shut(b"x") != shut(b"x")


def test_the_first_key_seals_and_each_opens():
    assert opened(shut(b"x", key=f"new{KEY},{KEY}"), key=f"other,new{KEY}") == b"x"
    with pytest.raises(WrongKey):
        opened(shut(b"x", key=f"new{KEY},{KEY}"))


def test_another_key_is_told_from_a_changed_file():
    with pytest.raises(WrongKey):
        opened(shut(b"x"), key="another")


# Each class of bytes: the mark, the salt, the check of the key, the first piece, a tag, a middle piece, the last, its tag.
@each(
    ("place", "error"),
    [
        (0, Changed),
        (len(MARK) + 1, WrongKey),
        (HEAD - 1, WrongKey),
        (HEAD, Changed),
        (HEAD + PIECE, Changed),
        (HEAD + PIECE + 16, Changed),
        (HEAD + 2 * (PIECE + 16), Changed),
        (-1, Changed),
    ],
)
def test_one_changed_bit_is_noticed_wherever_it_is(place, error):
    changed = bytearray(shut(b"z" * (2 * PIECE + 9)))
    changed[place] ^= 1
    with pytest.raises(error):
        opened(bytes(changed))


@each("left", [0, HEAD - 1, HEAD, HEAD + 15, HEAD + PIECE + 16, HEAD + 2 * (PIECE + 16)])
def test_a_file_that_was_cut_is_noticed_and_said_to_be_cut(left):
    with pytest.raises(CutShort):
        opened(shut(b"z" * (2 * PIECE + 9))[:left])


def test_a_file_cut_within_a_piece_or_made_longer_is_noticed():
    whole = shut(b"z" * (2 * PIECE + 9))
    for wrong in (whole[:-1], whole[: HEAD + 500], whole + b"x", whole + whole[HEAD : HEAD + PIECE + 16]):
        with pytest.raises(Changed):
            opened(wrong)


def test_pieces_in_another_order_or_taken_twice_are_noticed():
    whole = shut(bytes(PIECE) + b"y" * PIECE + b"end")
    first, second = whole[HEAD : HEAD + PIECE + 16], whole[HEAD + PIECE + 16 : HEAD + 2 * (PIECE + 16)]
    for wrong in (second + first, first + first, second):
        with pytest.raises(Changed):
            opened(whole[:HEAD] + wrong + whole[HEAD + 2 * (PIECE + 16) :])


def test_one_file_does_not_stand_in_for_another():
    with pytest.raises(Changed):
        opened(shut(b"x", "log/1"), "log/2")


def test_memory_stays_small():
    tracemalloc.start()
    try:
        for _ in sealed((b"w" * 65536 for _ in range(640)), KEY, "base"):
            pass
        assert tracemalloc.get_traced_memory()[1] < 8 * PIECE
    finally:
        tracemalloc.stop()


def test_a_mark_is_the_same_for_the_same_text_and_stays_when_a_new_key_is_put_before():
    assert mark("name 1 2", "old") == mark("name 1 2", "old")
    assert mark("name 1 2", "new, old") == mark("name 1 2", "old")


def test_another_text_or_another_oldest_key_is_another_mark():
    marks = {mark("name 1 2", "old"), mark("name 1 3", "old"), mark("name 1 2", "other"), mark("name 1 2", "old, other")}
    assert len(marks) == 3


def test_a_mark_is_a_number_that_the_database_takes():
    assert all(-(2**63) <= mark(str(number), "key") < 2**63 for number in range(200))
    assert {mark(str(number), "key") < 0 for number in range(200)} == {True, False}


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

"""The sample of a deep dive: shares of strata, and the same seed draws the same."""

from random import Random

import pytest

from lodestar.oversight.deep_dives.rules.sampling import draw, read_frame, sample_csv, shares_of
from tests.offenders import each

SHARES = {
    "in proportion": ({"a": 50, "b": 30, "c": 20}, 10, {"a": 5, "b": 3, "c": 2}),
    "one of each at least": ({"a": 100, "b": 3, "c": 2, "d": 50}, 10, {"a": 5, "b": 1, "c": 1, "d": 3}),
    "shared anew until none is below one": (
        {"a": 1000, "b": 1, "c": 1, "d": 60, "e": 59}, 20, {"a": 16, "b": 1, "c": 1, "d": 1, "e": 1},
    ),
    "ties by name": ({"z": 10, "y": 10, "x": 10}, 5, {"x": 2, "y": 2, "z": 1}),
    "all": ({"a": 2, "b": 1}, 3, {"a": 2, "b": 1}),
    "as many as strata": ({"a": 9, "b": 1}, 2, {"a": 1, "b": 1}),
}  # fmt: skip


@each("name", SHARES)
def test_strata_get_their_shares(name):
    sizes, size, shares = SHARES[name]
    assert shares_of(sizes, size) == shares


def test_the_seed_alone_decides():
    frame = [(f"FM-26-{number:04}", "abcd"[number % 4]) for number in range(200)]
    first = draw(frame, 7, 20)
    Random(1).shuffle(frame)
    assert draw(frame, 7, 20) == first != draw(frame, 8, 20)
    assert first[:2] == [("FM-26-0000", "a"), ("FM-26-0068", "a")]  # on every machine and with every Python
    assert read_frame(sample_csv(first)) == first


def test_what_cannot_be_drawn_is_refused():
    for frame, size in (([("a", "x"), ("b", "y")], 1), ([("a", "x"), ("a", "y"), ("b", "x")], 2)):
        with pytest.raises(ValueError, match=r"strata|twice"):
            draw(frame, 1, size)
    for text in ("", "ref,stratum\n", "reference,stratum\nA\n", "reference,stratum\nA,\n"):
        with pytest.raises(ValueError, match="line"):
            read_frame(text)

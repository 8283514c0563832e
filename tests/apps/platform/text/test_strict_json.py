"""What two readers could understand in two ways is refused, on every Python at the same depth."""

import pytest

from lodestar.platform.text.strict_json import DEEPEST, read_json
from tests.offenders import each


@each("opens", ["[", '{"a":'])
@each("inner", ["", "1"])
@each(("depth", "is_read"), [(1, True), (DEEPEST, True), (DEEPEST + 1, False), (9_000, False), (200_000, False)])
def test_lists_and_objects_within_one_another_are_read_as_deep_as_said(opens: str, inner: str, depth: int, is_read: bool) -> None:
    closes = "]" if opens == "[" else "}"
    innermost = opens + (inner or ("null" if closes == "}" else "")) + closes
    text = opens * (depth - 1) + innermost + closes * (depth - 1)
    if is_read:
        read_json(text.encode())
    else:
        with pytest.raises(ValueError, match="nested too deep"):
            read_json(text.encode())


@each(
    ("text", "says"),
    [
        (b'{"a": 1, "a": 2}', "a key is given twice"),
        (b"NaN", "NaN is no value"),
        (b"[Infinity]", "Infinity is no value"),
        (b"9" * 5000, "a number is too long"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(text: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_json(text)

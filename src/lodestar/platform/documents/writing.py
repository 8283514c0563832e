"""Text made fit for paper: what is no writing, or would hide or turn what stands around it, is shown as its code."""

import unicodedata
from collections.abc import Callable, Iterator

_BREAKS = {ord("\r"): "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n", ord("\v"): "\n", ord("\f"): "\n"}
_TURNS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
# Controls, halves of characters, private use; and what is no character in any version of Unicode.
_NO_WRITING = ("Cc", "Cs", "Co")
_NONE = 0xFFFE  # of every plane, and the one after it
_NOTHING = range(0xFDD0, 0xFDF0)
_STACKED = ("Mn", "Me")
_JOINING = ("Mn", "Mc", "Me", "Cf")
MOST_STACKED = 4  # marks over one letter: Vietnamese and Hebrew need three, a tower of them covers the lines above
UNBROKEN = 30  # characters without a place to break that fit on a line, however wide they are


def code(character: str) -> str:
    """The code of a character in brackets: `[U+0007]`."""
    return f"[U+{ord(character):04X}]"


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text as they can be shown, none for an empty one. Of blank lines one after another one is kept."""
    whole = text.replace("\r\n", "\n").translate(_BREAKS).replace("\t", "    ")
    shown_lines: list[str] = []
    for line in whole.split("\n"):
        shown = "".join(_visible_characters(line.rstrip()))
        if shown or (shown_lines and shown_lines[-1]):
            shown_lines.append(shown)
    return tuple(shown_lines[:-1] if shown_lines and not shown_lines[-1] else shown_lines)


def _visible_characters(line: str) -> Iterator[str]:
    stacked = 0
    for character in line:
        kind = unicodedata.category(character)
        stacked = stacked + 1 if kind in _STACKED else 0
        is_kept = stacked <= MOST_STACKED and kind not in _NO_WRITING and character not in _TURNS
        yield character if is_kept and _is_character(ord(character)) else code(character)


def _is_character(point: int) -> bool:
    return point & _NONE != _NONE and point not in _NOTHING


def coded(text: str, can_be_drawn: Callable[[str], bool]) -> str:
    """The text with the code in place of each character that cannot be drawn."""
    return "".join(character if can_be_drawn(character) else code(character) for character in text)


def pieces(line: str) -> tuple[str, ...]:
    """The line in pieces between which it may be broken though no space is there; most lines are one piece.

    What is written as one sign is parted only where the line would be lost otherwise.
    """
    parts: list[str] = []
    start = run_length = 0
    was_joined = False
    for place, character in enumerate(line):
        joins = unicodedata.category(character) in _JOINING
        run_length = 0 if character == " " else run_length + 1
        if run_length > (2 * UNBROKEN if joins or was_joined else UNBROKEN):
            parts.append(line[start:place])
            start, run_length = place, 1
        was_joined = joins
    return (*parts, line[start:])


def is_right_to_left(line: str) -> bool:
    """Whether the line is read from the right: by its first letter that has a direction (Unicode Annex 9, P2 and P3)."""
    directions = (unicodedata.bidirectional(character) for character in line)
    return next((each in ("R", "AL") for each in directions if each in ("L", "R", "AL")), False)

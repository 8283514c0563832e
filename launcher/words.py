"""Reads the words after a command."""

from collections.abc import Sequence

from launcher.say import Trouble


def options(words: Sequence[str], *, numbers: Sequence[str] = (), flags: Sequence[str] = ()) -> dict[str, int]:
    """The options in `words`: those of `numbers` with their value, those of `flags` with 1. Raises Trouble."""
    found: dict[str, int] = {}
    rest = list(words)
    while rest:
        word, _, value = rest.pop(0).partition("=")
        if word in flags and not value:
            found[word] = 1
        elif word in numbers:
            found[word] = _number(word, value or (rest.pop(0) if rest else ""))
        else:
            raise Trouble(f"{word} is not known here: ./lodestar --help tells the commands.")
    return found


def _number(word: str, value: str) -> int:
    if not value.isdecimal() or int(value) == 0:
        raise Trouble(f"{word} wants a number from 1 on.")
    return int(value)

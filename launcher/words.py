"""Reads the options after a command of the launcher itself."""

from collections.abc import Sequence

from launcher.manual import COMMANDS
from launcher.say import Trouble


def options(words: Sequence[str], command: str) -> dict[str, int]:
    """Return the options in `words` that the manual has for `command`: with their number, or 1 where they take none.

    Raises Trouble.
    """
    values = COMMANDS[tuple(command.split())].values()
    found: dict[str, int] = {}
    rest = list(words)
    while rest:
        word, _, value = rest.pop(0).partition("=")
        if word not in values or (value and not values[word]):
            raise Trouble(f"{word} is not known here: ./lodestar {command} --help tells the options.")
        found[word] = _number(word, value or (rest.pop(0) if rest else "")) if values[word] else 1
    return found


def _number(word: str, value: str) -> int:
    if not value.isdecimal() or int(value) == 0:
        raise Trouble(f"{word} wants a number from 1 on.")
    return int(value)

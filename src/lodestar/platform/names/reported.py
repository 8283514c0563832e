"""Where somebody is and how to reach them, as another system says it: kept sealed under words of ours, and read without them.

One place writes these words and one takes them off again: whoever looks for what is held in a text that leaves, or compares two
people, would else look for our words and miss the house. Pure.
"""

from collections.abc import Iterable, Iterator

from lodestar.platform.names.contact_normalisation import POSTCODE, plain_digits, telephones
from lodestar.platform.text.text_normalise import one_line, several_lines

NOT_CHECKED = "As reported. Not checked that contact is safe."
OF_A_RECORD = "in an earlier record"
_IN_THE_REPORT = " in the report"
LONGEST_NAME = 60  # characters of a column's name


def known_by(reference: str, longest: int) -> str:
    """What is said of somebody of whom another system gives no more than its own reference, which may tell why it has one."""
    return f"{reference[: longest - len(_IN_THE_REPORT)]}{_IN_THE_REPORT}"


def is_of_a_system(description: str) -> bool:
    """Whether a description says no more than which record of another system is about them: a custody number is none that
    leaves."""
    text = " ".join(description.split())
    return text == OF_A_RECORD or text.endswith(_IN_THE_REPORT)


def line(column: str, value: str) -> str:
    """What a column says, on one line after its name: the lines of an address with a comma between them."""
    name = one_line(column.replace(":", " "))[:LONGEST_NAME].strip()
    return f"{name}: {', '.join(filter(None, map(one_line, several_lines(value).splitlines())))}"


def as_reported(lines: Iterable[str]) -> str:
    """The text that is kept of such lines, each once; empty where there are none."""
    unique_lines = list(dict.fromkeys(lines))
    return "\n".join([NOT_CHECKED, *unique_lines]) if unique_lines else ""


def reported_values(text: str) -> tuple[str, ...]:
    """What a text that is held says by itself: of what was reported each value, without the names of the columns and the words
    above; anything else as it was typed."""
    if NOT_CHECKED not in text:
        return (text,) if text.strip() else ()
    return tuple(_values(text))


def to_compare(text: str) -> tuple[str, ...]:
    """The same for whoever compares two people: and an address whose postcode stood in a column of its own, put together."""
    values = reported_values(text)
    places = [value for value in values if "@" not in value and not telephones(value)]
    codes = [value for value in places if POSTCODE.search(plain_digits(value))]
    is_parted = len(places) > 1 and len(codes) == 1 and POSTCODE.fullmatch(plain_digits(codes[0]).strip())
    return (*values, ", ".join(places)) if is_parted else values


def _values(text: str) -> Iterator[str]:
    for text_line in text.splitlines():
        name, mark, value = text_line.partition(": ")
        reported_value = (value if mark and len(name) <= LONGEST_NAME else text_line).strip()
        if reported_value and reported_value != NOT_CHECKED:
            yield reported_value

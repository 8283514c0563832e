"""What would go, in words: page by page of the Home Office's form, and what stays here.

Nothing stands there but what `outgoing` gives.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lodestar.referrals.queries.outgoing import Submission
from lodestar.referrals.queries.writing import Sheet
from lodestar.referrals.rules.form import Field
from lodestar.referrals.rules.outgoing import FormPage, Line, missing, size
from lodestar.referrals.rules.sections import asks

A_PAGE = 14  # pages of the form on one of ours: it has a budget
WEIGHT = 9_000  # bytes of answers after which no further page of the form is put on one of ours
UNCHECKED = "Not shown until it is checked"


@dataclass(frozen=True)
class Copied:
    """One page of the form with something on it: `boxes` are label, text and whether it is what is said in place of an
    answer; `measure` how long the longest is."""

    number: int
    code: str
    title: str
    boxes: tuple[tuple[str, str, bool], ...]
    measure: str
    is_too_long: bool


def number(text: str) -> int:
    """From which page on, as an address says it; the first where it says nothing that can be read."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def window(leaves: Iterable[FormPage], first: int) -> dict[str, Any]:
    """The pages from the nth on, counted from 1."""
    return window_of([copied_page for copied_page in (_copied(leaf) for leaf in leaves) if copied_page.boxes], first)


def window_of(pages: Sequence[Copied], first: int = 1) -> dict[str, Any]:
    """As many of these pages as fit on one of ours, from the nth on, counted from 1."""
    start = first - 1 if 0 < first <= len(pages) else 0
    after, weight = start, 0
    while after < min(start + A_PAGE, len(pages)) and weight <= WEIGHT:
        weight += sum(len(text.encode()) for _, text, _ in pages[after].boxes)
        after += 1
    return {"shown": tuple(pages[start:after]), "all": len(pages), "next": after + 1 if after < len(pages) else 0}


def only(sheet: Sheet, going: Submission, codes: Sequence[str]) -> list[Copied]:
    """The pages of the form with what these questions fill alone, as it would go."""
    names = {field.name for code in codes if code in asks(sheet.version) for field in asks(sheet.version)[code].fields}
    cut = (replace(leaf, lines=tuple(line for line in leaf.lines if line.field.name in names)) for leaf in going.leaves)
    return [copied_page for copied_page in map(_copied, cut) if copied_page.boxes]


def page_text(leaf: FormPage) -> str:
    """One page as plain text: what is to be put into each of its fields, under its label."""
    return "\n\n".join(f"{label}\n{text}" for label, text, _ in _copied(leaf).boxes if text != UNCHECKED)


def _copied(leaf: FormPage) -> Copied:
    lines = [line for line in leaf.lines if line.text.strip()]
    longest = max(lines, key=lambda line: len(line.text), default=None)
    return Copied(
        number=leaf.number,
        code=leaf.page.code,
        title=leaf.page.title,
        boxes=tuple(
            (line.field.label, _as_picked(line), line.state != "filled")
            for line in leaf.lines
            if line.text.strip() or line.state == "unchecked"
        ),
        measure=_measure(longest),
        is_too_long=any(line.is_too_long for line in lines),
    )


def _as_picked(line: Line) -> str:
    if line.state == "unchecked":
        return UNCHECKED
    return "Tick it" if line.field.kind == "tick" else line.text


def _measure(line: Line | None) -> str:
    if line is None or line.field.limit is None:
        return "" if line is None or line.field.kind in ("text", "telephone", "day") else "one choice"
    return f"{len(line.text):,} of {line.field.limit:,} characters"


def gaps(sheet: Sheet, going: Submission) -> list[str]:
    """What the form asks for and nobody has answered, in our words, each once."""
    return _labels(sheet, missing(going.leaves))


def withheld_labels(sheet: Sheet, going: Submission) -> list[str]:
    """What the form asks for and what stays here, each once."""
    return _labels(sheet, [line.field for leaf in going.leaves for line in leaf.lines if line.state == "kept_back"])


def _labels(sheet: Sheet, fields: Sequence[Field]) -> list[str]:
    words = {field.name: ask.label for ask in asks(sheet.version).values() for field in ask.fields}
    return list(dict.fromkeys(words[field.name] for field in fields))


def kilobytes(going: Submission) -> int:
    """How much would go, in kilobytes, begun ones counted."""
    return -(-size(going.leaves) // 1000)

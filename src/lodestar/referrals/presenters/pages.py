"""The pages of the Home Office's form as they are copied into it, in words; and as many as fit on one of ours.

Nothing stands there but what `outgoing` gives.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lodestar.referrals.rules.outgoing import FormPage, Line

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
    return window_of(copied_pages(leaves), first)


def copied_pages(leaves: Iterable[FormPage]) -> list[Copied]:
    """The pages with something on them."""
    return [copied_page for copied_page in map(_copied, leaves) if copied_page.boxes]


def window_of(pages: Sequence[Copied], first: int = 1) -> dict[str, Any]:
    """As many of these pages as fit on one of ours, from the nth on, counted from 1."""
    start = first - 1 if 0 < first <= len(pages) else 0
    after, weight = start, 0
    while after < min(start + A_PAGE, len(pages)) and weight <= WEIGHT:
        weight += sum(len(text.encode()) for _, text, _ in pages[after].boxes)
        after += 1
    return {"shown": tuple(pages[start:after]), "all": len(pages), "next": after + 1 if after < len(pages) else 0}


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

"""The facts of a made-up case in words: each part in one line, and what cannot be read, named by the labels of the page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from lodestar.assess.forms.facts import Facts, json_of, node_of, parts_of, shown
from lodestar.assess.forms.fields import FIELDS, Field, Part, field_at, words_of
from lodestar.kernel.typed import one_line

LONGEST = 160  # characters of a part in one line


@dataclass(frozen=True)
class Line:
    """One part in the list of them: what it says, and whether something in it cannot be read."""

    part: Part
    title: str
    says: str
    is_open: bool
    has_fault: bool


@dataclass(frozen=True)
class Fault:
    """Something that cannot be read: in which part, in which of its fields (None: the part as a whole), and why."""

    part: Part
    field: Field | None
    message: str

    @property
    def whole(self) -> str:
        """The message where the field does not stand beside it: `Person 1, date of birth: ...`."""
        where = f"{self.part.title}, {self.field.label[:1].lower()}{self.field.label[1:]}" if self.field else self.part.title
        return f"{where}: {self.message}"


# What `read_encounter` says for those who write JSON -> what the page says. In this order.
_PLAIN = (
    (r"must be true, false, null, or a date and time with an offset", "must be yes, no, or when, like 2026-03-03T07:00+00:00"),
    (r"must be true, false or null", "must be yes or no, or blank"),
    (r"must be text or null", "must be text, or blank"),
    (r", or null\b", ", or blank"),
    (r"is not a known slug", "is no force or area that Lodestar knows"),
    (r"is not a key here", "is not a name that the rules know"),
    (r"must not be after encountered_at", "must not be after the day they are met"),
    (r"must not be after to\b", "must not be after the end"),
    (r"must not exceed age_(then_)?max", "must not be above the oldest"),
    (r"contradicts birth\.date: birth\.date and on make it", "does not fit: date of birth and day of the act make it"),
    (r"must be a date, or \{.*\}", "must be a day, or from and to"),
    (r"is required, as text", "is needed"),
)  # fmt: skip


def plain(message: str) -> str:
    """A message of `read_encounter` in the words of the page."""
    for pattern, words in _PLAIN:
        message = re.sub(pattern, words, message)
    return re.sub(r"(?<=must be one of: )[\w, ]+", lambda found: _options(found[0]), message)


def _options(listed: str) -> str:
    said = {"true": "Yes", "false": "No"}
    return ", ".join(said.get(one) or words_of(one) for one in listed.split(", "))


_OF_PART = re.compile(r"people\[\d+\]\.?((exploitation|suspected_of)\[\d+\]\.?)?")


def faults(facts: Facts, errors: Iterable[Mapping[str, str]], note: str = "") -> list[Fault]:
    """The errors of `read_encounter` by part and field, saying what was typed. `note` says on which of the dates."""
    found = []
    for error in errors:
        part, field = field_at(error["path"])
        typed = _typed(facts, part, field)
        named = f"“{typed}” " if typed else ("" if field else f"{_OF_PART.sub('', error['path'])} ".lstrip())
        message = f"{named}{plain(error['message'])}{note}"
        found.append(Fault(part, field, f"{message[:1].upper()}{message[1:]}"))
    return found


def _typed(facts: Facts, part: Part, field: Field | None) -> str:
    try:
        value = shown(node_of(facts, part), field) if field else ""
    except (KeyError, IndexError, TypeError):
        return ""
    return one_line(value)[:60] if isinstance(value, str) else ""


def lines(facts: Facts, opened: Part | None, bad: Iterable[Fault]) -> list[Line]:
    """The parts of the facts; of a person of whom no part is open, one line for all of them."""
    faulty = {fault.part.id for fault in bad}
    parts = list(parts_of(facts))
    found = []
    for part in parts:
        same = {part.id} if _is_unfolded(part, opened) else {one.id for one in parts if one.path[:2] == part.path[:2]}
        if part.kind in ("case", "person") or _is_unfolded(part, opened):
            found.append(
                Line(
                    part=part,
                    title=_title(facts, part),
                    says=says(facts, part, more=not _is_unfolded(part, opened)),
                    is_open=opened is not None and part.id == opened.id,
                    has_fault=bool(faulty & same),
                )
            )
    return found


def _is_unfolded(part: Part, opened: Part | None) -> bool:
    """Whether the part has a line of its own: that of the case, or of the person of whom something is open."""
    return not part.path or (opened is not None and part.path[:2] == opened.path[:2])


def _title(facts: Facts, part: Part) -> str:
    name = one_line(str(node_of(facts, part).get("id") or "")) if part.kind == "person" else ""
    return f"{part.title} ({name[:20]})" if name else part.title


_COUNTED = (("exploitation", "Exploitations"), ("suspected_of", "Acts they are suspected of"))


def says(facts: Facts, part: Part, *, more: bool = False) -> str:
    """What a part says, in one line. With `more`, of a person also how many acts and exploitations there are."""
    node = node_of(facts, part)
    told = [words for field in FIELDS[part.kind] if field.path != ("id",) and (words := _says(node, field))]
    if part.kind == "person" and more:
        told += [f"{name}: {len(node[key])}" for key, name in _COUNTED if node.get(key)]
    line = "; ".join(told)
    return f"{line[: LONGEST - 1]}…" if len(line) > LONGEST else line


def _says(node: dict[str, Any], field: Field) -> str:
    value = shown(node, field)
    if not value:
        return ""
    words = [words_of(one) for one in value] if isinstance(value, list) else [words_of(value) if field.choices else value]
    return f"{field.label}: {one_line(', '.join(words))}"


def json_markup(facts_or_text: Facts | str) -> Markup:
    """JSON for the inside of a text box: quotation marks stay as they are, since each would weigh five bytes."""
    text = facts_or_text if isinstance(facts_or_text, str) else json_of(facts_or_text)
    return Markup(str(escape(text)).replace("&#34;", '"').replace("&#39;", "'"))  # the rest stays escaped

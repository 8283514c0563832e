"""The facts of a made-up case between two pages: from the JSON on the page and the part filled in just now, and in words.

Nothing of it is stored. What is typed stays as it was typed, right or wrong: only `read_encounter` judges it, so that the
page, the command and the API refuse the same things with the same words.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from markupsafe import Markup, escape

from lodestar.exchange.assess.forms.fields import FIELDS, LISTS, Field, Part, field_at, part_of, words_of
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.strict_json import read_json
from lodestar.platform.text.text_normalise import one_line

Facts = dict[str, Any]
LONGEST = 64_000  # characters of JSON
MOST_PEOPLE, MOST_EACH = 10, 6  # a page has its weight; the command and the API take more
NOT_KNOWN = "?"
TAKEN_OUT = ("person", "exploitation", "act")  # kinds of parts that there may be more or fewer of


class BadJson(ValueError):
    """The JSON on the page cannot be taken up; `str` says why."""


def json_of(facts: object) -> str:
    """The facts as `assess` takes them, a key a line."""
    return json.dumps(facts, ensure_ascii=False, indent=1)


def seal_of(text: str) -> str:
    """Tells whether the JSON was changed by hand since it was shown. Line ends do not count: browsers write their own."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def facts_from(text: str) -> Facts:
    """The facts in a JSON text. Raises BadJson for what is none, or more than the page can show."""
    if len(text) > LONGEST:
        raise BadJson(f"It is longer than {LONGEST} characters. The command and the API take more")
    try:
        value = read_json(text.encode())
        json_of(value).encode()
    except UnicodeEncodeError:
        raise BadJson("It contains half a character") from None
    except ValueError as fault:
        raise BadJson(f"It is not JSON: {fault}") from None
    if not isinstance(value, dict):
        raise BadJson("It must be one object, in braces")
    _check_size(value)
    return value


def _check_size(facts: Facts) -> None:
    people = facts.get("people", [])
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        raise BadJson("people must be a list of objects")
    if len(people) > MOST_PEOPLE:
        raise BadJson(f"This page takes {MOST_PEOPLE} people. The command and the API take more")
    for person in people:
        for name in LISTS.values():
            items = person.get(name) or []
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise BadJson(f"{name} must be a list of objects")
            if len(items) > MOST_EACH:
                raise BadJson(f"This page takes {MOST_EACH} of {name} for each person. The command and the API take more")


def parts_of(facts: Facts) -> Iterator[Part]:
    """The parts of the facts, in the order of the page."""
    yield part_of("case")
    for number, person in enumerate(facts.get("people", [])):
        yield part_of("person", number)
        yield part_of("answers", number)
        for kind, name in LISTS.items():
            for item in range(len(person.get(name) or [])):
                yield part_of(kind, number, item)


def node_of(facts: Facts, path: Sequence[str | int]) -> Any:
    """The object that a part fills in, by its path."""
    node: Any = facts
    for step in path:
        node = node[step]
    return node


# --- one part, as a form ---------------------------------------------------------------------------------------------


def part_form(facts: Facts, part: Part) -> forms.Form:
    """The form of a part with what the facts say. It checks nothing by itself; errors are added to it."""
    node = node_of(facts, part.path)
    form = forms.Form({field.name: field_value(node, field) for field in FIELDS[part.kind]}, auto_id="%s")
    for field in FIELDS[part.kind]:
        form.fields[field.name] = _drawn(field)
    form.full_clean()
    return form


def _drawn(field: Field) -> forms.Field:
    if field.kind == "choices":
        return _AnyOf(label=field.label, choices=field.choices, required=False, widget=forms.CheckboxSelectMultiple)
    if field.choices:
        return _OneOf(label=field.label, choices=[("", "Not known"), *field.choices], required=False)
    return forms.CharField(label=field.label, help_text=field.hint, required=False)


class _OneOf(forms.ChoiceField):
    def validate(self, value: Any) -> None:
        """Judged by `read_encounter` alone."""


class _AnyOf(forms.MultipleChoiceField):
    def to_python(self, value: Any) -> list[str]:
        """As it is."""
        return list(value or [])

    def validate(self, value: Any) -> None:
        """Judged by `read_encounter` alone."""


def _at(node: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = node
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def field_value(node: Mapping[str, Any], field: Field) -> str | list[str]:
    """What stands in the field for what the facts say."""
    if field.path[0] == "on":
        return _span_shown(node.get("on"), field.path[1])
    value = _at(node, field.path)
    if field.kind == "choices":
        return [str(item) for item in value] if isinstance(value, list) else []
    if field.kind == "slugs":
        return ", ".join(str(item) for item in value) if isinstance(value, list) else _text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _span_shown(span: Any, end: str) -> str:
    if isinstance(span, Mapping):
        value = span.get(end)
        return NOT_KNOWN if value is None else str(value)
    return _text(span) if end == "from" else ""


def fill_in(facts: Facts, part: Part, typed: QueryDict) -> None:
    """Puts what was typed into the facts. Blank is not known, and is left out."""
    node = node_of(facts, part.path)
    for field in FIELDS[part.kind]:
        if field.path[0] != "on":
            _put(node, field.path, _value(field, typed))
    if part.kind == "act":
        _put(node, ("on",), _span(typed.get("on_from", "").strip(), typed.get("on_to", "").strip()))


def _value(field: Field, typed: QueryDict) -> Any:
    text = typed.get(field.name, "").strip()
    if field.kind == "choices":
        return [item for item in typed.getlist(field.name) if item] or None
    if field.kind == "slugs":
        return text.replace(",", " ").split() or None
    if field.kind in ("flag", "flag_or_when") and text.lower() in ("yes", "no"):
        return text.lower() == "yes"
    if field.kind == "whole" and text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)
    return text or None


def _span(start: str, end: str) -> Any:
    if not end:
        return start if start not in ("", NOT_KNOWN) else None
    return {"from": None if start in ("", NOT_KNOWN) else start, "to": None if end == NOT_KNOWN else end}


def _put(node: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    first, *rest = path
    if rest:
        inner = node[first] if isinstance(node.get(first), dict) else {}
        _put(inner, tuple(rest), value)
        value = inner or None
    if value is None:
        node.pop(first, None)
    else:
        node[first] = value


# --- adding and taking out -------------------------------------------------------------------------------------------


def add(facts: Facts, kind: str, person: int) -> Part | None:
    """Adds a person, or an exploitation or act to one, and returns its part; None when the page takes no more."""
    people = facts.setdefault("people", [])
    if kind == "person":
        if len(people) >= MOST_PEOPLE:
            return None
        taken = {str(entry.get("id")) for entry in people}
        people.append({"id": next(name for n in range(1, len(people) + 2) if (name := f"p{n}") not in taken)})
        return part_of("person", len(people) - 1)
    if kind not in LISTS or person >= len(people):
        return None
    items = people[person].setdefault(LISTS[kind], []) or []
    if len(items) >= MOST_EACH:
        return None
    people[person][LISTS[kind]] = [*items, {}]
    return part_of(kind, person, len(items))


def take_out(facts: Facts, part: Part) -> None:
    """Takes a person, an exploitation or an act out of the facts."""
    *above, place = part.path
    del node_of(facts, above)[place]


MOST_SHOWN = 160  # characters of a part in one line


@dataclass(frozen=True)
class Fault:
    """Something that cannot be read: in which part, in which of its fields (None: the part as a whole), and why."""

    part: Part
    field: Field | None
    message: str

    @property
    def full_message(self) -> str:
        """The message where the field does not stand beside it: `Person 1, date of birth: ...`."""
        where = f"{self.part.title}, {self.field.label[:1].lower()}{self.field.label[1:]}" if self.field else self.part.title
        return f"{where}: {self.message}"


def plain(message: str) -> str:
    """A message of `read_encounter` in the words of the page."""
    for pattern, words in reference_list("assess", "case_fields").header["plain"]:
        message = re.sub(pattern, words, message)
    return re.sub(r"(?<=must be one of: )[\w, ]+", lambda match: _options(match[0]), message)


def _options(listed: str) -> str:
    labels = {"true": "Yes", "false": "No"}
    return ", ".join(labels.get(option) or words_of(option) for option in listed.split(", "))


_OF_PART = re.compile(r"people\[\d+\]\.?((exploitation|suspected_of)\[\d+\]\.?)?")


def faults(facts: Facts, errors: Iterable[Mapping[str, str]], note: str = "") -> list[Fault]:
    """The errors of `read_encounter` by part and field, saying what was typed. `note` says on which of the dates."""
    result = []
    for error in errors:
        part, field = field_at(error["path"])
        typed = _entered_text(facts, part, field)
        prefix = f"“{typed}” " if typed else ("" if field else f"{_OF_PART.sub('', error['path'])} ".lstrip())
        message = f"{prefix}{plain(error['message'])}{note}"
        result.append(Fault(part, field, f"{message[:1].upper()}{message[1:]}"))
    return result


def _entered_text(facts: Facts, part: Part, field: Field | None) -> str:
    try:
        value = field_value(node_of(facts, part.path), field) if field else ""
    except (KeyError, IndexError, TypeError):
        return ""
    return one_line(value)[:60] if isinstance(value, str) else ""


def lines(facts: Facts, opened: Part | None, bad: Iterable[Fault]) -> list[dict[str, Any]]:
    """The parts of the facts, each in one line: what it says, and whether something in it cannot be read. Only the case and the
    person of whom something is open have a line for each of their parts."""
    faulty = {fault.part.id for fault in bad}
    parts = list(parts_of(facts))
    rows = []
    for part in parts:
        is_own = not part.path or (opened is not None and part.path[:2] == opened.path[:2])
        same = {part.id} if is_own else {other.id for other in parts if other.path[:2] == part.path[:2]}
        if part.kind in ("case", "person") or is_own:
            name = one_line(str(node_of(facts, part.path).get("id") or ""))[:20] if part.kind == "person" else ""
            rows.append(
                {
                    "part": part,
                    "title": f"{part.title} ({name})" if name else part.title,
                    "says": part_summary(facts, part, more=not is_own),
                    "is_open": opened is not None and part.id == opened.id,
                    "has_fault": bool(faulty & same),
                }
            )
    return rows


_COUNTED = (("exploitation", "Exploitations"), ("suspected_of", "Acts they are suspected of"))


def part_summary(facts: Facts, part: Part, *, more: bool = False) -> str:
    """What a part says, in one line. With `more`, of a person also how many acts and exploitations there are."""
    node = node_of(facts, part.path)
    summaries = [words for field in FIELDS[part.kind] if field.path != ("id",) and (words := _field_summary(node, field))]
    if part.kind == "person" and more:
        summaries += [f"{name}: {len(node[key])}" for key, name in _COUNTED if node.get(key)]
    line = "; ".join(summaries)
    return f"{line[: MOST_SHOWN - 1]}…" if len(line) > MOST_SHOWN else line


def _field_summary(node: dict[str, Any], field: Field) -> str:
    value = field_value(node, field)
    if not value:
        return ""
    words = [words_of(item) for item in value] if isinstance(value, list) else [words_of(value) if field.choices else value]
    return f"{field.label}: {one_line(', '.join(words))}"


def json_markup(facts_or_text: Facts | str) -> Markup:
    """JSON for the inside of a text box: quotation marks stay as they are, since each would weigh five bytes."""
    text = facts_or_text if isinstance(facts_or_text, str) else json_of(facts_or_text)
    return Markup(str(escape(text)).replace("&#34;", '"').replace("&#39;", "'"))  # the rest stays escaped

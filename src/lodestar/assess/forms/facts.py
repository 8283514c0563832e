"""The facts of a made-up case between two pages: read from the JSON on the page and from the part filled in just now.

Nothing of it is stored. What is typed stays as it was typed, right or wrong: only `read_encounter` judges it, so that the
page, the command and the API refuse the same things with the same words.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from lodestar.assess.forms.fields import FIELDS, LISTS, Field, Part, part_of
from lodestar.kernel.strict_json import read_json

Facts = dict[str, Any]
LONGEST = 64_000  # characters of JSON
MOST_PEOPLE, MOST_EACH = 10, 6  # a page has its weight; the command and the API take more
NOT_KNOWN = "?"
TAKEN_OUT = ("person", "exploitation", "act")  # kinds of parts that there may be more or fewer of


class BadJson(ValueError):
    """The JSON on the page cannot be taken up; `str` says why."""


def json_of(facts: Facts) -> str:
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
    except UnicodeEncodeError:
        raise BadJson("It contains half a character") from None
    except ValueError as fault:
        raise BadJson(f"It is not JSON: {fault}") from None
    if not isinstance(value, dict):
        raise BadJson("It must be one object, in braces")
    if "\\ud" in text.lower() and not _is_whole(value):
        raise BadJson("It contains half a character")
    _check_size(value)
    return value


def _is_whole(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


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


def node_of(facts: Facts, part: Part) -> dict[str, Any]:
    """The object that a part fills in."""
    node: Any = facts
    for step in part.path:
        node = node[step]
    return node


# --- one part, as a form ---------------------------------------------------------------------------------------------


def part_form(facts: Facts, part: Part) -> forms.Form:
    """The form of a part with what the facts say. It checks nothing by itself; errors are added to it."""
    node = node_of(facts, part)
    form = forms.Form({field.name: shown(node, field) for field in FIELDS[part.kind]}, auto_id="%s")
    for field in FIELDS[part.kind]:
        form.fields[field.name] = _drawn(field)
    form.full_clean()
    return form


def _drawn(field: Field) -> forms.Field:
    if field.kind == "choices":
        return _AnyOf(
            label=field.label, choices=field.choices, required=False, widget=forms.CheckboxSelectMultiple
        )
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


def shown(node: Mapping[str, Any], field: Field) -> str | list[str]:
    """What stands in the field for what the facts say."""
    if field.path[0] == "on":
        return _span_shown(node.get("on"), field.path[1])
    value = _at(node, field.path)
    if field.kind == "choices":
        return [str(one) for one in value] if isinstance(value, list) else []
    if field.kind == "slugs":
        return ", ".join(str(one) for one in value) if isinstance(value, list) else _text(value)
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
    node = node_of(facts, part)
    for field in FIELDS[part.kind]:
        if field.path[0] != "on":
            _put(node, field.path, _value(field, typed))
    if part.kind == "act":
        _put(node, ("on",), _span(typed.get("on_from", "").strip(), typed.get("on_to", "").strip()))


def _value(field: Field, typed: QueryDict) -> Any:
    text = typed.get(field.name, "").strip()
    if field.kind == "choices":
        return [one for one in typed.getlist(field.name) if one] or None
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
        taken = {str(one.get("id")) for one in people}
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
    holder: Any = facts
    for step in above:
        holder = holder[step]
    del holder[place]

"""The facts of a made-up case between two pages: every field with the key of `assess` that it stands for, the JSON on the page
with the part filled in just now, and both in words.

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

from lodestar.platform.obligations import facts as choices_of
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.strict_json import read_json
from lodestar.platform.text.text_normalise import one_line

Facts = dict[str, Any]
LONGEST = 64_000  # characters of JSON
MOST_PEOPLE, MOST_EACH = 10, 6  # a page has its weight; the command and the API take more
NOT_KNOWN = "?"
LISTS = {"exploitation": "exploitation", "act": "suspected_of"}
TITLES = {
    "case": "The case", "person": "Person {}", "answers": "Person {}: what they answered, and referrals before",
    "exploitation": "Person {}: exploitation {}", "act": "Person {}: act {} they are suspected of",
}  # fmt: skip
_LIST = reference_list("assess", "case_fields")


class BadJson(ValueError):
    """The JSON on the page cannot be taken up; `str` says why."""


@dataclass(frozen=True)
class Field:
    """One field. `path` is where its value stands within the part; `kind` is text, whole, flag, choice, choices, slugs,
    flag_or_when, or since (the beginning of a span)."""

    path: tuple[str, ...]
    label: str
    kind: str = "text"
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""
    width: int = 0

    @property
    def name(self) -> str:
        """Its name in the form."""
        return "_".join(self.path)


@dataclass(frozen=True)
class Part:
    """One part of the case, which is filled in at one time: the case itself, a person, what they answered, one exploitation, one
    act. `path` leads to it in what `assess` takes."""

    kind: str
    path: tuple[str | int, ...] = ()

    @property
    def places(self) -> list[int]:
        """The places of its person, and of itself among theirs, from 0."""
        return [step for step in self.path if isinstance(step, int)]

    @property
    def id(self) -> str:
        """Its name on the page: `act-0-1`."""
        return "-".join([self.kind, *map(str, self.places)])

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.kind].format(*(place + 1 for place in self.places))


CASE = Part("case")


def words_of(value: str) -> str:
    """A choice in words."""
    words: str = _LIST.header["words"].get(value) or value.replace("_", " ").capitalize()
    return words


def _field_of(row: Mapping[str, Any]) -> Field:
    values = getattr(choices_of, row["values"]) if "values" in row else ("yes", "no", *filter(None, [row.get("more")]))
    is_chosen = row.get("kind") in ("flag", "choice", "choices")
    choices = tuple((value, words_of(value)) for value in values) if is_chosen else ()
    path = tuple(row["code"].split(".")[1:])
    return Field(path, row["label"], row.get("kind", "text"), choices, row.get("hint", ""), row.get("width", 0))


FIELDS: Mapping[str, tuple[Field, ...]] = {
    part: tuple(map(_field_of, rows)) for part, rows in grouped((row["code"].split(".")[0], row) for row in _LIST.rows).items()
}


def part_and_field(path: str) -> tuple[Part, Field | None]:
    """The part and field that a path of `assess` is about, like `people[0].birth.age_min`. No field: the part as a whole."""
    steps: list[str | int] = [int(step) if step.isdecimal() else step for step in re.findall(r"\w+", path)]
    match steps:
        case ["people", int(), "exploitation" | "suspected_of" as name, int(), *rest]:
            kind = next(kind for kind, listed in LISTS.items() if listed == name)
            return Part(kind, tuple(steps[:4])), _field(kind, rest)
        case ["people", int(), *rest]:
            kind = "answers" if rest[:1] in (["consent"], ["earlier_referral"]) else "person"
            return Part(kind, tuple(steps[:2])), _field(kind, rest)
    return CASE, _field("case", steps)


def _field(kind: str, steps: Sequence[str | int]) -> Field | None:
    names = tuple(step for step in steps if isinstance(step, str))
    return next((field for field in FIELDS[kind] if names in (field.path, field.path[:1])), None)


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
    if "people" in facts:
        facts["people"] = _objects(facts, "people", MOST_PEOPLE, f"{MOST_PEOPLE} people")
    for person in facts.get("people", ()):
        for name in LISTS.values():
            _objects(person, name, MOST_EACH, f"{MOST_EACH} of {name} for each person")


def _objects(within: Facts, name: str, most: int, words: str) -> list[Facts]:
    items = within.get(name) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadJson(f"{name} must be a list of objects")
    if len(items) > most:
        raise BadJson(f"This page takes {words}. The command and the API take more")
    return items


def parts_of(facts: Facts) -> Iterator[Part]:
    """The parts of the facts, in the order of the page."""
    yield CASE
    for number, person in enumerate(facts.get("people", [])):
        path = ("people", number)
        yield Part("person", path)
        yield Part("answers", path)
        for kind, name in LISTS.items():
            yield from (Part(kind, (*path, name, item)) for item in range(len(person.get(name) or [])))


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
    form.errors.clear()
    return form


def _drawn(field: Field) -> forms.Field:
    if field.kind == "choices":
        return forms.MultipleChoiceField(
            label=field.label, choices=field.choices, required=False, widget=forms.CheckboxSelectMultiple
        )
    if field.choices:
        return forms.ChoiceField(label=field.label, choices=[("", "Not known"), *field.choices], required=False)
    return forms.CharField(label=field.label, help_text=field.hint, required=False)


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
        return ", ".join(str(item) for item in value) if isinstance(value, list) else str("" if value is None else value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str("" if value is None else value)


def _span_shown(span: Any, end: str) -> str:
    if isinstance(span, Mapping):
        value = span.get(end)
        return NOT_KNOWN if value is None else str(value)
    return str("" if span is None else span) if end == "from" else ""


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
        return Part("person", ("people", len(people) - 1))
    items = (people[person].get(LISTS[kind]) or []) if kind in LISTS and person < len(people) else None
    if items is None or len(items) >= MOST_EACH:
        return None
    people[person][LISTS[kind]] = [*items, {}]
    return Part(kind, ("people", person, LISTS[kind], len(items)))


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
    for pattern, words in _LIST.header["plain"]:
        message = re.sub(pattern, words, message)
    return re.sub(r"(?<=must be one of: )[\w, ]+", lambda listed: ", ".join(map(words_of, listed[0].split(", "))), message)


_OF_PART = re.compile(r"people\[\d+\]\.?((exploitation|suspected_of)\[\d+\]\.?)?")


def faults(facts: Facts, errors: Iterable[Mapping[str, str]], note: str = "") -> list[Fault]:
    """The errors of `read_encounter` by part and field, saying what was typed. `note` says on which of the dates."""
    result = []
    for error in errors:
        part, field = part_and_field(error["path"])
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


def json_markup(text: str) -> Markup:
    """JSON for the inside of a text box: quotation marks stay as they are, since each would weigh five bytes."""
    return Markup(str(escape(text)).replace("&#34;", '"').replace("&#39;", "'"))  # the rest stays escaped

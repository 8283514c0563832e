"""The facts of a made-up case between two pages: every field with the key of `assess` that it stands for, of the case and of the
person who is shown, with one exploitation and one act.

Nothing of it is stored: the page carries the facts, signed. What is typed stays as it was typed, right or wrong: only
`read_encounter` judges it, so that the page, the command and the API refuse the same things with the same words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict

from lodestar.platform.design.forms.fields import WordsField
from lodestar.platform.obligations import facts as choices_of
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.text_normalise import one_line
from lodestar.platform.time.fuzzy import FIRST_YEAR
from lodestar.platform.time.uk_dates import CannotRead, read_coming

Facts = dict[str, Any]
MOST_PEOPLE = 10
NOT_KNOWN = "?"
LISTS = {"exploitation": "exploitation", "act": "suspected_of"}  # the group of fields of the first of each
_LIST = reference_list("assess", "case_fields")


class Met(forms.Form):
    """When the people of the made-up case are met: the rules of that day answer."""

    encountered = WordsField(
        label="Date of encounter", help_text="Like 2 March 2026 2340", max_length=40, wanted="Write a day and a time"
    )

    def clean_encountered(self) -> datetime:
        """The instant. A day without its year would be one of the first year of all."""
        typed = self.cleaned_data["encountered"]
        try:
            at = read_coming(typed, datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
        except (CannotRead, OverflowError):
            at = None
        if at is None or at.year == FIRST_YEAR:
            raise forms.ValidationError(f"“{typed}” is not a day and a time. Write it like 2 March 2026 2340")
        return at


@dataclass(frozen=True)
class Field:
    """One field. `group` is case, person, answers, exploitation or act, and `path` where its value stands within it; `kind` is
    text, whole, flag, choice, choices, slugs, flag_or_when, or since (the beginning of a span)."""

    group: str
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


def words_of(value: str) -> str:
    """A choice in words."""
    words: str = _LIST.header["words"].get(value) or value.replace("_", " ").capitalize()
    return words


def _field_of(row: Mapping[str, Any]) -> Field:
    values = getattr(choices_of, row["values"]) if "values" in row else ("yes", "no", *filter(None, [row.get("more")]))
    is_chosen = row.get("kind") in ("flag", "choice", "choices")
    choices = tuple((value, words_of(value)) for value in values) if is_chosen else ()
    group, *path = row["code"].split(".")
    return Field(group, tuple(path), row["label"], row.get("kind", "text"), choices, row.get("hint", ""), row.get("width", 0))


FIELDS = tuple(map(_field_of, _LIST.rows))


def signed(facts: Facts) -> str:
    """The facts as the page carries them."""
    return signing.dumps(facts, salt="assess", compress=True)


def facts_from(text: str) -> Facts:
    """The facts that a page carried. Raises signing.BadSignature for what no page did."""
    facts: Facts = signing.loads(text, salt="assess")
    return facts


def add_person(facts: Facts) -> int:
    """Adds a person whose name nobody has yet; the place of the last."""
    people = facts["people"]
    if len(people) < MOST_PEOPLE:
        taken = {person.get("id") for person in people}
        people.append({"id": next(name for n in range(1, len(people) + 2) if (name := f"p{n}") not in taken)})
    return len(people) - 1


def _node(facts: Facts, group: str, place: int) -> Facts:
    """The object that a group of fields is about, of the person in this place; empty where there is none yet."""
    if group == "case":
        return facts
    person: Facts = facts["people"][place] if place < len(facts["people"]) else {}
    return next(iter(person.get(LISTS[group]) or ()), {}) if group in LISTS else person


def facts_form(facts: Facts, place: int) -> forms.Form:
    """The form of the case and of the person in this place. It checks nothing by itself; errors are added to it."""
    form = forms.Form({field.name: field_value(_node(facts, field.group, place), field) for field in FIELDS}, auto_id="%s")
    for field in FIELDS:
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


def fill_in(facts: Facts, place: int, typed: QueryDict) -> None:
    """Puts what was typed of the case and of the person in this place into the facts. Blank is not known, and is left out."""
    nodes: dict[str, Facts] = {group: {} for group in ("case", "person", *LISTS)}
    for field in FIELDS:
        node = nodes["person" if field.group == "answers" else field.group]
        if field.path[0] != "on":
            _put(node, field.path, _value(field, typed))
    _put(nodes["act"], ("on",), _span(typed.get("on_from", "").strip(), typed.get("on_to", "").strip()))
    people, person = facts["people"], nodes["person"]
    for group, name in LISTS.items():
        if nodes[group]:
            person[name] = [nodes[group]]
    if place < len(people):
        people[place] = person
    facts.clear()
    facts.update(nodes["case"], people=people)


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


def _put(node: Facts, path: tuple[str, ...], value: Any) -> None:
    if value is None:
        return
    *above, last = path
    for step in above:
        node = node.setdefault(step, {})
    node[last] = value


@dataclass(frozen=True)
class Fault:
    """Something that cannot be read: in which field, of the person in which place (None: of the case), and why."""

    place: int | None
    field: Field
    message: str


def plain(message: str) -> str:
    """A message of `read_encounter` in the words of the page."""
    for pattern, words in _LIST.header["plain"]:
        message = re.sub(pattern, words, message)
    return re.sub(r"(?<=must be one of: )[\w, ]+", lambda listed: ", ".join(map(words_of, listed[0].split(", "))), message)


def faults(facts: Facts, errors: Iterable[Mapping[str, str]]) -> list[Fault]:
    """The errors of `read_encounter` by field, saying what was typed."""
    result = []
    for error in errors:
        place, field = _place_and_field(error["path"])
        value = field_value(_node(facts, field.group, place or 0), field)
        typed = one_line(value)[:60] if isinstance(value, str) else ""
        message = f"{f'“{typed}” ' if typed else ''}{plain(error['message'])}"
        result.append(Fault(place, field, f"{message[:1].upper()}{message[1:]}"))
    return result


def _place_and_field(path: str) -> tuple[int | None, Field]:
    """The place of the person and the field that a path of `assess` is about, like `people[0].birth.age_min`."""
    place, groups = None, ["case"]
    match re.findall(r"\w+", path):
        case ["people", person, "exploitation" | "suspected_of" as name, _, *steps]:
            place, groups = int(person), [group for group, listed in LISTS.items() if listed == name]
        case ["people", person, *steps]:
            place, groups = int(person), ["person", "answers"]
        case steps:
            pass
    names = tuple(step for step in steps if not step.isdecimal())
    return place, next(field for field in FIELDS if field.group in groups and names in (field.path, field.path[:1]))

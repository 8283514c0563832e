"""In what order a referral is written: eleven sections of our own, whose questions fill the fields of the Home Office's form.

One answer is one text, as it is kept; of several values one stands on each line. `expanded` turns answers into the form's
fields, `collapsed` turns what is known of the fields into answers. Source: `form_sections.toml`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lodestar.casework.referral_forms.rules.form import Answers, Field, Form, form, listed
from lodestar.platform.text.reference_lists import reference_list

MOST = 15_000  # characters of an answer for which the form itself names no limit
OPENED = 100  # values up to which a list opens; a longer one is written into, and what fits is offered
# The dated lists of what is ticked while a referral is written.
TICKED = {"means_of_control": ("referral_forms", "means_of_control"), "sectors": ("referral_forms", "sectors")}
# Kinds of which an answer holds one value on each line.
SEVERAL = frozenset({"several", "ticks", "choices", "files", "people", "rows"})


@dataclass(frozen=True)
class Ask:
    """One question. `fields` are those it fills; `under` the question it hangs on and `when` the answer under which it is
    drawn (empty: whatever it is); `held` the page of the case that says it, where it is put right there alone; `common`
    whether several victims of one operation can share its answer. A list fills no field: `feeds` are the questions that text is
    made for from it, `columns` what each of at `most` so many lines holds, with how many characters fit, `each` one of its lines
    in a word, `from_list` the dated list of its options."""

    code: str
    label: str
    kind: str
    fields: tuple[Field, ...]
    options: tuple[tuple[str, str], ...]
    hint: str = ""
    picked_from: str = ""
    limit: int = MOST
    under: str = ""
    when: str = ""
    source: str = ""
    tonight: bool = False
    common: bool = False
    feeds: tuple[str, ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    each: str = ""
    most: int = 0
    from_list: str = ""

    @property
    def is_several(self) -> bool:
        """Whether its answer can hold more than one value."""
        return self.kind in SEVERAL

    def values(self, answer: str) -> tuple[str, ...]:
        """The values of an answer, in their order."""
        if not self.is_several:
            return (answer,) if answer.strip() else ()
        return tuple(value for value in answer.split("\n") if value.strip())

    def listed(self) -> tuple[str, ...]:
        """What may be picked, where it is picked from a list of the form."""
        return listed(self.picked_from) if self.picked_from else ()

    def in_words(self, answer: str) -> str:
        """An answer in words."""
        names = dict(self.options)
        if self.kind == "tick":
            return "Yes" if answer else ""
        if self.kind == "rows":
            return "; ".join(", ".join(filter(None, cells_of(row))) for row in self.values(answer))
        return ", ".join(names.get(value, value) for value in self.values(answer)) if self.is_several or names else answer


@dataclass(frozen=True)
class Section:
    """One page of ours. `is_account` where the coach looks over the writer's shoulder."""

    number: int
    code: str
    title: str
    asks: tuple[Ask, ...]
    is_account: bool

    def drawn(self, of: Form, answers: Answers) -> tuple[Ask, ...]:
        """What is on the page for these answers: what the form shows, and what hangs on a question that is on it."""
        shown = {field.name for field in of.visible_fields(answers)}
        drawn: dict[str, Ask] = {}
        for ask in self.asks:
            is_fed = any(field.name in shown for code in ask.feeds for field in asks(of.version)[code].fields)
            if is_fed or any(field.name in shown for field in ask.fields) or self._may_follow(ask, drawn, answers):
                drawn[ask.code] = ask
        return tuple(drawn.values())

    def _may_follow(self, ask: Ask, drawn: Collection[str], answers: Answers) -> bool:
        """Whether it hangs on a question that is on the page: under its answer, or on any while it has none."""
        above = next((question for question in self.asks if question.code == ask.under and question.code in drawn), None)
        return above is not None and (bool(ask.when) or not any(answers.get(field.name) for field in above.fields))

    def missing(self, of: Form, answers: Answers) -> tuple[Ask, ...]:
        """The questions of the page that the form wants an answer to and that have none."""
        shown = {field.name for field in of.visible_fields(answers)}
        return tuple(ask for ask in self.asks if is_missing(ask, shown, answers))


def is_missing(ask: Ask, shown: Collection[str], answers: Answers) -> bool:
    """Whether the form asks for this and nobody has answered. Of kinds of exploitation the form asks for one at least."""
    on_form = [field for field in ask.fields if field.name in shown]
    wanted = any(field.required for field in on_form) or (ask.kind == "ticks" and bool(on_form))
    return wanted and not any(answers.get(field.name) for field in on_form)


@cache
def sections(version: str) -> tuple[Section, ...]:
    """The sections in which a version of the form is written. Raises FileNotFoundError for one not held whole."""
    fields = {field.name: field for page in form(version).pages.values() for field in page.fields}
    return tuple(
        Section(number, row["code"], row["title"], tuple(_ask(ask_row, fields) for ask_row in row["ask"]), "is_account" in row)
        for number, row in enumerate(reference_list("referral_forms", "form_sections").rows, 1)
    )


@cache
def asks(version: str) -> Mapping[str, Ask]:
    """Every question of a version, by its code."""
    return {ask.code: ask for section in sections(version) for ask in section.asks}


def tonight(version: str, of: Form, answers: Answers) -> tuple[Ask, ...]:
    """The questions of a referral of the night, at most twelve, as far as the form shows them for these answers."""
    shown = {field.name for field in of.visible_fields(answers)}
    return tuple(ask for ask in asks(version).values() if ask.tonight and any(field.name in shown for field in ask.fields))


def expanded(version: str, answers: Mapping[str, str]) -> Answers:
    """Answers by question as answers by field of the form; what was not answered is left out."""
    field_answers: dict[str, str | Sequence[str]] = {}
    for code, text in answers.items():
        ask = asks(version).get(code)
        if ask and ask.fields and text.strip():
            field_answers.update(_fields(ask, text))
    return field_answers


def collapsed(version: str, field_answers: Mapping[str, str | Sequence[str]]) -> Mapping[str, str]:
    """What is known by field of the form, by question."""
    answers = {}
    for ask in asks(version).values():
        filled_fields = [(field.name, field_answers[field.name]) for field in ask.fields if field_answers.get(field.name)]
        if filled_fields and ask.kind == "ticks":
            answers[ask.code] = "\n".join(name for name, _ in filled_fields)
        elif filled_fields:
            values = [value if isinstance(value, str) else "\n".join(value) for _, value in filled_fields]
            answers[ask.code] = "\n".join(values) if ask.is_several else values[0]
    return answers


def _fields(ask: Ask, text: str) -> Iterator[tuple[str, str | Sequence[str]]]:
    values = ask.values(text)
    if ask.kind == "ticks":
        yield from ((value, "true") for value in values)
    elif ask.kind == "several":
        yield from zip((field.name for field in ask.fields), values, strict=False)
    elif ask.is_several:
        yield ask.fields[0].name, values
    else:
        yield from ((field.name, text) for field in ask.fields)


def cells_of(row: str) -> list[str]:
    """What one line of a list holds, column by column."""
    return row.split("\t")


def lists(version: str) -> tuple[Ask, ...]:
    """The questions that fill no field and from whose answers text is made."""
    return tuple(ask for ask in asks(version).values() if ask.feeds)


def _ask(ask_row: Mapping[str, Any], fields: Mapping[str, Field]) -> Ask:
    """A question. One that `feeds` others fills no field: its answer is lines, people of the case, or what is ticked."""
    code, own = ask_row["code"], tuple(fields[name] for name in _names(ask_row))
    listed_rows = reference_list(*TICKED[ask_row["from_list"]]).rows if "from_list" in ask_row else ()
    options = [(value, label) for value, label in ask_row.get("options", ())]
    options += [(row["code"], row["name"][:1].upper() + row["name"][1:]) for row in listed_rows]
    if own and not options:
        options = [(value, ask_row.get("words", {}).get(value, label)) for value, label in own[0].options]
    plain = ("hint", "under", "tonight", "common", "each", "most", "from_list")
    return Ask(
        code=code, label=ask_row["label"], kind=ask_row["kind"] if "kind" in ask_row else own[0].kind, fields=own,
        options=tuple(options), picked_from=(own[0].picked_from if own else None) or "",
        limit=(own[0].limit if own else None) or MOST, when=ask_row.get("is", ""), source=ask_row.get("held", ""),
        feeds=tuple(ask_row.get("feeds", ())), columns=tuple((label, most) for label, most in ask_row.get("columns", ())),
        **{name: ask_row[name] for name in plain if name in ask_row},
    )  # fmt: skip


def _names(ask_row: Mapping[str, Any]) -> list[str]:
    """The fields that a question fills: one for each of its options, so many of one name, or those that it names."""
    if "feeds" in ask_row:
        return []
    if "numbered" in ask_row:
        return [f"{ask_row['code']}-{number}" for number in range(1, ask_row["numbered"] + 1)]
    return [value for value, _ in ask_row.get("options", ())] or list(ask_row.get("fields", [ask_row["code"]]))

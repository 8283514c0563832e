"""The Home Office's referral form as data: which of its pages and fields are shown for given answers, in its own order; and what
goes to the Home Office: each field filled, missing, or kept back.

Source: `form_2026_04.toml`, its versions in `form_versions.toml`. Every referral keeps the version it was written for. What goes
is made from the answers each time, by the form's own branches, so that an answer given on another branch (before a consent was
taken back, before an age was put right) cannot go. A notification of an adult who has not agreed to be identified holds only the
fields of `form_anonymous.toml` (Modern Slavery Act 2015 s52(3))."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal

from lodestar.platform.names.highlighting import KnownValue, values_of_name, values_of_text
from lodestar.platform.questionnaires.rules import Condition, condition
from lodestar.platform.text.reference_lists import reference_list, rows_on

Answers = Mapping[str, str | Sequence[str]]  # by the name of the field; what was not answered is left out or empty

ENDS = "confirm"  # where the form shows what was answered
HELD_WHOLE = {"2026-04": ("referral_forms", "form_2026_04")}  # the list of each version that is held whole


@dataclass(frozen=True)
class Field:
    """One field: `limit` in characters (None: the form has none), `options` as (value, label), `picked_from` a list."""

    name: str
    kind: str
    label: str
    options: tuple[tuple[str, str], ...]
    picked_from: str | None
    required: bool
    limit: int | None
    shown_when: Condition | None

    def values(self) -> tuple[str, ...]:
        """What the form takes, where it takes only what it offers; empty where it takes any text."""
        if self.picked_from:
            return listed(self.picked_from)
        return tuple(value for value, _ in self.options)


@dataclass(frozen=True)
class Page:
    """One page of the form. `branches` are tried in order before `next`; one `passed_over` is not asked then."""

    code: str
    title: str
    fields: tuple[Field, ...]
    next: str
    branches: tuple[tuple[Condition, str], ...] = ()
    passed_over: tuple[Condition, str] | None = None

    def visible_fields(self, answers: Answers) -> tuple[Field, ...]:
        """Its fields that are shown for these answers."""
        return tuple(field for field in self.fields if field.shown_when is None or field.shown_when.holds(answers))

    def leads_to(self, answers: Answers) -> str:
        """The page that follows on these answers."""
        return next((to for condition, to in self.branches if condition.holds(answers)), self.next)


@dataclass(frozen=True)
class Form:
    """One version of the form, whole."""

    version: str
    first: str
    pages: Mapping[str, Page]

    def walk(self, answers: Answers) -> Iterator[Page]:
        """The pages shown for these answers, in the form's order."""
        code = self.first
        while code != ENDS:
            page = self.pages[code]
            if page.passed_over and page.passed_over[0].holds(answers):
                code = page.passed_over[1]
                continue
            yield page
            code = page.leads_to(answers)

    def visible_fields(self, answers: Answers) -> tuple[Field, ...]:
        """Every field shown for these answers."""
        return tuple(field for page in self.walk(answers) for field in page.visible_fields(answers))


def version_on(day: date) -> str | None:
    """The version of the form that was used on a day; None before the first that is known."""
    return next((row["code"] for row in rows_on("referral_forms", "form_versions", day)), None)


@cache
def form(version: str) -> Form:
    """A version that is held whole. Raises FileNotFoundError for one of which only the name is known."""
    if version not in HELD_WHOLE:
        raise FileNotFoundError(version)
    form_list = reference_list(*HELD_WHOLE[version])
    limit = form_list.header["text_limit"]
    pages = (_page(row, limit) for row in form_list.rows)
    return Form(form_list.header["version"], form_list.header["first"], {page.code: page for page in pages})


@cache
def listed(code: str) -> tuple[str, ...]:
    """The values of one of the form's lists, in its order. Raises KeyError for a list that is not there."""
    without = "countries" if code == "countries_but_the_uk" else code
    values = {row["code"]: row["values"] for row in reference_list("reference", "form_lists").rows}
    return tuple(value for value in values[without] if code == without or value != "United Kingdom")


def _page(row: Mapping[str, Any], limit: int) -> Page:
    passed = row.get("passed_over")
    return Page(
        code=row["code"],
        title=row["title"],
        fields=tuple(_field(field_row, row["title"], limit) for field_row in row["field"]),
        next=row["next"],
        branches=tuple((condition(branch), branch["to"]) for branch in row.get("branch", ())),
        passed_over=passed and (condition(passed), passed["to"]),
    )


def _field(row: Mapping[str, Any], title: str, limit: int) -> Field:
    typed = row["kind"] in ("text", "long_text", "email", "number")
    shown = row.get("shown_when")
    return Field(
        name=row["name"],
        kind=row["kind"],
        label=row.get("label", title),
        options=tuple((value, label) for value, label in row.get("options", ())),
        picked_from=row.get("list"),
        required=row.get("required", False),
        limit=(row.get("limit", limit) or None) if typed else None,
        shown_when=shown and condition({"field": shown["field"], "is": [shown["is"]]}),
    )


NOT_GIVEN = "Not given: the adult has not agreed to be identified"
NOT_KNOWN_YET = "Not given: it is not known yet whether they may be identified"
ROOM = 100_000  # bytes of one report that the Home Office's service keeps by default
WARN_AT = 80_000  # bytes at which the writer is told

CONSENT = "pv-want-to-submit-nrm"
NO_NOTICE = "Privacy Information Notice: not recorded whether it was given. Give it, and record that, before this is sent"
TEXTS = frozenset({"text", "long_text", "email", "telephone"})  # kinds of fields into which anything may be typed
PICKED_UP_TO = 100  # values up to which a list of the form is quicker to pick from than to paste into
State = Literal["filled", "missing", "blank", "kept_back", "unchecked"]
# Answers that are somebody's name, number or address, by what they are.
_OWN = {
    "name": (
        ("pv-name-first-name", "pv-name-last-name"), ("pv-name-nickname",), ("someone-else-first-name", "someone-else-last-name"),
    ),
    "telephone": (("pv-phone-number-yes",), ("pv-phone-number-alternative",)),
    "email": (("pv-contact-details-email-input",), ("someone-else-email-input",)),
    "reference": (("pv-ho-reference-type",), ("reported-to-police-crime-reference",), ("reference",)),
    "birth": (("pv-dob",),),
}  # fmt: skip
_ADDRESSES = (
    ("pv-contact-details-street", "pv-contact-details-postcode"), ("someone-else-street", "someone-else-postcode"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One field as it goes. `missing`: the form asks for it and nothing is known; `blank`: it need not be filled;
    `unchecked`: a text that may not leave yet. `remark`: what is recorded beside it and is no part of it."""

    field: Field
    state: State
    values: tuple[str, ...] = ()
    remark: str = ""

    @property
    def text(self) -> str:
        """What stands in the field, an option by the words the form shows for it."""
        labels = dict(self.field.options)
        return ", ".join(labels.get(value, value) for value in self.values)

    @property
    def is_shown(self) -> bool:
        """Whether there is something to copy, or to check first."""
        return bool(self.text.strip()) or self.state == "unchecked"

    @property
    def is_pasted(self) -> bool:
        """Whether it is typed into the form, and so has a button that copies it and nothing else; the others are picked there."""
        is_typed = self.field.kind in (*TEXTS, "number") or len(self.field.values()) > PICKED_UP_TO
        return is_typed and self.state != "unchecked"

    @property
    def is_too_long(self) -> bool:
        """Whether the form would refuse it for its length."""
        return self.field.limit is not None and len(self.text) > self.field.limit


@dataclass(frozen=True)
class FormPage:
    """One page of the form as it goes. `number` is its place among the pages shown, from 1."""

    number: int
    page: Page
    lines: tuple[Line, ...]


@lru_cache(maxsize=4096)  # days of facts may be any
def goes_anonymously(field: str, day: date) -> bool:
    """Whether a field goes on an anonymous notification, by the list of that day."""
    stem, _, number = field.rpartition("-")
    return any(
        field in row["fields"] or (number.isdecimal() and stem in row.get("numbered", ()))
        for row in rows_on("referral_forms", "form_anonymous", day)
    )


def outgoing(form: Form, answers: Answers, *, day: date, may_be_named: bool, instead: str = NOT_GIVEN) -> tuple[FormPage, ...]:
    """Everything that would go on `day`, page by page. `may_be_named` is the adult's own answer; it counts on a Duty to
    Notify alone, and whoever is referred is named. `instead` is said where the form demands words that are kept back."""
    kept_back = is_notification(answers) and not may_be_named
    says = instead if kept_back else ""
    leaves = []
    for number, page in enumerate(form.walk(answers), 1):
        lines = (
            _line(field, answers, "" if goes_anonymously(field.name, day) else says) for field in page.visible_fields(answers)
        )
        leaves.append(FormPage(number, page, tuple(lines)))
    return tuple(leaves)


def is_notification(answers: Answers) -> bool:
    """Whether these answers make a Duty to Notify: an adult who said no. One who may be a child is referred."""
    return answers.get("pv-under-age") == "no" and answers.get("pv-want-to-submit-nrm") == "no"


def missing(leaves: Iterable[FormPage]) -> tuple[Field, ...]:
    """What the form asks for and nobody has answered, in its order."""
    return tuple(line.field for leaf in leaves for line in leaf.lines if line.state == "missing")


def size(leaves: Iterable[FormPage]) -> int:
    """How many bytes of answers would go, in UTF-8: the measure of the meter."""
    return sum(len(f"{line.field.name}={line.text}\n".encode()) for leaf in leaves for line in leaf.lines)


def _line(field: Field, answers: Answers, instead: str) -> Line:
    """One field as it goes; kept back where something is said `instead`."""
    if instead:
        return Line(field, "kept_back", (instead,) if field.required and field.kind in TEXTS else ())
    answer = answers.get(field.name) or ()
    values = tuple(value for value in ((answer,) if isinstance(answer, str) else answer) if value.strip())
    if values:
        return Line(field, "filled", values, NO_NOTICE if field.name == CONSENT else "")
    return Line(field, "missing" if field.required else "blank")


def by_name(leaves: Iterable[FormPage]) -> Mapping[str, Line]:
    """The lines that go, by the name of their field."""
    return {line.field.name: line for leaf in leaves for line in leaf.lines}


def own_values(answers: Answers, person: str = "") -> Iterator[KnownValue]:
    """The answers of a form that are values of the person concerned; where they are written to is a place that never leaves."""
    for kind, groups in _OWN.items():
        for codes in groups:
            text = " ".join(filter(None, (_answer_text(answers, code) for code in codes)))
            if kind == "name":
                yield from values_of_name(text, "own", person)
            elif text:
                yield KnownValue(kind, text, "own", person)
    for codes in _ADDRESSES:
        address = "\n".join(filter(None, (_answer_text(answers, code) for code in codes)))
        yield from values_of_text(address, "place", person, is_address=True)


def _answer_text(answers: Answers, code: str) -> str:
    answer = answers.get(code) or ""
    return answer.strip() if isinstance(answer, str) else ", ".join(answer)

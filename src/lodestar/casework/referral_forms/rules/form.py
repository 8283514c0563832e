"""The Home Office's referral form as data: which of its pages and fields are shown for given answers, in its own order.

Source: `form_2026_04.toml`, its versions in `form_versions.toml`. Every referral keeps the version it was written for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

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

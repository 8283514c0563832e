"""Fields whose errors say what was typed and what to do. None is compulsory."""

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.kernel.reference_lists import rows_on
from lodestar.kernel.typed import one_line, several_lines
from lodestar.kernel.uk_dates import CannotRead, Written, read_age, read_birth, read_when

TOO_LONG = "This is {length} characters long, and {most} fit. Shorten it and save again; it is still here"
NOT_AN_ANSWER = "“%(value)s” is not one of the answers. Choose one, or leave it blank"
SHOWN = 40  # characters of what was typed that an error repeats

Choices = Sequence[tuple[str, Any]]


def _repeated(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


class Line(forms.CharField):
    """Words on one line, in any script, at most `most` characters."""

    def __init__(self, label: str, most: int = 200, **options: Any) -> None:
        super().__init__(label=label, required=False, **options)
        self.most = most

    def to_python(self, value: Any) -> str:
        return self._fit(one_line(str(value or "")))

    def _fit(self, text: str) -> str:
        if len(text) > self.most:
            raise forms.ValidationError(TOO_LONG.format(length=f"{len(text):,}", most=f"{self.most:,}"))
        return text


class Words(Line):
    """Words on several lines."""

    def __init__(self, label: str, most: int, **options: Any) -> None:
        super().__init__(label, most, widget=forms.Textarea, **options)

    def to_python(self, value: Any) -> str:
        return self._fit(several_lines(str(value or "")))


class Years(Line):
    """An age in completed years; None when blank."""

    def clean(self, value: Any) -> int | None:
        try:
            return read_age(_repeated(one_line(str(value or ""))))
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from None


class Born(Line):
    """A date of birth as far as it is known: 2009, 2009-09 or 2009-09-04; empty when blank."""

    def clean(self, value: Any) -> str:
        text = one_line(str(value or ""))
        try:
            return read_birth(_repeated(text), timezone.localdate())
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from None


class When(Line):
    """When it was, as officers write it; None when blank."""

    def clean(self, value: Any) -> Written | None:
        text = one_line(str(value or ""))
        try:
            return read_when(_repeated(text), timezone.now())
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from None


class PoliceAreas(Line):
    """The slugs of police areas, from their names with commas between; empty when blank. They are those of the `day` that the
    form sets: areas merge, and one was called by its name of then."""

    day: date

    def clean(self, value: Any) -> list[str]:
        rows = rows_on("reference", "police_areas", self.day)
        known = {row["name"].casefold(): row["slug"] for row in rows}
        found: list[str] = []
        for name in filter(None, (part.strip() for part in one_line(str(value or "")).split(","))):
            slug = known.get(name.casefold()) or _begun(name.casefold(), known)
            if slug is None:
                raise forms.ValidationError(_no_area(name, list(known)))
            found.append(slug)
        return list(dict.fromkeys(found))


def _begun(name: str, known: dict[str, str]) -> str | None:
    """The one area whose name begins so, if it is one."""
    begun = [slug for full, slug in known.items() if full.startswith(name)]
    return begun[0] if len(begun) == 1 else None


def _no_area(name: str, known: list[str]) -> str:
    near = get_close_matches(name.casefold(), known, n=1)
    like = f"Is it {near[0].title()}? Write the name" if near else "Write a name like Norfolk"
    return f"“{_repeated(name)}” is no police area. {like}, or leave it blank"


def area_names(slugs: Sequence[str], day: date) -> str:
    """The names of police areas as the field above reads them on a day."""
    names = {row["slug"]: row["name"] for row in rows_on("reference", "police_areas", day)}
    return ", ".join(names.get(slug, slug) for slug in slugs)


def one_of(label: str, choices: Choices, **options: Any) -> forms.ChoiceField:
    """One answer of a few, none of them chosen for the writer."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_AN_ANSWER},
        **options,
    )


def picked(label: str, choices: Choices, **options: Any) -> forms.ChoiceField:
    """One answer of many, from a list that opens."""
    return forms.ChoiceField(
        label=label, choices=choices, required=False, error_messages={"invalid_choice": NOT_AN_ANSWER}, **options
    )


def some_of(label: str, choices: Choices, **options: Any) -> forms.MultipleChoiceField:
    """Any number of ticks, none of them made for the writer."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_AN_ANSWER},
        **options,
    )

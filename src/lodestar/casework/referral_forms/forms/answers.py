"""The fields of a section: one for each question, by its kind. None is compulsory; what the form would not take is said in
words."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.validators import EmailValidator

from lodestar.casework.referral_forms.rules.sections import OPENED, Ask, cells_of
from lodestar.platform.design.forms.fields import LinesField, WordsField
from lodestar.platform.design.words import quoted
from lodestar.platform.questionnaires.forms import NumberField, WholeDayField
from lodestar.platform.text.sorting import folded
from lodestar.platform.text.text_normalise import one_line

TAKEN_BACK = "-"  # the choice that takes a choice back
ALIKE = 0.75  # from here a name of the list is offered for what was written


class EmailField(WordsField):
    """An address of electronic mail."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        validate = EmailValidator(f"{quoted(text)} is no e-mail address. Write it like team@example.police.uk, or leave it blank")
        if text:
            validate(text)
        return text


class Radios(forms.RadioSelect):
    """Choices of which one can be taken back."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return "" if value == TAKEN_BACK else value


class PickedField(WordsField):
    """One value of a list of the form, written or picked."""

    def __init__(self, listed: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self.listed = listed

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        return _picked(text, self.listed) if text else ""


class SeveralField(LinesField):
    """Several values of a list of the form, one on each line; cleaned to the same, as the list has them."""

    def __init__(self, listed: Sequence[str], most: int, **options: Any) -> None:
        super().__init__(**options)
        self.listed, self.most = listed, most

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
        selected = list(dict.fromkeys(_picked(line, self.listed) for line in lines))
        if len(selected) > self.most:
            raise forms.ValidationError(f"These are {len(selected)}, and {self.most} fit. Keep those that tell most")
        return "\n".join(selected)


def _picked(text: str, listed: Sequence[str]) -> str:
    """The value of the list that is meant: its whole name, one of two names of a place, or how only one of them begins."""
    names = {folded(part): value for value in listed for part in (*value.split(" / "), value)}
    wanted = folded(text)
    if wanted in names:
        return names[wanted]
    begun = {value for name, value in names.items() if wanted and name.startswith(wanted)}
    if len(begun) == 1:
        return begun.pop()
    near = [names[name] for name in get_close_matches(wanted, list(names), n=2, cutoff=ALIKE)] or sorted(begun)[:3]
    like = f"Is it {' or '.join(dict.fromkeys(near))}? " if near else ""
    other = ", or Unknown" if "Unknown" in listed else ""
    raise forms.ValidationError(
        f"{quoted(text)} is not on the Home Office’s list. {like}Write it as the list has it{other}, or leave it blank"
    )


class Rows(forms.TextInput):
    """The lines of a list: every cell is sent under the name of the question, line by line. Kept as one text, a line each."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        cells = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        if len(cells) < self.columns:
            return "\n".join(str(cell) for cell in cells)  # as it is kept, not as a page sends it
        tidy = [one_line(cell) for cell in cells]
        rows = [tidy[first : first + self.columns] for first in range(0, len(tidy), self.columns)]
        return "\n".join("\t".join(row) for row in rows if any(row))


class RowsField(forms.CharField):
    """A list of lines. What is too long for its column is said, and where."""

    def __init__(self, ask: Ask, **options: Any) -> None:
        super().__init__(required=False, strip=False, widget=Rows(len(ask.columns)), **options)
        self.ask = ask

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        for number, row in enumerate(self.ask.values(text), 1):
            for (label, most), cell in zip(self.ask.columns, cells_of(row), strict=False):
                if len(cell) > most:
                    raise forms.ValidationError(
                        f"{self.ask.each} {number}, {label}: this has {len(cell):,} characters, and {most} fit. Shorten it, or "
                        "write the rest below"
                    )
        return text


def field_of(ask: Ask, picked: Sequence[tuple[str, str]], label: str, *, is_answered: bool = False) -> forms.Field:
    """The field in which a question is answered: `picked` from are the case's papers or people. A choice that `is_answered`
    can be taken back."""
    if ask.kind == "rows":
        return RowsField(ask, label=label)
    if ask.kind == "choice":
        offered = [*ask.options, (TAKEN_BACK, "Not answered after all")] if is_answered else ask.options
        return forms.ChoiceField(label=label, choices=offered, required=False, widget=Radios)
    if ask.kind in ("ticks", "choices", "files", "people"):
        choices = list(picked if ask.kind in ("files", "people") or ask.from_list else ask.options)
        return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)
    if ask.kind == "tick":
        return forms.BooleanField(label=label, required=False)
    if ask.kind in ("list", "several"):
        return _listed(ask, label)
    kinds: Mapping[str, type[WordsField]] = {"long_text": LinesField, "email": EmailField, "number": NumberField}
    if ask.kind == "day":
        return WholeDayField(label=label, help_text="")
    return kinds.get(ask.kind, WordsField)(label=label, max_length=ask.limit)


def _listed(ask: Ask, label: str) -> forms.Field:
    listed = ask.listed()
    if ask.kind == "several":
        return SeveralField(listed, len(ask.fields), label=label, max_length=ask.limit)
    if len(listed) <= OPENED:
        choices = [("", "Not answered"), *((value, value) for value in listed)]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    return PickedField(listed, label=label, max_length=ask.limit)

"""Who may see a case and has it: sealing and giving it; and its operation."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from lodestar.cases.forms.fields import LinesField


def _reason(label: str, hint: str) -> LinesField:
    return LinesField(label=label, help_text=hint, max_length=400, wanted="Write why, in a few words")


class Seal(forms.Form):
    """Why a case is sealed, and its named owners."""

    reason = _reason(
        "Why does it have to be sealed?", "For example: someone in the force is connected to the people in it"
    )
    owners = forms.MultipleChoiceField(
        label="Its owners", help_text="Tick at least two. Only they will know that it exists", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    others = forms.CharField(
        label="Owners who are not in the list",
        help_text="Their user names, with a space between",
        required=False,
        max_length=400,
    )

    def __init__(self, *arguments: Any, colleagues: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["owners"].choices = [(str(user), name) for user, name in colleagues]  # type: ignore[attr-defined]  # a choice field


class Unseal(forms.Form):
    """Why a case need not be sealed any more."""

    reason = _reason("Why may it be unsealed?", "Its unit and force-wide roles will see it again")


class _Colleague(forms.ChoiceField):
    """A choice of colleagues. Who was offered when the page was drawn may have been looked for by name; whether they may
    have the case is looked at again when it is given."""

    def valid_value(self, value: Any) -> bool:
        return True


class Give(forms.Form):
    """The colleague who is to see and work the case."""

    whom = "colleague"
    to = _Colleague(label="A colleague of the unit", required=False)
    other = forms.CharField(
        label="Or someone else, by user name", help_text="As they sign in", required=False, max_length=80
    )

    def __init__(
        self, *arguments: Any, colleagues: Iterable[tuple[UUID, str]], is_found: bool = False, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        if is_found:
            self.fields["to"].label = "Which of them?"
        choices = [("", "Choose one"), *((str(user), name) for user, name in colleagues)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """One of them."""
        answers = self.cleaned_data
        if not self.errors and bool(answers.get("to")) == bool(answers.get("other", "").strip()):
            self.add_error("to", f"Choose one {self.whom}, from the list or by user name")
        return answers


class Interim(Give):
    """The officer who is to have the case meanwhile."""

    whom = "officer"
    to = _Colleague(label="An officer of the unit", required=False)

    def __init__(self, *arguments: Any, is_sealed: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if is_sealed:
            self.fields["to"].label = "One of its named owners"
            self.fields["other"].help_text = "As they sign in. This case is sealed: only a named owner"


class Operation(forms.Form):
    """The operation a case belongs to."""

    name = forms.CharField(
        label="Name of the operation",
        help_text="Cases with the same name belong together. Leave blank to remove the case",
        required=False,
        max_length=120,
    )

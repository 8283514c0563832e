"""Who may see a case: sealing it, giving it, reaching it in an emergency; and the operation it belongs to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

REASON = "Write why, in a few words"


def _reason(label: str, hint: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=400, widget=forms.Textarea)


class _WithReason(forms.Form):
    """A form that does nothing without its reason."""

    def clean_reason(self) -> str:
        """The reason, which is asked for."""
        reason: str = self.cleaned_data["reason"].strip()
        if not reason:
            raise forms.ValidationError(REASON)
        return reason


class Seal(_WithReason):
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


class Unseal(_WithReason):
    """Why a case need not be sealed any more."""

    reason = _reason("Why may it be unsealed?", "Its unit and force-wide roles will see it again")


class _Colleague(forms.ChoiceField):
    """A choice of colleagues. Who was offered when the page was drawn may have been looked for by name; whether they may
    have the case is looked at again when it is given."""

    def valid_value(self, value: Any) -> bool:
        return True


class Give(forms.Form):
    """The colleague who is to see and work the case."""

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
        """One colleague."""
        told = self.cleaned_data
        if not self.errors and bool(told.get("to")) == bool(told.get("other", "").strip()):
            self.add_error("to", "Choose one colleague, from the list or by user name")
        return told


class Operation(forms.Form):
    """The operation a case belongs to."""

    name = forms.CharField(
        label="Name of the operation",
        help_text="Cases with the same name belong together. Leave blank to remove the case",
        required=False,
        max_length=120,
    )


class Emergency(_WithReason):
    """Why someone with no part in a case has to see it now."""

    reason = _reason(
        "Why do you need it now?", "For whose safety, and what you will do. Data protection reads this at once"
    )

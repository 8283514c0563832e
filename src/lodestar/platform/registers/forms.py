"""What narrows the list of a register, and the next move of one row."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from lodestar.platform.accounts.queries import called_at_work
from lodestar.platform.design.forms.fields import LinesField, WhenField, WordsField, asked
from lodestar.platform.registers.models import Filter, Register, RegisterRow
from lodestar.platform.registers.queries import ALL, LATE, OPEN


class FilterForm(forms.Form):
    """The boxes over a list: state, those of the register, and the owner. What is not among the choices narrows nothing."""

    def __init__(self, *arguments: Any, register: Register, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.filters = (*register.filters, Filter("owner", "Owner", "owner__name__icontains"))
        states = ((OPEN, "Open"), (LATE, "Late"), *register.model.rules.states.items(), (ALL, "All"))
        self.fields["show"] = forms.ChoiceField(label="Status", choices=states, required=False)
        for row in self.filters:
            choices = [("", "All"), *row.choices]
            box = forms.ChoiceField(choices=choices, required=False) if row.choices else WordsField(max_length=60)
            self.fields[row.name], box.label = box, row.label

    def narrowing(self) -> dict[str, str]:
        """What was chosen or typed, by the columns of the rows."""
        self.is_valid()
        return {row.column: self.cleaned_data.get(row.name, "") for row in self.filters}


class MoveForm(forms.Form):
    """What happened to a row; a register may add fields: `sets` are those that come from columns of the row, or go to the action,
    as they are, and `columns` says what else the move sets."""

    sets: ClassVar[Sequence[str]] = ()
    no_reason: ClassVar[str] = "Choose the reason or outcome"

    to = forms.ChoiceField(label="What happened?", widget=forms.RadioSelect, **asked("Say what happened"))
    reason = forms.ChoiceField(label="Reason or outcome", required=False)
    moved_at = WhenField(label="When")
    because = LinesField(label="Note", max_length=400)
    owner = WordsField(label="Give to a colleague", help_text="Their name or user name. Blank: no change", max_length=80)

    def __init__(self, *arguments: Any, register: Register, row: RegisterRow, **options: Any) -> None:
        initial = {name: str(getattr(row, name, "") or "") for name in self.sets}
        super().__init__(*arguments, **{"initial": initial} | options)
        self.row: Any = row
        self.changes = register.changes
        following = row.rules.following(row.state)
        words = {to: row.rules.words(row.state, to) for to in following}
        reasons = [(words[to], list(row.rules.reasons[to].items())) for to in following if to in row.rules.reasons]
        self.fields["to"].choices = list(words.items())  # type: ignore[attr-defined]  # a choice field
        self.fields["reason"].choices = [("", "Choose"), *reasons]  # type: ignore[attr-defined]  # the same
        if not reasons:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """A reason that the state takes, and a colleague who is there."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        reasons = self.row.rules.reasons.get(answers.get("to", ""))
        if reasons and answers.get("reason") not in reasons:
            self.add_error("reason", self.no_reason)
        colleague = called_at_work(answers["owner"], self.changes) if answers.get("owner") else None
        if answers.get("owner") and colleague is None:
            self.add_error("owner", "No colleague at work with this name may have it")
        answers["owner"] = colleague.user_id if colleague else None
        return answers | {"reason": answers.get("reason", "") if reasons else ""}

    def columns(self) -> dict[str, Any]:
        """What the move sets besides the state."""
        owner = {"owner_id": self.cleaned_data["owner"]} if self.cleaned_data["owner"] else {}
        return owner | {name: self.cleaned_data[name] for name in self.sets}

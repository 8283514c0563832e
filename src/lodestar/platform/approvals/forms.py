"""What somebody decides of what another asked, and why."""

from typing import Any

from django import forms

from lodestar.platform.design.forms.fields import LinesField, asked


class DecisionForm(forms.Form):
    """Yes or no to a `question` that comes with the words of its yes, and the reason."""

    approved = forms.ChoiceField(choices=(), widget=forms.RadioSelect, **asked("Say yes or no"))
    because = LinesField(
        label="Why?", help_text="What you weighed, and the legal power, if one is used", max_length=400,
        wanted="Write why, in a few words",
    )  # fmt: skip

    def __init__(self, *arguments: Any, question: tuple[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["approved"].label, yes = question
        self.fields["approved"].choices = [("yes", yes), ("no", "No")]  # type: ignore[attr-defined]  # a choice field

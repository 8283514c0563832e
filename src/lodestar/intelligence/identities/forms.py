"""Settling whether two records are of one human; answering an alert; looking a code up."""

from collections.abc import Iterable
from typing import Any

from django import forms

from lodestar.platform.design.forms.fields import LinesField, WordsField

LONGEST = 400
WHY = "Tick why, or write it in your words"


class Settle(forms.Form):
    """Why two records are of one human: reasons to tick, and words."""

    reasons = forms.MultipleChoiceField(
        label="What matches?",
        help_text="Tick what you checked and found the same",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = LinesField(
        label="Why, in your words",
        help_text="Such as: she showed the same scar and named the same sister. No address here",
        max_length=LONGEST,
    )

    def __init__(self, *arguments: Any, reasons: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["reasons"].choices = list(reasons)  # type: ignore[attr-defined]  # a choice field


class Unlink(forms.Form):
    """Why a link is taken back."""

    words = LinesField(
        label="Why undo the link?",
        help_text="Such as: two sisters, born a year apart. It stays with the link",
        max_length=LONGEST,
        wanted="Write why, in a few words",
    )


class Answer(forms.Form):
    """What somebody did about an alert. Not compulsory: having seen it is something too."""

    did = LinesField(
        label="What did you do?",
        help_text="Such as: rang PC Khan, she is at the front counter until I get there. No address here",
        max_length=1000,
    )


class Code(forms.Form):
    """A code that an officer quotes on the telephone."""

    code = WordsField(label="The code an officer quotes", max_length=20)

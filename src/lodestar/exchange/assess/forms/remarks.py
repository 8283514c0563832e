"""That a rule was read against its source, that something is wrong, and the answer to whoever said so."""

from collections.abc import Sequence
from typing import Any

from django import forms

WHAT_IS_WRONG = {"required": "Say in a few words what is wrong"}


class RuleWrong(forms.Form):
    """What is wrong with a rule."""

    wrong = forms.CharField(
        label="This is wrong because",
        help_text="A rough description is fine. Everyone who reads the rule sees it: do not name a person or case",
        max_length=1000,
        widget=forms.Textarea,
        error_messages=WHAT_IS_WRONG,
    )


class PageWrong(RuleWrong):
    """What is wrong with a page."""

    wrong = forms.CharField(
        label="What is wrong?", help_text="A rough description will do. Name no person or case", max_length=1000,
        widget=forms.Textarea, error_messages=WHAT_IS_WRONG,
    )  # fmt: skip
    page = forms.CharField(
        label="On which page?",
        help_text="Like \u201cthe page of a person\u201d. Or leave it blank",
        required=False,
        max_length=120,
    )
    field_order = ("page", "wrong")


class Confirm(forms.Form):
    """That somebody read the source of one dated row of a rule, and which source."""

    row = forms.ChoiceField(label="Which of its dates?", widget=forms.RadioSelect, required=False)
    source_read = forms.CharField(
        label="What did you read?",
        help_text="The document, its edition or date, and the paragraph. It is shown with your name",
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": "Write which document you read, and where in it"},
    )

    def __init__(self, *arguments: Any, rows: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["row"].choices = rows  # type: ignore[attr-defined]  # a choice field
        self.last = rows[-1][0]

    def clean_row(self) -> str:
        """The row chosen; of one alone, that."""
        return self.cleaned_data["row"] or self.last


class Answer(forms.Form):
    """The answer to someone who said that something is wrong."""

    answer = forms.CharField(
        label="Your answer",
        help_text="It is shown with your name. Say what was changed, or why not",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Write an answer"},
    )

"""What the competent authority decided: which decision, its day, and the day of its notice."""

from collections.abc import Iterable
from typing import Any

from django import forms

from lodestar.cases.forms.day import DayField
from lodestar.referrals.models import KINDS


class Decided(forms.Form):
    """One decision. A day left blank is today; the day of the notice may be left blank until it is known."""

    kind = forms.ChoiceField(
        label="What was decided?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided"},
    )
    decided_on = DayField(label="Day of the decision", help_text="Like 9 March 2026, or yesterday. Blank is today")
    notice_on = DayField(
        label="Day of the notice or letter", help_text="If it is another. The limits run from it"
    )
    replaces = forms.ChoiceField(label="Does it put right one that was recorded by mistake?", required=False)

    def __init__(self, so_far: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **options})
        self.fields["replaces"].choices = [("", "No, it is another decision"), *so_far]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> None:
        """No notice comes before what it is a notice of."""
        decided, notice = self.cleaned_data.get("decided_on"), self.cleaned_data.get("notice_on")
        if decided and notice and notice < decided:
            self.add_error("notice_on", "The notice cannot be of a day before the decision. Look at both again")

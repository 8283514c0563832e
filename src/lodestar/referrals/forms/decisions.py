"""What came of a referral: shape and wording."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.cases.forms.fields import DayField
from lodestar.kernel.days import london_date
from lodestar.kernel.uk_dates import CannotRead, read_coming
from lodestar.referrals.models.decisions import GROUNDS, KINDS
from lodestar.referrals.rules.decisions import could_disqualify

RECONSIDER, DISQUALIFY = GROUNDS[:2], GROUNDS[2:]
TOO_EARLY = (
    "Disqualification did not exist before 30 January 2023 (Nationality and Borders Act 2022 s63). Check the date or "
    "the letter"
)
NOT_A_DAY = "“{}” is not a day. Write it like 9 March 2026, or leave it blank"


class ComingDayField(DayField):
    """A day that may be to come, as 9 March 2026; cleaned to a date, None when blank."""

    def clean(self, value: Any) -> date | None:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return self._coming(str(value))

    def _coming(self, typed: str) -> date:
        try:
            coming = read_coming(f"{typed} 0001", timezone.now())
        except CannotRead:
            coming = None
        if coming is None:
            raise forms.ValidationError(NOT_A_DAY.format(typed))
        return london_date(coming)


class Decided(forms.Form):
    """One thing that came of a referral. A day left blank is today; the day of the notice may be left blank until it is
    known."""

    kind = forms.ChoiceField(
        label="What was the outcome?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome"},
    )
    answer_by = ComingDayField(
        label="Needed by when?", help_text="As the letter says. Leave blank for five working days from its date"
    )
    basis = forms.ChoiceField(label="On which ground?", choices=RECONSIDER, required=False, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label="What does the letter say?", choices=DISQUALIFY, required=False, widget=forms.RadioSelect
    )
    decided_on = DayField(label="On which day?", help_text="Like 9 March 2026, or yesterday. Leave blank for today")
    notice_on = DayField(
        label="Day of the notice or letter", help_text="If it is another. The limits run from it"
    )
    replaces = forms.ChoiceField(label="Does it correct one recorded by mistake?", required=False)

    def __init__(self, so_far: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **options})
        self.fields["replaces"].choices = [("", "No, it is another decision"), *so_far]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> None:
        """No notice comes before what it is a notice of."""
        decided, notice = self.cleaned_data.get("decided_on"), self.cleaned_data.get("notice_on")
        if decided and notice and notice < decided:
            self.add_error("notice_on", "The notice cannot be of a day before the decision. Look at both again")
        kind, by = self.cleaned_data.get("kind"), self.cleaned_data.get("answer_by")
        day = decided or london_date(timezone.now())
        if kind == "info_asked" and by and by < day:
            self.add_error("answer_by", "It cannot be wanted before it was asked for. Look at both days again")
        if kind == "disqualified" and not could_disqualify(day):
            self.add_error("decided_on", TOO_EARLY)

    def ground_and_deadline(self) -> dict[str, Any]:
        """The ground, and the day it is wanted by, of the kinds that have them."""
        answers = self.cleaned_data
        grounds = {"rec_asked": answers["basis"], "disqualified": answers["ground"]}
        return {"ground": grounds.get(answers["kind"], ""), "answer_by": answers["answer_by"]}

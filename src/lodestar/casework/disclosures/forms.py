"""What something recorded is used for; and when somebody outside was told what was approved."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.casework.disclosures.models import DisclosureApproval
from lodestar.casework.disclosures.presenters import USES, crossed_words
from lodestar.casework.disclosures.rules import TOO_LATE, approval_status, purpose_changes
from lodestar.platform.design.forms.fields import WhenField, asked
from lodestar.platform.text.text_normalise import several_lines
from lodestar.platform.time.uk_dates import WrittenInstant


class ForAPurpose(forms.Form):
    """What it is for. A use outside the purpose it was recorded for is named, and wants its own reason."""

    use = forms.ChoiceField(
        label="What is it used for?", choices=USES, widget=forms.RadioSelect, **asked("Choose what it is for")
    )
    crossing = forms.CharField(
        label="If that is not what it was recorded for: why is it used for it?",
        help_text="The law that allows it, why nothing less would do, and whether they know",
        required=False,
        max_length=400,
        widget=forms.Textarea,
    )
    recorded_for: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Why it is used for that is asked where it crosses a purpose."""
        answers = super().clean() or self.cleaned_data
        answers["crossing"] = several_lines(answers.get("crossing", ""))
        use = answers.get("use", "")
        crossed = purpose_changes(self.recorded_for, use) if use else ()
        if crossed and not answers["crossing"] and "crossing" not in self.errors:
            self.add_error("crossing", crossed_words(crossed, use))
        return answers


OF_BEFORE = "Like yesterday 2230, or 3 March 2026 1405"
WANTS_WHEN = "Write when it was disclosed"
WANTS_DAY = "Write the day and the time, like 3 March 2026 1405"


class ApprovedDisclosure(forms.Form):
    """When they were told what was approved to be told: immigration, or whoever is told a safe address."""

    when = WhenField(label="When was it disclosed?")

    def __init__(self, *arguments: Any, row: DisclosureApproval, now: datetime, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.has_lapsed = approval_status(approved=row.approved, decided_at=row.decided_at, when=now) == TOO_LATE
        if self.has_lapsed:
            self.fields["when"].help_text = OF_BEFORE

    def clean_when(self) -> WrittenInstant | None:
        """A day and a time, where four figures alone may be this year; once the approval does not hold, never *now*."""
        written: WrittenInstant | None = self.cleaned_data["when"]
        if written is None and self.has_lapsed:
            raise forms.ValidationError(WANTS_WHEN)
        is_a_year = written is not None and written.words == str(timezone.localdate().year)
        if written is not None and (is_a_year or not (written.names_day and written.exact)):
            raise forms.ValidationError(WANTS_DAY)
        return written

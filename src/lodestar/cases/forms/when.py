"""When something happened, as officers write it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.kernel.uk_dates import CannotRead, Written, read_when

HINT = "Like 0225, yesterday 2230, or 3 March 2026 1405. Leave blank for now"


class WhenField(forms.CharField):
    """A day and time that is not to come; cleaned to what it says, None when blank. A day alone is enough."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", HINT)
        super().__init__(required=False, max_length=60, **options)

    def clean(self, value: Any) -> Written | None:
        try:
            return read_when(super().clean(value), timezone.now())
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from None


def at_and_words(written: Written | None, now: datetime) -> tuple[datetime, str]:
    """The instant to record, and the words typed where they were no whole instant. Blank is now; of a day alone its end, so
    that nothing is taken for done sooner than it may have been."""
    if written is None:
        return now, ""
    return written.latest(now), "" if written.exact else written.words[:40]

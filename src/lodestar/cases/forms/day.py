"""Days as officers write them: a whole day, or as much of one as is known."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.kernel.days import london_date
from lodestar.kernel.uk_dates import CannotRead, read_day


class DayField(forms.CharField):
    """One whole day that is not to come, as 9 March 2026 or yesterday; cleaned to a date, None when blank."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Like 9 March 2026, or yesterday")
        super().__init__(required=False, max_length=60, **options)

    def clean(self, value: Any) -> date | None:
        found = _read(super().clean(value))
        if found and len(found) < len("2026-03-09"):
            raise forms.ValidationError(f"“{value}” has no day. Write it like 9 March 2026")
        return date.fromisoformat(found) if found else None


class PartialDayField(forms.CharField):
    """A day, or only its month or year, not to come; cleaned to 2026-03-09, 2026-03 or 2026, nothing when blank."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Like 2 March 2026, or only March 2026 or 2026")
        super().__init__(required=False, max_length=60, **options)

    def clean(self, value: Any) -> str:
        return _read(super().clean(value))


def _read(typed: str) -> str:
    try:
        return read_day(typed, london_date(timezone.now()))
    except CannotRead as refusal:
        raise forms.ValidationError(str(refusal)) from None

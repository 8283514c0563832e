"""Days as officers write them: a whole day, or as much of one as is known."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.kernel.days import london_date
from lodestar.kernel.written import CannotRead, read_when

NOT_A_DAY = "“{}” is not a day. Write it like 9 March 2026, or leave it blank"
NOT_YET = "“{}” has not come yet. Write when it was, or leave it blank"
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_MONTH = re.compile(r"(?:19|20)\d\d-\d{1,2}|[a-z]+ (?:19|20)\d\d", re.ASCII)
_CLOCK = re.compile(r"\d{1,4}|\d{1,2}[:.h]\d\d.*|\d{1,4} ?[ap]m|\d{4} ?hrs?", re.ASCII)


def _words(typed: str) -> str:
    return " ".join(typed.lower().replace(",", " ").split())


class DayField(forms.CharField):
    """One whole day that is not to come, as 9 March 2026 or yesterday; cleaned to a date, None when blank."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Like 9 March 2026, or yesterday")
        super().__init__(required=False, max_length=60, **options)

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        words = _words(typed)
        if _YEAR.fullmatch(words) or _MONTH.fullmatch(words):
            raise forms.ValidationError(f"“{typed}” has no day. Write it like 9 March 2026")
        return _read(typed)


class PartialDayField(forms.CharField):
    """A day, or only its month or year, not to come; cleaned to 2026-03-09, 2026-03 or 2026, nothing when blank."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Like 2 March 2026, or only March 2026 or 2026")
        super().__init__(required=False, max_length=60, **options)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        words = _words(typed)
        if _YEAR.fullmatch(words):
            if int(words) > london_date(timezone.now()).year:
                raise forms.ValidationError(NOT_YET.format(typed))
            return words
        found = _read(typed)
        if found is None:
            return ""
        return found.isoformat()[:7] if _MONTH.fullmatch(words) else found.isoformat()


def _read(typed: str) -> date | None:
    if _CLOCK.fullmatch(_words(typed)):
        raise forms.ValidationError(NOT_A_DAY.format(typed))
    try:
        found = read_when(typed, timezone.now())
    except CannotRead as refusal:
        words = NOT_YET if "not come yet" in str(refusal) else NOT_A_DAY
        raise forms.ValidationError(words.format(typed)) from None
    return london_date(found.at) if found else None

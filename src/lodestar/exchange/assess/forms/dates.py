"""The two dates on which the facts of a made-up case are met."""

import re
from datetime import UTC, datetime
from typing import Any

from django import forms

from lodestar.platform.design.forms.fields import WordsField
from lodestar.platform.time.fuzzy import FIRST_YEAR, LAST_YEAR
from lodestar.platform.time.uk_dates import CannotRead, read_coming

NOON = "1200"
_EARLIEST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
NOT_A_DAY = "“{typed}” is not a day. Write it like 2 March 2026"
NOT_A_TIME = "“{typed}” is not a time. Write it like 2340, or leave it blank for noon"


class Dates(forms.Form):
    """Two days, each with a time of day in London. Without the second there is one answer and nothing to compare."""

    first_day = WordsField(label="First day", help_text="Like 2 March 2026", max_length=40)
    first_time = WordsField(label="Time", help_text="Blank is noon", max_length=10)
    second_day = WordsField(label="Second day", help_text="Blank for one answer", max_length=40)
    second_time = WordsField(label="Time", help_text="Blank is noon", max_length=10)

    def clean(self) -> dict[str, Any]:
        """`first` and `second` as instants; the second may be None."""
        cleaned = self.cleaned_data
        cleaned["first"], cleaned["second"] = self._instant("first"), self._instant("second")
        if not cleaned.get("first_day") and "first_day" not in self.errors:
            self.add_error("first_day", "Write the first day, like 2 March 2026")
        return cleaned

    def _instant(self, which: str) -> datetime | None:
        day, time = self.cleaned_data.get(f"{which}_day", ""), self.cleaned_data.get(f"{which}_time", "")
        if not day:
            if time:
                self.add_error(f"{which}_day", "Write the day as well, like 2 March 2026")
            return None
        if _read(day, NOON) is None:
            self.add_error(f"{which}_day", NOT_A_DAY.format(typed=day))
            return None
        at = _read(day, time or NOON)
        if at is None:
            self.add_error(f"{which}_time", NOT_A_TIME.format(typed=time))
        return at


def _read(day: str, time: str) -> datetime | None:
    """The instant, or None for what is no day with its year and no time."""
    if not re.search(r"\d{4}", day):
        return None
    try:
        at = read_coming(f"{day} {time}", _EARLIEST)
    except (CannotRead, OverflowError):
        return None
    return at if at is not None and at.year <= LAST_YEAR else None

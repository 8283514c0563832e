"""Which period, as of which day; why a figure is taken along as a file; and a table of crime totals."""

import re
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from django import forms

from lodestar.oversight.measures.presenters.asked import LONGEST, Asked, day, evening, instant
from lodestar.oversight.measures.rules.facts import Period, last_quarter
from lodestar.platform.design.when import on
from lodestar.platform.design.words import quoted
from lodestar.platform.tables.table_files import NotRead, TwoHeadings, columns_for, encoding_of, text_table

NOT_A_DAY = "{} is not a day. Write it like 9 March 2026"
BOTH = "Write both dates, or none for the last full quarter"
WRONG_WAY = "The last day is before the first"
TOO_LONG = "A figure covers ten years at most"
NOT_YET = "{} has not come yet"
MOST = timedelta(days=3660)
LARGEST = 100_000
MONTH, COUNT = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", re.ASCII), re.compile(r"\d{1,6}", re.ASCII)


class DayOf(forms.CharField):
    """One whole day, past or to come; cleaned to a date, None when blank."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, **options)

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        if not typed:
            return None
        parsed_day = day(typed)
        if parsed_day is None:
            raise forms.ValidationError(NOT_A_DAY.format(quoted(typed)))
        return parsed_day


class Which(forms.Form):
    """From which day to which, and as of the evening of which day. Blank is the last whole quarter, as of now."""

    first = DayOf(label="From", help_text="Like 1 July 2026")
    last = DayOf(label="To", help_text="That day is in it")
    known = DayOf(label="As recorded by the evening of", help_text="Leave blank for now. An earlier date takes longer")

    def __init__(self, sent: Any, *, now: datetime) -> None:
        """`sent` is what an address says: `first`, `last`, and `known` as typed, or `at` as a link of ours has it."""
        super().__init__({name: sent.get(name, "") for name in ("first", "last", "known")}, auto_id="%s")
        self.now, self.stamp = now, instant(sent.get("at", ""))

    def clean(self) -> dict[str, Any]:
        """A period that goes forwards, and a day that has come."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        first, last, known_on = cleaned["first"], cleaned["last"], cleaned["known"]
        if not first and not last:
            usual = last_quarter(on(self.now))
            cleaned["first"], cleaned["last"] = usual.first, usual.last
        elif not first or not last:
            self.add_error("last" if first else "first", BOTH)
        elif last < first:
            self.add_error("last", WRONG_WAY)
        elif last - first > MOST:
            self.add_error("last", TOO_LONG)
        if known_on and known_on > on(self.now):
            self.add_error("known", NOT_YET.format(quoted(self.data["known"])))
        return cleaned

    @property
    def asked(self) -> Asked:
        """What was asked for; the usual where it could not be read."""
        if not self.is_valid():
            return Asked(last_quarter(on(self.now)), self.now, is_past=False)
        cleaned = self.cleaned_data
        period = Period(cleaned["first"], cleaned["last"])
        if self.stamp is not None and self.stamp <= self.now:
            return Asked(period, self.stamp, is_past=True)
        if cleaned["known"]:
            return Asked(period, evening(cleaned["known"], self.now), is_past=True)
        return Asked(period, self.now, is_past=False)


class Take(forms.Form):
    """Why a figure, or the list behind one number, is taken along."""

    reason = forms.CharField(
        label="Why are you downloading it?", help_text="A few words. They are kept with your name", max_length=400,
        widget=forms.Textarea, error_messages={"required": "Write why you are downloading it, in a few words"},
    )  # fmt: skip


class CrimeTotals(forms.Form):
    """A table with the headings `month` and `crimes`, one row for each month; cleaned to the totals by the first day of each."""

    file = forms.FileField(
        label="The file", help_text="CSV with the headings month and crimes, such as 2026-11 and 4",
        error_messages={"required": "Choose the file", "empty": "Choose the file"},
    )  # fmt: skip

    def clean_file(self) -> dict[date, int]:
        """The totals by month. What is wrong names its line."""
        try:
            return read_crime_totals(self.cleaned_data["file"].read(LARGEST + 1))
        except (NotRead, TwoHeadings) as error:
            raise forms.ValidationError(f"Nothing was recorded: {error}") from None


def read_crime_totals(content: bytes) -> dict[date, int]:
    """The totals of a table by month. Raises NotRead with the line of the first fault."""
    opened = partial(BytesIO, content)
    if len(content) > LARGEST:
        raise NotRead("it is larger than 100 kB")
    parsed = text_table(opened, encoding_of(opened))
    columns = columns_for(parsed.headings, {"month": "month", "crimes": "crimes"})
    if set(columns) != {"month", "crimes"}:
        raise NotRead("its headings are not month and crimes")
    totals: dict[date, int] = {}
    for row in parsed.rows():
        cells = dict(zip(columns, (cell.strip() for cell in row.cells), strict=False))
        month, crimes = MONTH.fullmatch(cells.get("month", "")), cells.get("crimes", "")
        first_day = date(int(month[1]), int(month[2]), 1) if month else None
        if row.fault or first_day is None or first_day in totals or not COUNT.fullmatch(crimes):
            raise NotRead(f"line {row.number}: {row.fault or 'write a month like 2026-11, each once, and a whole number'}")
        totals[first_day] = int(crimes)
    return totals

"""What officers write into boxes: words, whole and partial days, and times."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.platform.names.contact_normalisation import POSTCODE
from lodestar.platform.text.text_normalise import one_line, several_lines
from lodestar.platform.time.days import london_date
from lodestar.platform.time.uk_dates import CannotRead, WrittenInstant, read_any_day, read_day, read_when


def asked(words: str) -> dict[str, Any]:
    """The options of a field that cannot be left blank: `words` say what to write or choose."""
    return {"required": True, "error_messages": {"required": words}}


def no_postcode(words: str) -> None:
    """Refuses a postcode where an address is never written. Raises ValidationError."""
    if POSTCODE.search(words):
        raise forms.ValidationError("Never an address here: leave the postcode out")


class WordsField(forms.CharField):
    """Words on one line; may be blank unless `wanted` says what to write."""

    def __init__(self, *, wanted: str = "", **options: Any) -> None:
        super().__init__(**{"required": False, **(asked(wanted) if wanted else {}), **options})

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class LinesField(WordsField):
    """Words on several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return several_lines(forms.CharField.to_python(self, value) or "")


class DayField(WordsField):
    """One whole day that is not to come, as 9 March 2026 or yesterday; cleaned to a date, None when blank."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Like 9 March 2026, or yesterday")
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> date | None:
        date_text = _read(super().clean(value))
        if date_text and len(date_text) < len("2026-03-09"):
            raise forms.ValidationError(f"“{value}” has no day. Write it like 9 March 2026")
        return date.fromisoformat(date_text) if date_text else None


class AnyDayField(WordsField):
    """One whole day with its year, past or to come, as 9 March 2027; cleaned to a date, None when blank."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": "Like 9 March 2027", "max_length": 60, **options})

    def clean(self, value: Any) -> date | None:
        written = super().clean(value)
        day = read_any_day(written)
        if written and day is None:
            raise forms.ValidationError(f"“{written}” is not a day. Write it like 9 March 2027")
        return day


class OfferedField(forms.ChoiceField):
    """A choice of people. Whoever was offered when the page was drawn may have moved since: the action looks at them as they are
    when it is done."""

    def valid_value(self, value: Any) -> bool:
        return True


class PartialDayField(WordsField):
    """A day, or only its month or year, not to come; cleaned to 2026-03-09, 2026-03 or 2026, nothing when blank."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Like 2 March 2026, or only March 2026 or 2026")
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> str:
        return _read(super().clean(value))


def _read(typed: str) -> str:
    try:
        return read_day(typed, london_date(timezone.now()))
    except CannotRead as refusal:
        raise forms.ValidationError(str(refusal)) from None


HINT = "Like 0225, yesterday 2230, or 3 March 2026 1405. Leave blank for now"


class WhenField(WordsField):
    """A day and time that is not to come; cleaned to what it says, None when blank. A day alone is enough."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", HINT)
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> WrittenInstant | None:
        try:
            return read_when(super().clean(value), timezone.now())
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from None


def at_and_words(written: WrittenInstant | None, now: datetime) -> tuple[datetime, str]:
    """The instant to record, and the words typed where they were no whole instant. Blank is now; of a day alone its end, so
    that nothing is taken for done sooner than it may have been."""
    if written is None:
        return now, ""
    return written.latest(now), "" if written.exact else written.words[:40]

"""What a force may set: dated values, shipped with the project, and a force's own rows before them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from lodestar.platform.text.reference_lists import reference_list


@dataclass(frozen=True)
class SettingRow:
    """One dated value of a setting. `start` and `end` are days, both included; None is open."""

    key: str
    value: str | int
    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is the value of that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Settings:
    """Every dated setting the rules read. `label` says whose they are: `shipped`, or the tenant and the day they changed."""

    label: str
    rows: tuple[SettingRow, ...]

    def on(self, day: date) -> Mapping[str, str | int]:
        """The values of a day, by key. Of two rows that hold, the later in the list counts."""
        if day not in self._days:
            self._days[day] = {row.key: row.value for row in self.rows if row.holds_on(day)}
        return self._days[day]

    @cached_property
    def _days(self) -> dict[date, Mapping[str, str | int]]:
        """Days already asked for: it is the same rows that say the same."""
        return {}


def _shipped() -> Settings:
    rows = reference_list("obligations", "settings").rows
    return Settings("shipped", tuple(SettingRow(row["key"], row["value"], row.get("from"), row.get("to")) for row in rows))


SHIPPED = _shipped()


def for_tenant(slug: str, own: Iterable[SettingRow]) -> Settings:
    """The settings of a force: its own rows before what is shipped. Without own rows: what is shipped, so labelled.

    Of two own rows from the same day, the later in `own` counts. Raises CannotSet for a key that no rule reads, or a
    value the setting does not offer.
    """
    rows = sorted(own, key=lambda row: row.start or date.min)
    if not rows:
        return SHIPPED
    for row in rows:
        check_value(row.key, row.value)
    return Settings(_label(slug, rows), (*SHIPPED.rows, *rows))


def labelled_on(slug: str, settings: Settings, day: date) -> Settings:
    """The same settings, labelled by the newest own row that holds from `day` or before; `shipped` when none does yet."""
    own = [row for row in settings.rows[len(SHIPPED.rows) :] if row.start is None or row.start <= day]
    return replace(settings, label=_label(slug, own) if own else SHIPPED.label)


def _label(slug: str, rows: Sequence[SettingRow]) -> str:
    changed = max(row.start or date.min for row in rows)
    return slug if changed == date.min else f"{slug} {changed.isoformat()}"


# --- changing one ----------------------------------------------------------------------------------------------------


class CannotSet(ValueError):
    """A setting that is none, or a value it does not offer; `str` says so in words for the reader."""


def every_setting() -> Mapping[str, Mapping[str, Any]]:
    """What a force may set, by key: the newest shipped row of each, in the order of the list."""
    return {row["key"]: row for row in reference_list("obligations", "settings").rows}


def check_value(key: str, value: str | int) -> None:
    """Raises CannotSet unless the setting offers this value: one of its choices, or a whole number within its bounds."""
    row = every_setting().get(key)
    if row is None:
        raise CannotSet(f"{key} is no setting")
    if type(value) is not type(row["value"]) or value not in row.get("choices", [value]):
        raise CannotSet(f"{key} cannot be {value}")
    if isinstance(value, int) and not row["least"] <= value <= row["most"]:
        raise CannotSet(f"{key} must be from {row['least']} to {row['most']}")


def value_of(key: str, text: str) -> str | int:
    """The value that is kept or typed as `text`. Raises CannotSet when the setting does not offer it."""
    row = every_setting().get(key)
    is_number = row is not None and isinstance(row["value"], int)
    if is_number and not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise CannotSet(f"{key} must be a whole number")
    value: str | int = int(text) if is_number else text
    check_value(key, value)
    return value


def is_ahead(from_date: date, today: date) -> bool:
    """Whether a change from this day, agreed `today`, looks forwards: no day that has begun is judged anew."""
    return from_date > today

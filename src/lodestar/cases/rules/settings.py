"""What a force may set: dated values, shipped with the project, and a force's own rows before them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from lodestar.kernel.reference_lists import reference_list


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
    """Every dated setting the rules read. `label` says whose they are: `shipped`, or the tenant and the day they
    changed."""

    label: str
    rows: tuple[SettingRow, ...]
    days: dict[date, Mapping[str, str | int]] = field(
        default_factory=dict, init=False, compare=False, repr=False, hash=False
    )

    def on(self, day: date) -> Mapping[str, str | int]:
        """The values of a day, by key. Of two rows that hold, the later in the list counts."""
        if day not in self.days:
            self.days[day] = {row.key: row.value for row in self.rows if row.holds_on(day)}
        return self.days[day]


def _shipped() -> Settings:
    rows = reference_list("cases", "settings").rows
    return Settings(
        "shipped", tuple(SettingRow(row["key"], row["value"], row.get("from"), row.get("to")) for row in rows)
    )


SHIPPED = _shipped()


def for_tenant(slug: str, own: Iterable[SettingRow]) -> Settings:
    """The settings of a force: its own rows before what is shipped. Without own rows: what is shipped, so labelled.

    Raises ValueError for a key that no rule reads, or a value the setting does not offer.
    """
    rows = sorted(own, key=lambda row: row.start or date.min)
    if not rows:
        return SHIPPED
    known = {row["key"]: row for row in reference_list("cases", "settings").rows}
    for row in rows:
        shipped = known.get(row.key)
        if shipped is None:
            raise ValueError(f"{row.key} is no setting")
        if row.value not in shipped.get("choices", [row.value]) or type(row.value) is not type(shipped["value"]):
            raise ValueError(f"{row.key} cannot be {row.value}")
    changed = max(row.start or date.min for row in rows)
    label = slug if changed == date.min else f"{slug} {changed.isoformat()}"
    return Settings(label, (*SHIPPED.rows, *rows))

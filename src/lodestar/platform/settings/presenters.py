"""A setting of the rules in words: what it is, what it was and is set to, who decided."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lodestar.platform.design.when import day
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.obligations.settings import Settings, every_setting
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.settings.rules import PROPOSED, REFUSED, SAME, SET, Line
from lodestar.platform.text.reference_lists import reference_list

SURE = {
    "verified": "Source read when written",
    "excerpt": "Only an excerpt of the source was read",
    "background": "Professional knowledge, not checked against a source yet",
    "unconfirmed": "Not confirmed",
}


LEVELS: Mapping[str, str] = every_setting()["tasking_organised_group"]["words"]


def title_of(key: str) -> str:
    """What the setting is called."""
    return str(every_setting()[key]["title"])


def value_words(key: str, value: object) -> str:
    """A value in words: `Regional`, `5 possible victims`."""
    row = every_setting()[key]
    return row.get("words", {}).get(str(value)) or f"{value} {row.get('unit', '')}".strip()


def choices_of(key: str) -> list[tuple[str, str]]:
    """What the setting offers, each with its words; empty for a number."""
    return [(value, value_words(key, value)) for value in every_setting()[key].get("choices", ())]


def bounds_of(key: str) -> tuple[int, int] | None:
    """The smallest and largest whole number the setting offers; None for choices."""
    row = every_setting()[key]
    return (row["least"], row["most"]) if "least" in row else None


def lines(settings: Settings, changes: Sequence[SettingChange], today: date) -> list[dict[str, Any]]:
    """Every setting with what holds today."""
    rows = []
    for key in every_setting():
        own = [change for change in changes if change.key == key]
        agreed = [change for change in own if change.approved]
        ahead = sorted((change.from_date, change.value) for change in agreed if change.from_date > today)
        rows.append(
            {
                "key": key,
                "title": title_of(key),
                "now": value_words(key, settings.on(today)[key]),
                "whose": "The force’s own" if any(change.from_date <= today for change in agreed) else "Default",
                "to_come": "; ".join(f"from {day(start)}: {value_words(key, value)}" for start, value in ahead),
                "waits": sum(change.decided_at is None for change in own),
            }
        )
    return rows


def about(key: str, settings: Settings, today: date) -> list[tuple[str, str]]:
    """What is told of a setting, as headings and words."""
    row, header = every_setting()[key], reference_list("obligations", "settings").header
    stricter = value_words(key, row["stricter"]) if "stricter" in row else ""
    return [
        ("What it is", row["about"]),
        *([("Sources disagree or are silent", f"The stricter value is the default: {_lower(stricter)}")] if stricter else []),
        ("Today", value_words(key, settings.on(today)[key])),
        ("It can be", _offers(key)),
        ("Basis", "Force policy. Law and guidance leave the choice"),
        ("Confidence in the default", SURE[row["confidence"]]),
        ("Default set on", f"{day(header['published'])}; due for review by {day(header['review_by'])}"),
    ]


def _offers(key: str) -> str:
    bounds = bounds_of(key)
    if bounds:
        return f"A whole number from {bounds[0]} to {bounds[1]}"
    return _either([name for _, name in choices_of(key)])


def _either(names: Sequence[str]) -> str:
    first, *others = names
    return ", or ".join([first, *map(_lower, others)])


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def rules_of(key: str) -> list[tuple[str, str]]:
    """The rules that read a setting: code and title."""
    return [(code, obligation_rows()[code][-1].title) for code in every_setting()[key].get("rules", ())]


def settings_of(code: str) -> list[tuple[str, str]]:
    """The settings that a rule reads: key and title."""
    return [(key, row["title"]) for key, row in every_setting().items() if code in row.get("rules", ())]


def dated(key: str, changes: Iterable[SettingChange]) -> list[dict[str, Any]]:
    """The values of a setting with the day from which each holds, the latest first. Of two from one day the later counts."""
    agreed = sorted((row for row in changes if row.approved), key=lambda row: (row.from_date, row.decided_at, row.id))
    own = {row.from_date: row for row in agreed}
    shipped = [row for row in reference_list("obligations", "settings").rows if row["key"] == key]
    return [
        *(
            {"start": day(first), "value": value_words(key, row.value), "who": _two(row), "reason": row.reason}
            for first, row in reversed(own.items())
        ),
        *(
            {
                "start": day(row["from"]) if row.get("from") else "From the beginning",
                "value": value_words(key, row["value"]),
                "who": "Default in Lodestar",
                "reason": "",
            }
            for row in reversed(shipped)
        ),
    ]


def _two(change: SettingChange) -> str:
    second = change.decided_by.name if change.decided_by else ""
    return f"{change.asked_by.name}, second: {second}"


def proposals(changes: Iterable[SettingChange]) -> list[dict[str, Any]]:
    """Changes with who proposed them and why."""
    return [
        {
            "row": change,
            "title": title_of(change.key),
            "value": value_words(change.key, change.value),
            "by": f"{change.asked_by.name}, {day(change.asked_at)}",
            "decision": decision_words(change),
        }
        for change in changes
    ]


def decision_words(change: SettingChange) -> str:
    """Who agreed to it or refused it, and when."""
    if change.decided_by is None or change.decided_at is None:
        return ""
    return f"{'Approved' if change.approved else 'Refused'} by {change.decided_by.name}, {day(change.decided_at)}."


def change_words(change: SettingChange, settings: Settings) -> dict[str, Any]:
    """The page of one change: what is, what would be, from when, who says so and why."""
    before = settings.on(change.from_date - timedelta(days=1))[change.key]
    return {
        "title": title_of(change.key),
        "start": day(change.from_date),
        "about": [
            {"key": "Until then", "value": value_words(change.key, before)},
            {"key": "Proposed", "value": value_words(change.key, change.value)},
            {"key": "From", "value": f"The beginning of {day(change.from_date)}"},
            {"key": "Proposed by", "value": f"{change.asked_by.name}, {day(change.asked_at)}"},
            {"key": "Because", "value": str(change.reason)},
        ],
        "status": list(filter(None, [decision_words(change)])),
    }


OUTCOMES = {REFUSED: "Not imported", PROPOSED: "Proposed", SET: "Set", SAME: "No change"}


def file_lines(lines: Iterable[Line]) -> list[tuple[str, str, str]]:
    """What a file would change, what is refused first: what, what becomes of it, why."""
    order = list(OUTCOMES)
    return [(line.what, OUTCOMES[line.outcome], line.why) for line in sorted(lines, key=lambda line: order.index(line.outcome))]

"""A setting of the rules in words: what it is, what it was and is set to, who decided."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
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
        agreed = [change for change in own if change.decision == "approved"]
        ahead = sorted((change.from_date, change.value) for change in agreed if change.from_date > today)
        rows.append(
            {
                "key": key,
                "title": title_of(key),
                "now": value_words(key, settings.on(today)[key]),
                "whose": "The force’s own" if any(change.from_date <= today for change in agreed) else "Default",
                "to_come": "; ".join(f"from {day(start)}: {value_words(key, value)}" for start, value in ahead),
                "waits": sum(not change.decision for change in own),
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


def dated(key: str, agreed: Iterable[SettingChange]) -> list[dict[str, Any]]:
    """The values of a setting with the days each holds, the latest first. A change that never held a day is left out."""
    own = sorted(
        (change for change in agreed if change.decision == "approved"),
        key=lambda change: (change.from_date, change.decided_at, change.id),
    )
    by_day = {change.from_date: change for change in own}
    days = sorted(by_day)
    rows = [
        {
            "start": day(start),
            "end": day(days[n + 1] - timedelta(days=1)) if n + 1 < len(days) else "still",
            "value": value_words(key, by_day[start].value),
            "who": _two(by_day[start]),
            "reason": by_day[start].reason,
        }
        for n, start in enumerate(days)
    ]
    return [*reversed(rows), *_shipped(key, days[0] if days else None)]


def _shipped(key: str, until: date | None) -> list[dict[str, Any]]:
    rows = [row for row in reference_list("obligations", "settings").rows if row["key"] == key]
    return [
        {
            "start": day(row["from"]) if row.get("from") else "From the beginning",
            "end": _end(row.get("to"), until),
            "value": value_words(key, row["value"]),
            "who": "Default in Lodestar",
            "reason": "",
        }
        for row in reversed(rows)
    ]


def _end(end: date | None, until: date | None) -> str:
    last = min(
        (possible_end for possible_end in (end, until - timedelta(days=1) if until else None) if possible_end), default=None
    )
    return day(last) if last else "still"


def _two(change: SettingChange) -> str:
    second = change.decided_by.name if change.decided_by else ""
    return f"{change.proposed_by.name}, second: {second}"


def proposals(changes: Iterable[SettingChange], member: Member) -> list[dict[str, Any]]:
    """Changes with who proposed them and why, and what was said to them."""
    return [
        {
            "id": change.id,
            "key": change.key,
            "title": title_of(change.key),
            "value": value_words(change.key, change.value),
            "start": day(change.from_date),
            "by": f"{change.proposed_by.name}, {day(change.proposed_at)}",
            "reason": change.reason,
            "said": _describe_decision(change),
            "can_decide": not change.decision and member.may(Permission.SETTING_APPROVE),
        }
        for change in changes
        if change.key in every_setting()
    ]


def _describe_decision(change: SettingChange) -> str:
    if not change.decision or change.decided_by is None or change.decided_at is None:
        return ""
    took_back = change.decision == "refused" and change.decided_by_id == change.proposed_by_id
    did = "Taken back" if took_back else change.decision.capitalize()
    sentence = f"{did} by {change.decided_by.name}, {day(change.decided_at)}"
    return f"{sentence}: {change.answer}" if change.answer else sentence


def proposal_rows(proposal: Mapping[str, Any], change: SettingChange, settings: Settings) -> list[dict[str, Any]]:
    """A change as a summary list: what is, what would be, from when, who says so and why."""
    before = settings.on(change.from_date - timedelta(days=1))[change.key]
    return [
        {"key": "Until then", "value": value_words(change.key, before)},
        {"key": "Proposed", "value": proposal["value"]},
        {"key": "From", "value": f"The beginning of {proposal['start']}"},
        {"key": "Proposed by", "value": proposal["by"]},
        {"key": "Because", "value": proposal["reason"]},
    ]


OUTCOMES = {REFUSED: "Not imported", PROPOSED: "Proposed", SET: "Set", SAME: "No change"}


def file_lines(lines: Iterable[Line]) -> list[tuple[str, str, str]]:
    """What a file would change, what is refused first: what, what becomes of it, why."""
    order = list(OUTCOMES)
    return [(line.what, OUTCOMES[line.outcome], line.why) for line in sorted(lines, key=lambda line: order.index(line.outcome))]

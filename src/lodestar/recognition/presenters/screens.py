"""The frame of the recording screens: which step, which people are on the page, who to ring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodestar.cases.models import Case, Person
from lodestar.design.when import moment

STEPS = 3
RING = (("emergency", "Ambulance, fire, police"), ("duty_sergeant", "Duty sergeant"))
LONGEST_PLACE = 60  # characters of a place in the line above a heading


@dataclass(frozen=True)
class Window:
    """Some of the people of a case, so that a page stays light however many they are. `start` counts from 1."""

    people: tuple[Person, ...]
    start: int
    more: int  # where the next begin, 0 when there are none


def caption(step: int, case: Case | None, now: datetime) -> str:
    """The line above the heading: `Step 2 of 3: Marlsea, 02:11`."""
    words = f"Step {step} of {STEPS}"
    if case is None:
        return words
    place = case.place if len(case.place) <= LONGEST_PLACE else f"{case.place[:LONGEST_PLACE]}…"
    when = case.encountered_as or moment(case.encountered_at, now)
    return f"{words}: {place}, {when}" if place else f"{words}: {when}"


def window(people: Sequence[Person], start: int, size: int) -> Window:
    """The people from the `start`th on, at most `size` of them."""
    first = start if 1 <= start <= len(people) else 1
    shown = tuple(people[first - 1 : first - 1 + size])
    after = first + size
    return Window(shown, first, after if after <= len(people) else 0)


def others(
    people: Sequence[Person], names: Mapping[Any, str], shown: Sequence[Any], size: int, href: str
) -> list[dict[str, Any]]:
    """Links to the people who are not on this page, by pages of `size`."""
    links = []
    for start in range(1, len(people) + 1, size):
        part = people[start - 1 : start - 1 + size]
        if any(person.id not in shown for person in part):
            links.append({
                "words": ", ".join(names[person.id] for person in part),
                "href": f"{href}?from={start}",
                "start": start,
            })
    return links


def rings(contacts: Sequence[Mapping[str, Any]], sergeant: str) -> list[dict[str, Any]]:
    """The two numbers of the second screen, the sergeant by name when one is on duty."""
    by_code = {row["code"]: row for row in contacts}
    entries = []
    for code, label in RING:
        if code in by_code:
            detail = sergeant if code == "duty_sergeant" and sergeant else by_code[code].get("note", "")
            entries.append({"label": label, "number": by_code[code]["number"], "detail": detail})
    return entries


def coordinator(contacts: Sequence[Mapping[str, Any]], name: str) -> list[dict[str, Any]]:
    """The coordinator's number, by name when one is on duty; without a number where none is known."""
    row = next((row for row in contacts if row["code"] == "duty_coordinator"), None)
    number, hours = (row.get("number", ""), row.get("hours", "")) if row else ("", "")
    return [{"label": "Duty coordinator", "number": number, "detail": name or ("" if hours == "always" else hours)}]

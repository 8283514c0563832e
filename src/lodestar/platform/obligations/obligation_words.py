"""When something is due, in words: for the page of a rule, and for docs/rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.platform.text.reference_lists import reference_list

_WORDS = reference_list("obligations", "obligation_words").header
EVENTS: Mapping[str, str] = _WORDS["events"]
_CONDITIONS: Mapping[str, str] = _WORDS["conditions"]


def due_in_words(due: Mapping[str, Any] | None) -> str:
    """`24 hours from the meeting. Force policy.` for a row's `due`; what has no clock is never late, and says so."""
    if due is None:
        return "No clock: never late."
    sentences = [part for part in (_limit(due), _later(due), _reminders(due), _before(due)) if part]
    if due.get("policy"):
        sentences.append("The clock is force policy.")
    return " ".join(sentences)


def event_in_words(name: str) -> str:
    """What an event is called on a screen; its own name, spaced, when it has no other."""
    return EVENTS.get(name, name.replace("_", " "))


def _from(due: Mapping[str, Any]) -> str:
    names = [due["from"]] if isinstance(due["from"], str) else list(due["from"])
    start_words = _listed([event_in_words(name) for name in names], "or")
    if due.get("each"):
        return f"each of {', '.join(event_in_words(name) for name in names)}"
    if len(names) > 1:
        start_words = f"the earliest of {', '.join(event_in_words(name) for name in names)}"
    return f"{start_words}, else {event_in_words(due['or_from'])}" if "or_from" in due else start_words


def _limit(due: Mapping[str, Any]) -> str:
    if "from" not in due:
        return ""
    start = _from(due)
    if "first_of" in due:
        limit = "; ".join(_of_condition(entry) for entry in due["first_of"])
        return f"{limit[0].upper()}{limit[1:]}. Counted from {start}."
    if "if_positive" in due:
        positive, negative = _length(due["if_positive"]), _length(due["if_negative"])
        return f"{positive} from {start} if it is positive, {negative} if it is negative."
    if "days_each" in due:
        return f"Days {_listed([str(day) for day in due['days_each']])} from {start}, each of its own."
    if due.get("days", 0) < 0:
        return f"{-due['days']} days before {start}."
    limit = f"{_length(due)} from {start}" if due.get("hours") != 0 else f"At {start}"
    if "or_hours" in due:
        others = (f"{_hours(hours)} when {_CONDITIONS.get(name, name)}" for name, hours in due["or_hours"].items())
        return f"{limit}; {', '.join(others)}."
    return f"{limit}, that day counted." if due.get("inclusive") else f"{limit}."


def _length(due: Mapping[str, Any]) -> str:
    if "hours" in due:
        return _hours(due["hours"])
    for key, words in (("days", "day"), ("months", "month"), ("working_days", "working day")):
        if key in due:
            return _count(due[key], words)
    return "No time"


def _hours(hours: int) -> str:
    return "at once" if hours == 0 else _count(hours, "hour")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _of_condition(entry: Mapping[str, Any]) -> str:
    if entry["if"] == "otherwise":
        return f"otherwise {_length(entry)}"
    return f"{_CONDITIONS.get(entry['if'], entry['if'])}: {_length(entry)}"


def _later(due: Mapping[str, Any]) -> str:
    days = due.get("then_days", ())
    sentences = []
    if days == [0]:
        sentences.append("Again on the day.")
    elif days:
        sentences.append(f"Then on day {_listed([str(day) for day in days])}.")
    if "repeat_days" in due:
        sentences.append(f"Then every {due['repeat_days']} days.")
    return " ".join(sentences)


def _reminders(due: Mapping[str, Any]) -> str:
    reminders = (("warn_days", "Decide"), ("request_by_days", "Send"))
    return " ".join(f"{verb} by day {due[key]}." for key, verb in reminders if key in due)


def _before(due: Mapping[str, Any]) -> str:
    if "before" not in due:
        return ""
    names = _listed([event_in_words(name) for name in due["before"]], "or")
    return f"Before {names}{', if that is earlier' if 'from' in due else ''}."


def _listed(words: Sequence[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"

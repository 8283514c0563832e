"""By when something is owed, said as people say it, from the `due` of a rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.design.words import listed

EVENTS = {
    "age_settled": "the age is settled",
    "arrest": "an arrest",
    "belief_formed": "reasonable grounds were found",
    "birthday_18": "the eighteenth birthday",
    "cg_decision": "the conclusive grounds decision",
    "cg_decision_letter": "the letter with the conclusive grounds decision",
    "charge": "a charge",
    "charge_decision": "a charging decision",
    "contact_lost": "contact was lost",
    "crime_recorded": "the crime is recorded",
    "crime_reported": "the crime was reported",
    "decision_notice": "notice of the decision",
    "detention_authorised": "detention was authorised",
    "encountered_at": "the encounter",
    "directions_given": "the review",
    "found": "they are found",
    "further_information_asked": "more information was asked for",
    "happened_without": "it happened",
    "hearing": "a hearing",
    "new_evidence": "new evidence",
    "no_further_action": "a decision of no further action",
    "out_of_court_disposal": "an out-of-court disposal",
    "outcome": "an outcome at court",
    "reconsideration_asked": "reconsideration was asked for",
    "referral_out_of_line": "a referral was sent that does not match the facts",
    "referral_received": "the referral was received",
    "referral_sent": "the referral was sent",
    "refusal": "they said no",
    "release": "a release",
    "rg_decision": "the reasonable grounds decision",
    "suspect_arrest": "a suspect is arrested",
    "suspect_bail": "a suspect is bailed",
    "suspect_release": "a suspect is released",
    "next_tour_end": "the end of the next shift",
    "tour_end": "the end of the shift",
}
CONDITIONS = {
    "contact_lost": "contact is lost",
    "custody_child_or_still_exploited": "they are in custody, a child, or still exploited",
    "wants_time": "they want time",
}


def due_words(due: Mapping[str, Any] | None) -> str:
    """The whole of it in one or two sentences; `No hour is set` for a rule without one."""
    if not due:
        return "No time is set"
    parts = [_length(due)]
    if "then_days" in due:
        parts.append("again " + listed([_day(number) for number in due["then_days"]]))
    if "repeat_days" in due:
        parts.append(f"then every {due['repeat_days']} days")
    if due.get("before"):
        parts.append(f"before {_one_of(due['before'])}")
    words = ", ".join(part for part in parts if part)
    if due.get("each"):
        words += ", for each one"
    if "warn_days" in due:
        words += f". A reminder on day {due['warn_days']}"
    if due.get("policy"):
        words += ". The number is force policy, not law"
    return words[0].upper() + words[1:]


def _length(due: Mapping[str, Any]) -> str:
    if "from" not in due:
        return ""
    source = due["from"]
    start = _one_of([source] if isinstance(source, str) else source)
    if "or_from" in due:
        start += f", or if that never happened, from when {_event(due['or_from'])}"
    if "if_positive" in due:
        return f"{_span(due['if_positive'])} after {start} if it is positive, {_span(due['if_negative'])} if negative"
    if "first_of" in due:
        return _choices(due["first_of"], start)
    if "days_each" in due:
        return f"{listed([_day(number) for number in due['days_each']])} after {start}"
    if due.get("days", 0) < 0:
        return f"{-due['days']} days before {start}"
    words = _span(due)
    sooner = "".join(
        f", {hours} hours if {CONDITIONS.get(name, name)}" for name, hours in due.get("or_hours", {}).items()
    )
    whole = ", counting that day" if due.get("inclusive") else ""
    return f"{words} after {start}{whole}{sooner}" if words else f"from {start}"


def _choices(entries: Sequence[Mapping[str, Any]], start: str) -> str:
    told = [
        f"otherwise {_span(entry)}" if entry["if"] == "otherwise" else f"{_span(entry)} if {CONDITIONS[entry['if']]}"
        for entry in entries
    ]
    return f"{', '.join(told)}; counted from when {start}"


def _span(due: Mapping[str, Any]) -> str:
    if "hours" in due:
        return _counted(due["hours"], "hour") if due["hours"] else "at once"
    if "working_days" in due:
        number = due["working_days"]
        return "by the end of the next working day" if number == 1 else f"within {number} working days"
    if "months" in due:
        return _counted(due["months"], "month")
    if "days" in due:
        return _counted(due["days"], "day") if due["days"] else "on the day"
    return ""


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _day(number: int) -> str:
    return f"on day {number}" if number else "on the day itself"


def _event(name: str) -> str:
    return EVENTS.get(name, name.replace("_", " "))


def _one_of(names: Sequence[str]) -> str:
    words = [_event(name) for name in names]
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]

"""What has gone to the Home Office about a person, in words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.casework.consent.presenters import answer_words
from lodestar.casework.referral_forms.presenters import SAID
from lodestar.casework.referral_forms.rules.route import Route
from lodestar.casework.referrals.models import Referral
from lodestar.casework.referrals.queries.sent import reference_of
from lodestar.platform.design.when import moment
from lodestar.platform.design.words import curly
from lodestar.platform.text.reference_lists import reference_list, rows_on

NAMES = {"nrm": "NRM referral", "dtn": "Duty to Notify"}
NO_CONSENT = {
    "child": "No consent is needed for a child, and they were treated as one.",
    "none_held": "No answer was recorded when it was sent.",
    "theirs": "The sender has the answer it is based on.",
    "": "The answer it is based on was not recorded.",
}


def when_words(row: Referral, now: datetime) -> str:
    """When it was sent, as far as it is known."""
    return f"{row.sent_words}, time not recorded" if row.sent_words else moment(row.sent_at, now)


def _rests_on(row: Referral, now: datetime) -> str:
    """The answer that it was sent with, which a later one leaves as it was; or why there is none."""
    if row.consent is None:
        return NO_CONSENT[row.no_consent]
    return f"It is based on their answer of {moment(row.consent.asked_at, now)}: {_lower(answer_words(row.consent))}."


def _crimes(row: Referral, numbers: Sequence[str]) -> str:
    """The crime numbers that stood when it was recorded, and those that came since."""
    since = [number for number in numbers if f", {number}, " not in f", {row.crime_reference}, "]
    stood = f"Crime number: {row.crime_reference}." if row.crime_reference else "No crime number yet when it was recorded."
    return f"{stood} Since then: {', '.join(since)}." if since else stood


def _checks(codes: Sequence[str]) -> str:
    """Which checks of the form were open when it was recorded, by their titles. It is about the form alone."""
    titles = {row["code"]: row["title"] for row in reference_list("referral_forms", "coach_checks").rows}
    check_titles = "; ".join(_lower(titles[code]) for code in codes if code in titles)
    still = f"Left incomplete: {check_titles}" if check_titles else "No check of the form was open"
    return f"Written here. {still}."


def describe_referral(row: Referral, user: UUID, now: datetime, numbers: Sequence[str]) -> dict[str, Any]:
    """One row for reading. `numbers` are the crime numbers of the person as they stand."""
    ours = row.direction == "made_by_us"
    recorder = "you" if row.recorded_by_id == user else row.recorded_by.name
    sender = row.sent_by or ("" if ours else "someone else")
    sent = f"sent by {sender}" if sender else "sent by us"
    notes = [f"{sent[0].upper()}{sent[1:]}, recorded by {recorder} {moment(row.recorded_at, now)}."]
    notes += [_rests_on(row, now), _crimes(row, numbers)]
    if not ours:
        notes.append("Received to investigate. It is not counted as ours.")
    if row.writing_id:
        notes.append(_checks(row.open_checks))
    if row.gaps:
        notes.append("It went with gaps: supplementary information follows.")
    if ours and row.route == "dtn" and not row.identity_checked:
        notes.append("Not recorded whether it was read in full for identifying details.")
    if row.out_of_line:
        notes.append(f"When it was recorded the facts said: {_lower(SAID[row.facts_said].heading)}.")
    return {
        "id": row.id,
        "title": NAMES[row.route],
        "when": when_words(row, now),
        "reference": reference_of(row),
        "notes": tuple(notes),
        "is_out_of_line": row.out_of_line,
        "confirmation": row.confirmation,
        "writing": row.writing_id,
        "is_nrm": row.route == "nrm",
    }


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def facts_say(route: Route) -> str:
    """The route as the facts give it now: `The facts say: refer to the National Referral Mechanism.`"""
    return f"The facts say: {_lower(SAID[route.code].heading)}."


def out_of_line_words(route: Route, sent: str) -> tuple[str, ...]:
    """What is said before something is recorded that is not the route of the facts, a paragraph each. It refuses nothing."""
    return (
        f"{facts_say(route)} {' '.join(route.why)}",
        f"You are recording {'an' if sent == 'nrm' else 'a'} {NAMES[sent]} that was sent.",
        "If a fact is missing, record that first. If it has gone, it is recorded as it happened: the coordinator is shown it at "
        "once, and it is counted.",
    )


def may_refer(day: date) -> list[str]:
    """The names of the first responder organisations of a day, to be offered; kinds of which there are many are not."""
    rows = rows_on("referrals", "first_responders", day)
    return [curly(row["name"]) for row in rows if not row.get("many")]

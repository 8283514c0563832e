"""The talk about referral, for reading: what was said and answered before, and what each answer leads to."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.cases.models import ConsentAnswer
from lodestar.cases.presenters.leaflets import shown_words
from lodestar.cases.rules.talks import Ladder
from lodestar.design.when import moment

LEADS_TO = (
    {"key": "Yes", "value": "Referral, as much as you have tonight"},
    {"key": "No", "value": "Anonymous Duty to Notify. Help stays open"},
    {"key": "Want time", "value": "Ask again, at the latest after 72 hours"},
    {"key": "Not valid", "value": "Ask again, at the latest after 24 hours"},
)


def answer_words(row: ConsentAnswer) -> str:
    """What they answered. Silence is never read as no."""
    if row.leaves_referral:
        return "About the rest"
    if row.nrm is not None:
        return "Yes" if row.nrm else "No"
    return "They want time" if row.wants_time else "No answer"


def how_words(row: ConsentAnswer) -> str:
    """How they were asked, as far as it is recorded."""
    alone = {True: "alone", False: "not alone", None: "not recorded whether alone"}[row.spoke_alone]
    interpreter = {
        "independent": "interpreter independent",
        "companion": "through someone they know",
        "none": "no interpreter, and one was needed",
        "not_needed": "no interpreter needed",
        "": "interpreter not recorded",
    }[row.interpreter]
    job = f", job {row.job_number}" if row.job_number else ""
    language = f"in {row.language}, " if row.language else ""
    there = f", with {row.who_was_there}" if row.who_was_there else ""
    return f"{language}{alone}, {interpreter}{job}{there}"


CONTACT = {
    "yes": "May be contacted again, in the agreed way",
    "unsafe": "Not now: contact is not safe",
    "unwanted": "Asked not to be contacted again",
}
_REST = (("wants_support", "the support"), ("police_may_contact", "contact by the police"), ("may_be_named", "being named"))


def rest_words(row: ConsentAnswer) -> str:
    """Why they said no, and what else they were asked, in whole sentences; empty when neither was written down."""
    words = [f"Why not: {row.refusal_reason.rstrip('.')}."] if row.refusal_reason else []
    for answer, reply in ((True, "Yes"), (False, "No")):
        about = [what for name, what in _REST if getattr(row, name) is answer]
        if about:
            words.append(f"{reply} to {', '.join(about)}.")
    if row.contact_again:
        words.append(f"{CONTACT[row.contact_again]}.")
    if row.leaflet:
        leaflet = shown_words(row.leaflet)
        words.append(f"{leaflet[0].upper()}{leaflet[1:]}.")
    return "".join(f"{sentence} " for sentence in words)


def consent_status_rows(ladder: Ladder) -> list[dict[str, str]]:
    """Where each rung stands by its latest answer; what was not asked is no until they say yes."""
    if ladder == Ladder():
        return []
    labels = {True: "Yes", False: "No", None: "Not asked, so no"}
    return [
        {"key": "The support", "value": labels[ladder.support]},
        {"key": "The police may contact them", "value": labels[ladder.police]},
        {"key": "Being named", "value": labels[ladder.named]},
        {"key": "Contact again", "value": CONTACT.get(ladder.contact, "Not asked")},
    ]


def talks(rows: Iterable[ConsentAnswer], user: UUID, now: datetime) -> list[dict[str, Any]]:
    """The talks so far, in the order given."""
    return [
        {
            "answer": answer_words(row),
            "when": moment(row.asked_at, now),
            "how": how_words(row),
            "rest": rest_words(row),
            "by": "you" if row.recorded_by_id == user else row.recorded_by.name,
        }
        for row in rows
    ]

"""What has gone to the Home Office about a person, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lodestar.design.when import moment
from lodestar.design.words import curly
from lodestar.kernel.reference_lists import rows_on
from lodestar.referrals.models import Referral
from lodestar.referrals.presenters.route import SAID
from lodestar.referrals.queries import reference_of
from lodestar.referrals.rules import Route

NAMES = {"nrm": "NRM referral", "dtn": "Duty to Notify"}


@dataclass(frozen=True)
class Gone:
    """One referral or notification: what it was, when it went, its reference, and what else is to be known of it."""

    id: UUID
    title: str
    when: str
    reference: str
    notes: tuple[str, ...]
    is_out_of_line: bool
    confirmation: str
    is_nrm: bool


def when_words(row: Referral, now: datetime) -> str:
    """When it was sent, as far as it is known."""
    return f"{row.sent_words}, time not recorded" if row.sent_words else moment(row.sent_at, now)


def gone(row: Referral, user: UUID, now: datetime) -> Gone:
    """One row for reading."""
    ours = row.direction == "made_by_us"
    recorder = "you" if row.recorded_by_id == user else row.recorded_by.name
    sender = row.sent_by or ("" if ours else "somebody else")
    sent = f"sent by {sender}" if sender else "sent by us"
    notes = [f"{sent[0].upper()}{sent[1:]}, recorded by {recorder} {moment(row.recorded_at, now)}."]
    if not ours:
        notes.append("Received to investigate. It is not counted as ours.")
    if row.gaps:
        notes.append("It went with gaps: the rest follows as supplementary information.")
    if ours and row.route == "dtn" and not row.identity_checked:
        notes.append("Whether it was read whole for what shows who they are is not recorded.")
    if row.out_of_line:
        notes.append(f"When it was recorded the facts said: {_lower(SAID[row.facts_said].heading)}.")
    return Gone(
        id=row.id,
        title=NAMES[row.route],
        when=when_words(row, now),
        reference=reference_of(row),
        notes=tuple(notes),
        is_out_of_line=row.out_of_line,
        confirmation=row.confirmation,
        is_nrm=row.route == "nrm",
    )


def all_gone(rows: Sequence[Referral], user: UUID, now: datetime) -> list[Gone]:
    """All of them, the latest first."""
    return [gone(row, user, now) for row in reversed(rows)]


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

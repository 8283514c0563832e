"""Referrals, on the page of a case: which way each person's goes, and what was sent. One person's is never another's."""

from datetime import datetime
from uuid import UUID

from lodestar.casework.case_files.casefile import CaseContext, Panel, Row, at_most
from lodestar.casework.referral_forms.presenters import route_words
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.platform.design.when import due_at, is_late, moment, short_day
from lodestar.platform.obligations.facts import PersonFacts

WENT = {
    "referral_sent": "NRM, sent",
    "referral_received": "NRM, received",
    "notification_sent": "Duty to Notify, sent",
    "notification_received": "Duty to Notify, received",
}
OWED = ("refer_nrm", "notify_home_office_without_identity", "reach_nrm_or_dtn")


def routes(shown: CaseContext) -> dict[UUID, str]:
    """Which way each possible victim's referral goes, or that it went, in a few words."""
    words = {}
    for person in shown.reading.people:
        key = UUID(person.id)
        if went := _went(shown.facts[key], shown.now):
            words[key] = went
        elif person.is_possible_victim or route_of(person).code != "none":
            words[key] = str(route_words()[route_of(person).code]["short"])
    return words


def _went(facts: PersonFacts, now: datetime) -> str:
    """The latest that went to the Home Office about this person; empty where nothing did."""
    sent_events = [(at, name) for name, at in facts.events if name in WENT and isinstance(at, datetime)]
    if not sent_events:
        return ""
    # what we sent and the Home Office acknowledged counts as received too, at the same moment: it is ours
    at, name = max(sent_events, key=lambda event: (event[0], event[1].endswith("_sent")))
    return f"{WENT[name]} {short_day(at, now)}"


def panel(shown: CaseContext) -> Panel | None:
    """What is to be sent first, then what went."""
    words = routes(shown)
    if not words:
        return None
    owed = {row.person_id: row for row in reversed(shown.owing(*OWED))}
    rows = []
    for person in sorted((key for key in words), key=lambda key: key not in owed):
        row = owed.get(person)
        due = row.due_at if row else None
        late = due is not None and is_late(due, shown.now)
        rows.append(
            Row(
                f"{shown.names[person]}: {words[person]}",
                href=f"/people/{person}/referral",
                late=moment(due, shown.now) if due and late else "",
                side=due_at(due, shown.now) if due and not late else "",
            )
        )
    return Panel("referrals", "Referrals", rows=at_most(rows))

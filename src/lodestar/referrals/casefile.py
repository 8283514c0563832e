"""Referrals, on the page of a case: which way each person's goes, and what was sent. One person's is never another's."""

from collections.abc import Mapping
from uuid import UUID

from lodestar.cases.casefile import Panel, Row, Shown, at_most
from lodestar.design.when import due_at, is_late, moment, short_day
from lodestar.referrals.models import Referral
from lodestar.referrals.queries import sent_of
from lodestar.referrals.rules import route_of

SENT = {"nrm": "NRM", "dtn": "Duty to Notify"}
TO_DO = {
    "nrm": "NRM, not sent yet",
    "dtn": "Duty to Notify, not sent yet",
    "ask": "Ask again: no valid answer yet",
    "best_interests": "Best interests decision first",
    "already_referred": "Referred before",
    "not_referable": "No referral can be made",
    "childrens_services": "Children\u2019s services",
    "none": "No reasonable grounds recorded yet",
}
OWED = ("refer_nrm", "notify_home_office_without_identity", "reach_nrm_or_dtn")


def routes(shown: Shown) -> dict[UUID, str]:
    """Which way each possible victim's referral goes, or that it went, in a few words."""
    sent = _sent(shown)
    found = {}
    for person in shown.reading.people:
        key = UUID(person.id)
        row = sent.get(key)
        if row is not None:
            verb = "sent" if row.direction == "made_by_us" else "received"
            found[key] = f"{SENT[row.route]}, {verb} {short_day(row.sent_at, shown.now)}"
        elif person.is_possible_victim or route_of(person).code != "none":
            found[key] = TO_DO[route_of(person).code]
    return found


def _sent(shown: Shown) -> Mapping[UUID, Referral]:
    """The latest that went to the Home Office about each person, read once."""
    if "referrals" not in shown.kept:
        shown.kept["referrals"] = {row.person_id: row for row in sent_of(shown.case)}
    found: Mapping[UUID, Referral] = shown.kept["referrals"]
    return found


def panel(shown: Shown) -> Panel | None:
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

"""A person's page: how to contact them, what is known, what there is to do."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import DO_NOT_ASK, PLACES, age_words, person_words, videos
from lodestar.casework.custody.presenters import since
from lodestar.casework.support.presenters.support import stage_words
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import moment, on
from lodestar.platform.design.words import listed
from lodestar.platform.reference.queries import exploitation_names
from lodestar.web.presenters.case import BELIEFS, not_known, part_words
from lodestar.web.queries import About, linked_pages

NEEDS, DANGER, THREATS = (person_words(kind) for kind in ("need", "danger", "threat"))
HELPERS = {"appropriate_adult": "appropriate adult"}
YES_NO = {True: "Yes", False: "No", None: ""}
OF_A_VICTIM = "crime-record"  # one for each possible victim, and for nobody else
DOINGS = linked_pages("person")


Fact = dict[str, Any]  # one line of what is known


def _fact(key: str, value: str, href: str = "", action: str = "", *, masked: bool = False) -> Fact:
    return {"key": key, "value": value, "href": href, "action": action, "masked": masked}


WISHES = {
    "unwanted": "They asked not to be contacted again. Do not offer help unless they ask. Record how they can come back.",
    "unsafe": "Contact is not safe for them now. Do not offer help until it is.",
}


def contact(about: About, member: Member) -> dict[str, Any]:
    """How they may be contacted: the limits of the rule, or that none is agreed; and whether an address is held, which the people
    `named` may see. The way itself is never on this page. Whoever may record none is not led to where it is recorded."""
    may_record, viewers = member.may(Permission.ADDRESS_VIEW), about.viewers
    return {
        "is_held": bool(viewers), "may_ask": member.user in viewers and may_record, "named": listed(list(viewers.values())[:4]),
        "gate": about.gate, "wish": WISHES.get(about.contact, ""), "may_record": may_record,
        "is_only_received": bool(viewers) and about.is_only_received,  # another system sent it; that is no agreement
    }  # fmt: skip


def known(person: Person, about: About, now: datetime) -> list[Fact]:
    """What is recorded of a person, one line each; what nobody knows is said in one."""
    met, kinds = on(person.case.encountered_at), exploitation_names()
    lines = (
        ("Part in the case", part_words(person)),
        ("Age at encounter", age_words(person, met)),
        ("Belief", BELIEFS.get(person.belief, "")),
        ("Exploitation", listed([kinds.get(kind, kind) for kind in dict.fromkeys(about.exploitation)])),
        ("Language", person.language),
        ("Encountered", PLACES.get(person.place, "")),
        ("Custody", since(person, now)),
        ("Danger", DANGER.get(person.out_of_danger, "")),
        ("Needs", listed([NEEDS.get(need, need) for need in person.needs])),
        ("Threats", listed([THREATS.get(threat, threat) for threat in person.threats])),
        ("Contact lost", _lost(person, now)),
        ("Found after being missing", YES_NO[person.found_after_missing]),
        ("Care and support needs", YES_NO[person.care_and_support_needs]),
        ("Who came to help them", listed([HELPERS.get(helper, helper) for helper in person.helpers])),
        ("British", YES_NO[person.british]),
        ("Died", "Yes, recorded as dead" if person.alive is False else ""),
        ("About the NRM", _consent(about.consent, now)),
        ("First account", listed(videos(about.accounts)) + (f". {DO_NOT_ASK}" if about.accounts else "")),
        ("Suspected of", listed(list(dict.fromkeys(about.offences))[:5])),
        ("Not known yet", listed(not_known(person, met))),
    )
    return [_fact(key, capital(value)) for key, value in lines if value]


def _lost(person: Person, now: datetime) -> str:
    if not person.contact_lost:
        return ""
    return f"Since {moment(person.contact_lost_at, now)}" if person.contact_lost_at else "Yes"


def _consent(row: Mapping[str, Any] | None, now: datetime) -> str:
    if row is None:
        return "Not asked yet, as far as is recorded"
    if row["wants_time"]:
        answer = "Wants time"
    else:
        answer = {True: "Said yes", False: "Said no", None: "No answer yet"}[row["nrm"]]
    alone = {True: "alone", False: "not alone", None: "not recorded whether alone"}[row["spoke_alone"]]
    interpreter = {
        "independent": "with an independent interpreter",
        "companion": "through a companion",
        "none": "without an interpreter",
        "not_needed": "no interpreter needed",
    }.get(row["interpreter"], "interpreter not recorded")
    return f"{answer}, {alone}, {interpreter}, {moment(datetime.fromisoformat(row['asked_at']), now)}"


def address_fact(person: Person, contact_summary: Mapping[str, Any]) -> Fact:
    """The line of the safe address: whether one is held, and who may see it. It never says what it is."""
    href = f"/people/{person.id}/address" if contact_summary["may_record"] else ""
    if not contact_summary["is_held"]:
        return _fact("Safe address", "None recorded.", href, "Record")
    value = f"Named people may see it: {contact_summary['named']}. Each view is recorded."
    return _fact("Safe address", value, href, "Ask to see" if contact_summary["may_ask"] else "Who to ask", masked=True)


def support_fact(person: Person, row: Mapping[str, Any] | None) -> list[Fact]:
    """The line of support with its stage, for those who may see it."""
    if row is None:
        return []
    since = date.fromisoformat(row["since"]) if row["since"] else None
    return [_fact("Support", stage_words(row["stage"], since), f"/people/{person.id}/support", "Open")]


def doings(person: Person, member: Member) -> list[dict[str, str]]:
    """What the member may do about the person. Of a sealed case its named owners, who alone see it, say what is still needed."""
    links = [
        {"words": words, "href": f"/people/{person.id}/{where}"}
        for words, where, permission, _ in DOINGS
        if member.may(permission) and (where != OF_A_VICTIM or "possible_victim" in person.roles)
    ]
    if member.may(Permission.DUTY_ANSWER):
        happened = f"/cases/{person.case.reference}/what-happened?person={person.id}"
        links.append({"words": "What happened", "href": happened})
    if person.case.sealed and member.may(Permission.KEEPING_DECIDE):
        links.append({"words": "Whether their records are still needed", "href": f"/keeping/people/{person.id}"})
    return links

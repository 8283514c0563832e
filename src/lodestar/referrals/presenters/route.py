"""Which way a person's referral goes, in plain words, and what happens next and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodestar.cases.models import ConsentAnswer
from lodestar.cases.presenters.consent import how_words
from lodestar.design.when import moment
from lodestar.referrals.rules.route import Route


@dataclass(frozen=True)
class RouteText:
    """What a route is called and what it means; `onward` says the next page, empty where none is owed."""

    heading: str
    lead: str
    words: str
    onward: str = ""


SAID: dict[str, RouteText] = {
    "nrm": RouteText(
        "Refer to the National Referral Mechanism",
        "Send what you have tonight, finish tomorrow.",
        "The Home Office decides. One referral for each person. A place to sleep does not wait for it.",
        "Record the referral",
    ),
    "dtn": RouteText(
        "Send a Duty to Notify without a name",
        "They said no, and the answer is valid.",
        "Send nothing that, alone or together, would identify them. Help stays open, and a later yes opens the NRM.",
        "Record the notification",
    ),
    "ask": RouteText(
        "Ask again",
        "There is no valid answer yet. No referral is made and none is refused.",
        "A later yes still opens the NRM. A place to sleep and the helpline do not depend on an answer.",
    ),
    "best_interests": RouteText(
        "A best interests decision comes first",
        "Their capacity for this decision is lacking or in doubt.",
        "A supervisor arranges the capacity decision. Urgent safety does not wait for it.",
    ),
    "already_referred": RouteText(
        "Already referred",
        "A second referral about the same events is not made.",
        "Tell the competent authority and the referrer what is new.",
    ),
    "not_referable": RouteText(
        "No referral can be made",
        "The reasons are below.",
        "Everything else still needs doing: the crime, the family, others who may be there.",
    ),
    "childrens_services": RouteText(
        "Children’s services, not the NRM",
        "A child was there, with no sign of their own exploitation recorded.",
        "Ring children’s services now. A sign, or what the child says, would change this.",
    ),
    "none": RouteText(
        "Nothing to send yet",
        "The reasons are below.",
        "You do not need to be certain. What is seen or said later can change this.",
    ),
}

CHANGES = {
    "ask": (
        "A yes, alone and understood: the NRM",
        "A no, alone and understood: Duty to Notify without a name",
        "Any sign that they may be under 18: the NRM, whatever the answer was",
        "Doubt about their capacity to decide: a best interests decision",
        "Contact lost: the final deadline is now",
    ),
    "nrm": ("They change their mind: record a new talk", "Capacity in doubt: a best interests decision"),
    "dtn": ("A later yes, alone and understood: the NRM", "Any sign that they may be under 18: the NRM"),
}


def describe_route(
    route: Route, *, long_stop: datetime | None, talk: ConsentAnswer | None, coordinator: str, now: datetime
) -> dict[str, Any]:
    """The route of one person. `long_stop` is when `reach_nrm_or_dtn` is due, `talk` the latest one about referral."""
    text = SAID[route.code]
    heading, lead, latest, after = text.heading, text.lead, "", ""
    steps: tuple[tuple[str, str, str], ...] = ()
    if route.code == "ask" and talk is not None and talk.wants_time:
        lead = "They want time. That is an answer. No referral is made and none is refused."
    if route.code in ("ask", "best_interests") and long_stop is not None:
        latest = moment(long_stop, now)
        after = f"If there is no valid answer by then, {coordinator} sends a Duty to Notify without a name."
        steps = _steps(long_stop, coordinator, now)
        if route.code == "ask":
            heading = f"Ask again, by {latest}" if long_stop > now else "Ask again now"
    return {
        "heading": heading,
        "lead": lead,
        "words": text.words,
        "onward": text.onward,
        "why": route.why,
        "authority": route.authority,
        "changes": CHANGES.get(route.code, ()),
        "latest": latest,
        "after": after,
        "steps": steps,
        "talk": f"{how_words(talk)}, {moment(talk.asked_at, now)}" if talk is not None else "",
    }


def _steps(long_stop: datetime, coordinator: str, now: datetime) -> tuple[tuple[str, str, str], ...]:
    return (
        ("Now", "Keeps the place to sleep and the helpline number", "anyone with them"),
        (f"By {moment(long_stop, now)}", "Asked again, alone, at a time they chose", "an officer they know"),
        (moment(long_stop, now), "Final deadline: Duty to Notify without a name", coordinator),
        ("At once", "If contact is lost, the final deadline is now", coordinator),
    )

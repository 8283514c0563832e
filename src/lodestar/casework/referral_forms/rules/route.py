"""Which way a person's referral goes: the National Referral Mechanism (NRM), the Duty to Notify (DtN), or neither yet.

Modern Slavery Act 2015 ss51, 52; statutory guidance (2020) 5.25-5.43; Mental Capacity Act 2005 ss1-4. The first that holds
decides. A route is one person's; nobody's depends on another's.
"""

from dataclasses import dataclass
from datetime import date

from lodestar.platform.obligations.encounter_reading import PersonReading

DTN_BEGAN = date(2015, 11, 1)  # Modern Slavery Act 2015 s52 in force; statutory guidance (2020) 5.41

S51 = "Modern Slavery Act 2015 s51"
S52 = "Modern Slavery Act 2015 s52"
SG_CONSENT = "Statutory guidance (2020) 5.29-5.31"
SG_CAPACITY = "Statutory guidance (2020) 5.25-5.27"
SG_ONCE = "Statutory guidance (2020) 5.40"
SG_CHILD = "Statutory guidance (2020) 5.43"
MCA_PRESUMED = "Mental Capacity Act 2005 s1(2)"
MCA_BEST = "Mental Capacity Act 2005 s4"

_LOST = "Contact was lost before they gave a valid answer. This is no refusal."
_WHOM_TO_TELL = {
    "scotland": "In Scotland there is no Duty to Notify: tell Police Scotland's human trafficking unit.",
    "northern_ireland": "In Northern Ireland there is no Duty to Notify: tell its police's modern slavery unit.",
}


@dataclass(frozen=True)
class Route:
    """`code` is nrm, dtn, ask, best_interests, already_referred, not_referable, childrens_services or none."""

    code: str
    why: tuple[str, ...]
    authority: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """An answer about the NRM as it counts: yes, no, or none that is valid. `confirm`: a condition was not recorded."""

    counts_as: bool | None
    confirm: bool
    why: tuple[str, ...]


# What may be sent on each route. Where no valid answer is to be had the long-stop sends the Duty to Notify, and a decision in
# their best interests may come to either.
_MAY_BE_SENT = {"nrm": ("nrm",), "dtn": ("dtn",), "ask": ("dtn",), "best_interests": ("nrm", "dtn")}


def in_line(route: Route, sent: str) -> bool:
    """Whether sending `sent` (nrm or dtn) is what the route calls for, or leaves open."""
    return sent in _MAY_BE_SENT.get(route.code, ())


def route_of(person: PersonReading) -> Route:
    """The route of a person, worked out once."""
    if "route" not in person.kept:
        person.kept["route"] = _route(person)
    person_route: Route = person.kept["route"]
    return person_route


def _route(person: PersonReading) -> Route:
    facts = person.facts
    if not person.is_living:
        return Route("not_referable", ("The person has died. Record the crime and tell the coroner.",), (S52,))
    earlier = _same_events_before(person)
    if facts.place == "overseas" and not (earlier and person.has_grounds):
        return Route("not_referable", ("They were never encountered in the United Kingdom. Offer a safe contact there.",), (S52,))
    if not person.has_grounds:
        return _without_grounds(person)
    if earlier:  # wherever they are now: who leaves the country stays referred (statutory guidance 14.251-14.252)
        return earlier
    if person.is_child:
        return Route(
            "nrm",
            (person.age.why, "A child is referred whatever they answered.", *_what_is_earlier(person)),
            (S51, S52, SG_CHILD),
        )
    if person.age.treat_as == "not_known":
        if is_lost_before_answer(person):
            return _notified(person, (person.age.why, _LOST), (S52,))
        return Route("ask", (person.age.why, "Find out how old they may be, then ask."), (S51, S52))
    if person.lacks_or_may_lack_capacity:
        doubt = "lacking" if facts.consent.capacity is False else "in doubt"
        why = (f"Their capacity for this decision is {doubt}.", "Urgent safety does not wait for it.")
        return Route("best_interests", why, (MCA_BEST, SG_CAPACITY))
    return _by_consent(person)


def _without_grounds(person: PersonReading) -> Route:
    belief = person.facts.belief
    no_sign = belief == "none" or (belief is None and "possible_victim" not in person.facts.roles)
    if person.is_child and no_sign:
        return Route(
            "childrens_services",
            (person.age.why, "No sign of their own exploitation is recorded."),
            ("Children Act 2004 s11", S52),
        )
    if belief == "signs_only":
        why = (
            "Signs are recorded, and no reasonable grounds yet.",
            "A supervisor's decision that there are grounds would change it.",
        )
    else:
        why = ("No reasonable grounds are recorded yet.", "A sign, or what they say when asked alone, would change it.")
    return Route("none", why, (S52,))


def _same_events_before(person: PersonReading) -> Route | None:
    """An NRM referral about the same events, open or decided either way: a second one is not made (statutory guidance
    5.40)."""
    earlier = person.facts.earlier_referral
    if earlier is None or earlier.route != "nrm" or earlier.same_events is not True or earlier.decision == "withdrawn":
        return None
    state = "has no decision yet" if earlier.decision is None else "has been decided"
    why = (f"An NRM referral about the same events {state}.", "Tell the competent authority and the referrer what is new.")
    return Route("already_referred", why, (SG_ONCE,))


def _what_is_earlier(person: PersonReading) -> tuple[str, ...]:
    """What an earlier referral that stands in no way is, in words."""
    earlier = person.facts.earlier_referral
    if earlier is None:
        return ()
    if earlier.route == "dtn":
        return ("An earlier Duty to Notify never closes the way to the NRM.",)
    if earlier.same_events is not True:
        return (
            ("The earlier referral is not known to be about the same events.",)
            if earlier.same_events is None
            else ("The earlier referral was about other events.",)
        )
    return ("The earlier referral was withdrawn.",)


def answer_of(person: PersonReading) -> Answer:
    """How the person's answer counts: alone, and understood without a possible controller (statutory guidance
    5.29-5.31)."""
    consent = person.facts.consent
    confirm = consent.nrm is not None and (consent.spoke_alone is None or consent.interpreter is None)
    invalid = []
    if consent.spoke_alone is False:
        invalid.append("They were not alone when asked, so the answer does not count.")
    if consent.interpreter == "companion":
        invalid.append("A companion interpreted, so the answer does not count.")
    if consent.interpreter == "none" and "interpreter" in person.facts.needs:
        invalid.append("An interpreter was needed and there was none, so the answer does not count.")
    if invalid:
        return Answer(None, confirm, tuple(invalid))
    if consent.nrm is None:
        asked = "They asked for time." if consent.wants_time is True else "They have not been asked, or have not decided."
        return Answer(None, False, (asked,))
    if consent.nrm is False and confirm:
        return Answer(None, True, ("They said no, but how they were asked is not recorded, so it does not count yet.",))
    reply = "yes" if consent.nrm else "no"
    if confirm:
        return Answer(True, True, ("They said yes. How they were asked must be completed; the referral remains valid.",))
    return Answer(consent.nrm, False, (f"They said {reply}, alone and understood.",))


def valid_refusal(person: PersonReading) -> bool:
    """Whether an adult, or someone not known to be a child, has validly said no, with capacity."""
    return (
        person.is_living
        and not person.is_child
        and not person.lacks_or_may_lack_capacity
        and answer_of(person).counts_as is False
    )


def is_lost_before_answer(person: PersonReading) -> bool:
    """Whether contact is lost and no valid answer was given: then the long-stop is over at once (Modern Slavery Act 2015 s52)."""
    return bool(person.facts.contact_lost) and answer_of(person).counts_as is None


def _by_consent(person: PersonReading) -> Route:
    answer = answer_of(person)
    presumed = person.facts.consent.capacity is None
    why = answer.why + (("No doubt about capacity is recorded, so it is presumed.",) if presumed else ())
    authority = (S52, SG_CONSENT, *((MCA_PRESUMED,) if presumed else ()))
    if is_lost_before_answer(person):
        return _notified(person, (*why, _LOST), authority)
    if answer.counts_as is None:
        return Route("ask", why, authority)
    if answer.counts_as:
        return Route("nrm", (*why, *_what_is_earlier(person)), authority)
    return _notified(person, why, authority)


def _notified(person: PersonReading, why: tuple[str, ...], authority: tuple[str, ...]) -> Route:
    earlier = person.facts.earlier_referral
    if earlier and earlier.route == "dtn" and earlier.same_events is True and not _is_own(person, earlier.by):
        reason = "Another body has already told the Home Office about the same events."
        return Route("already_referred", (*why, reason), (S52, SG_ONCE))
    return _dtn(person, why, authority)


def _is_own(person: PersonReading, by: str | None) -> bool:
    """Whether the force itself is named as who made the earlier notification."""
    body_name = (by or "").casefold()
    return bool(body_name) and body_name in person.of.own_names


def _dtn(person: PersonReading, why: tuple[str, ...], authority: tuple[str, ...]) -> Route:
    nation = person.of.encounter.nation
    if nation in _WHOM_TO_TELL:
        return Route("none", (*why, _WHOM_TO_TELL[nation]), ("Modern Slavery Act 2015 s52(1)", *authority))
    if person.day < DTN_BEGAN:
        before = "Before 1 November 2015 there was no Duty to Notify: tell the National Crime Agency, without a name."
        return Route("none", (*why, before), ("Statutory guidance (2020) 5.41", *authority))
    return Route(
        "dtn",
        (*why, "Nothing that shows who they are is sent, unless they agreed."),
        ("Modern Slavery Act 2015 s52(1), (3)", *authority[1:]),
    )

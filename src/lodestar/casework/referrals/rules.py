"""What referring makes owed before and at the referral: what is said, asked, sent, and who else is told."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lodestar.casework.disclosures.rules import NEEDS_APPROVAL, PROPOSED, TOLD, moment_of
from lodestar.casework.referral_forms.rules.route import answer_of, is_lost_before_answer, route_of
from lodestar.platform.obligations.ages import is_birthday_known, may_turn_18_soon
from lodestar.platform.obligations.encounter_reading import PersonReading, Rule
from lodestar.platform.obligations.happened_without import heard_of
from lodestar.platform.obligations.obligations import Owed, as_instant, owe
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.reference_lists import rows_on
from lodestar.platform.time.days import add_working_days, end_of_day, london_date

Why = Sequence[str]

_HELD_OR_AT_A_BORDER = ("immigration_detention", "prison", "port")
_GUARDED_ROUTES = ("nrm", "already_referred")


def explain_who_will_know(person: PersonReading) -> Why:
    """An adult, or age not known, with reasonable grounds, whatever was answered (statutory guidance 2020, 5.29-5.31,
    5.36)."""
    if person.is_living and person.has_grounds and not person.is_child:
        return ("An adult decides about the NRM, and can only do so knowing who will know.",)
    return ()


def refer_nrm(person: PersonReading) -> Why:
    """Route nrm (Modern Slavery Act 2015 s52; statutory guidance 2020, 5.29, 5.43)."""
    return route_of(person).why if route_of(person).code == "nrm" else ()


def notify_home_office_without_identity(person: PersonReading) -> Why:
    """Route dtn, from 1 November 2015 (Modern Slavery Act 2015 s52(1), (3))."""
    return route_of(person).why if route_of(person).code == "dtn" else ()


def reach_nrm_or_dtn(person: PersonReading) -> Why:
    """Route ask or best_interests, or a notification because contact was lost first; the hours are force policy, the duty to
    tell is Modern Slavery Act 2015 s52."""
    route = route_of(person)
    is_notified_for_them = route.code == "dtn" and is_lost_before_answer(person)
    return route.why if is_notified_for_them or route.code in ("ask", "best_interests") else ()


def long_stop_conditions(person: PersonReading) -> frozenset[str]:
    """Which hours of `reach_nrm_or_dtn` count: at once when contact is lost, longer when the person asked for time."""
    conditions = set()
    if person.facts.contact_lost:
        conditions.add("contact_lost")
    if person.facts.consent.wants_time is True:
        conditions.add("wants_time")
    return frozenset(conditions)


def confirm_consent_conditions(person: PersonReading) -> Why:
    """An adult's answer of which it is not recorded whether they were alone, or who interpreted (5.29-5.31)."""
    if person.is_child or not person.is_living or not answer_of(person).confirm:
        return ()
    why = []
    if person.facts.consent.spoke_alone is None:
        why.append("They answered, and it is not recorded whether they were alone.")
    if person.facts.consent.interpreter is None:
        why.append("They answered, and it is not recorded who interpreted, if anyone.")
    return tuple(why)


def explain_to_child_and_listen(person: PersonReading) -> Why:
    """A child whose route is nrm (statutory guidance 2020, 5.45)."""
    if person.is_child and route_of(person).code == "nrm":
        return ("A child is referred without agreeing, so must have it explained and be listened to.",)
    return ()


def mention_earlier_referral(person: PersonReading) -> Why:
    """An earlier referral and route nrm (First Responder Toolkit, April 2026, s3)."""
    if person.facts.earlier_referral is not None and route_of(person).code == "nrm":
        return ("There is an earlier referral.",)
    return ()


def explain_home_office_role(person: PersonReading) -> Why:
    """A possible victim held, at a port, or not British; from 8 November 2021 (statutory guidance 2020, 5.36)."""
    if not person.is_possible_victim or not person.is_living:
        return ()
    why = []
    if person.facts.place in _HELD_OR_AT_A_BORDER:
        why.append("They were encountered in detention, in prison or at a port.")
    if person.facts.british is False:
        why.append("They are not British.")
    return tuple(why)


def assess_capacity(person: PersonReading) -> Why:
    """Capacity in doubt (Mental Capacity Act 2005 ss1-3)."""
    if person.is_living and person.facts.consent.capacity == "in_doubt":
        return ("Their capacity for this decision is in doubt.",)
    return ()


def best_interests_decision(person: PersonReading) -> Why:
    """Capacity lacking, or in doubt until assessed (Mental Capacity Act 2005 s4)."""
    if person.is_living and person.lacks_or_may_lack_capacity:
        return ("They lack capacity for this decision, or may, until it is assessed.",)
    return ()


def child_trafficking_guardian(person: PersonReading) -> Why:
    """A child referred now or before (statutory guidance 2020, 5.46, chapter 9). The dated list of areas says whether the
    service is known to work there; an area that is not on it is asked about, never left out."""
    if person.is_child and route_of(person).code in _GUARDED_ROUTES:
        return ("A child who may be a victim, referred now or before.", _guardians_here(person))
    return ()


def _guardians_here(person: PersonReading) -> str:
    rows = [row for row in rows_on("referrals", "guardian_areas", person.day) if row["slug"] in person.of.own_areas]
    if not rows:
        return "The list of areas with guardians does not name this one: ring the service and ask."
    parts = [row["part"] for row in rows if "part" in row]
    if parts:
        return f"Guardians work in a part of this police area: {', '.join(parts)}."
    return "Guardians work in this police area, by the list of areas."


def turning_18_consent(person: PersonReading) -> Why:
    """A child referred now or before: 90 days before the 18th birthday, and on it (First Responder Toolkit, April 2026, s5)."""
    if person.is_child and route_of(person).code in _GUARDED_ROUTES:
        return ("At 18 they choose for themselves whether to stay in the NRM.",)
    return ()


def owed_turning_18(person: PersonReading) -> list[Owed]:
    """Both moments of turning 18. Of a birthday known only between bounds, what would lie before the meeting is due on the
    next working day, and no later than the first day on which they may be 18: nobody is late for a guess. Where neither a
    date of birth nor a stated 17 says that it is near, it waits for the birthday to be known."""
    why = tuple(turning_18_consent(person))
    obligations = owe("turning_18_consent", person.events, person.day, person=person.id, why=why) if why else []
    is_guess = not is_birthday_known(person.facts, person.day)
    if not is_guess or not obligations or obligations[0].due is None or london_date(obligations[0].due) >= person.day:
        return obligations
    if not may_turn_18_soon(person.facts):
        unknown = ("The day they turn 18 is not known.",)
        return [replace(obligations[0], due=None, due_from="birthday_18", opens_at=None, why=(*why, *unknown))]
    birthday = obligations[-1].due
    due = end_of_day(add_working_days(person.day, 1))
    due = min(due, birthday) if birthday else due
    near = replace(obligations[0], due=due, why=(*why, "The day they turn 18 is not known, and may be near."))
    return [near, *obligations[1:]]


def seek_adult_consent(person: PersonReading) -> Why:
    """In the ledger: treated as a child, now shown to be an adult (First Responder Toolkit, April 2026, s5)."""
    if "age_settled" in person.events and person.age.treat_as == "adult":
        return ("They were treated as a child and are shown to be an adult.",)
    return ()


def immigration_disclosure_needs_approval(event: str) -> Why:
    """In the ledger: a disclosure to immigration is proposed or has happened (statutory guidance 2020, 11.27)."""
    if event == TOLD:
        return ("Something has gone to Immigration Enforcement without approval.",)
    return ("A disclosure to Immigration Enforcement is proposed.",)


def owed_immigration(person: PersonReading) -> list[Owed]:
    """One for each proposal and for each telling before anybody approved it. Who looks at what happened without is late at
    once, whatever is decided of it (force policy)."""
    obligations: list[Owed] = []
    for event in (TOLD, PROPOSED):
        why = tuple(immigration_disclosure_needs_approval(event))
        times = dict.fromkeys(map(as_instant, person.events.get(event, ())))
        for obligation in owe(NEEDS_APPROVAL, person.events, person.day, person=person.id, why=why) if times else ():
            obligations += [replace(obligation, moment=moment_of(event, at), opens_at=at) for at in times]
        if event == TOLD:
            obligations += heard_of(person, [(at, f"immigration {moment_of(event, at)}") for at in times], *why)
    return obligations


# The names under which the ledger tells what has gone to the Home Office. `referral_received`: somebody else's, or that
# ours was acknowledged.
NRM_GONE = ("referral_sent", "referral_received")
DTN_GONE = ("notification_sent", "notification_received")
SENT = fingerprint("sent")  # what is owed rests on nothing else once it has gone: no other fact asks for it twice


def live_referrals(person: PersonReading) -> set[datetime]:
    """When each NRM referral in the ledger was sent, but for those withdrawn: the event `referral_withdrawn` lies at the
    instant at which the one withdrawn was sent."""
    sent_times = {as_instant(when) for name in NRM_GONE for when in person.events.get(name, ())}
    return sent_times - set(map(as_instant, person.events.get("referral_withdrawn", ())))


def put_referral_right(person: PersonReading) -> Why:
    """In the ledger: what was sent is not what the facts called for (force policy; Modern Slavery Act 2015 s52)."""
    return ("What was sent is not what the facts called for.",) if "referral_out_of_line" in person.events else ()


def put_right(at: datetime) -> str:
    """The moment of `put_referral_right` for what was sent at `at`."""
    return f"sent {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def owed_to_put_right(person: PersonReading) -> list[Owed]:
    """One for each referral out of line, due at the moment it was sent: what has happened is recorded, and looked at."""
    why = put_referral_right(person)
    obligations = owe("put_referral_right", person.events, person.day, person=person.id, why=tuple(why)) if why else []
    times = dict.fromkeys(map(as_instant, person.events.get("referral_out_of_line", ())))
    owed = [replace(obligation, moment=put_right(at), due=at, opens_at=at) for obligation in obligations for at in times]
    return owed + heard_of(person, [(at, put_right(at)) for at in times], *why, inspector_only=True) if owed else []


def _referral_before(person: PersonReading) -> str:
    """A referral is asked for again when the earlier one turns out withdrawn, or about other events, and when our own was
    withdrawn; never while one that has gone stands."""
    if live_referrals(person):
        return SENT
    withdrawn = person.events.get("referral_withdrawn", ())
    if withdrawn:
        return fingerprint("withdrawn", len(withdrawn))
    return _other_events(person)


def _other_events(person: PersonReading) -> str:
    earlier = person.facts.earlier_referral
    return fingerprint(earlier and (earlier.same_events, earlier.decision == "withdrawn"))


def _notified_before(person: PersonReading) -> str:
    """As a referral; a notification that has gone counts too, a referral all the more: withdrawn or not, the Home Office
    was told (Modern Slavery Act 2015 s52)."""
    return SENT if any(name in person.events for name in (*NRM_GONE, *DTN_GONE)) else _other_events(person)


def _answer_given(person: PersonReading) -> str:
    """Another answer has conditions of its own."""
    return fingerprint(person.facts.consent.nrm)


def _age_and_capacity(person: PersonReading) -> str:
    """A reason why no answer was to be had falls with the age or capacity it was given for; what has gone has gone."""
    if any(name in person.events for name in (*NRM_GONE, *DTN_GONE)):
        return SENT
    return fingerprint(person.age.treat_as, person.facts.consent.capacity)


RULES = (
    Rule("explain_who_will_know", explain_who_will_know),
    Rule("refer_nrm", refer_nrm, _referral_before),
    Rule("notify_home_office_without_identity", notify_home_office_without_identity, _notified_before),
    Rule("reach_nrm_or_dtn", reach_nrm_or_dtn, _age_and_capacity, long_stop_conditions),
    Rule("confirm_consent_conditions", confirm_consent_conditions, _answer_given),
    Rule("child_told_and_heard", explain_to_child_and_listen),
    Rule("mention_earlier_referral", mention_earlier_referral),
    Rule("explain_home_office_role", explain_home_office_role),
    Rule("assess_capacity", assess_capacity),
    Rule("best_interests_decision", best_interests_decision),
    Rule("child_trafficking_guardian", child_trafficking_guardian),
    Rule("seek_adult_consent", seek_adult_consent),
)


_NOT_IN_A_REFERENCE = re.compile(r"[^A-Z0-9]")


def found_by(reference: str) -> str:
    """A reference by its letters and digits alone, in capitals, so that a space or a dash more or less finds it."""
    return _NOT_IN_A_REFERENCE.sub("", reference.upper())[:80]


LOOKED_AT_AGAIN = ("rec_asked", "rec_accepted")
FIRST = ("rg_positive", "rg_negative")
INFORMATION = ("info_asked", "info_sent")


def decision_state(route: str, came: Iterable[Any]) -> dict[str, Any]:
    """The `state` of a referral, whether further information is asked for and was not sent since (`returned`), and what was
    decided `first`, by all that came of it: each with its `kind`, the day `decided_on`, and its `number` among them.

    By the day of each thing and, within a day, by when it was filed. What was put right is not among `came`. A notification gets
    no decision. A request for reconsideration that is refused leaves what was decided before it.
    """
    state = before = "waiting" if route == "nrm" else "told"
    returned, first = False, ""
    for event in sorted(came, key=lambda event: (event.decided_on, event.number)):
        if event.kind in FIRST:
            first = first or event.kind
        if event.kind in INFORMATION:
            returned = event.kind == "info_asked"
        elif event.kind in LOOKED_AT_AGAIN:
            state = "reconsidered"
        elif event.kind == "rec_refused":
            state = before
        else:
            state = before = event.kind
            returned = returned and event.kind == "suspended"
    return {"state": state, "returned": returned, "first": first}

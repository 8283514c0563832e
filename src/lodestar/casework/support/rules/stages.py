"""At which stage of support a person is, by what happened to them, and what a stage makes owed. Pure: it sees the days of the
facts, never the clock.

The stages are those of `policing.md` 7: *declined* is two things, a person's own no and the authority's. What happened on a day
without an hour counts at the end of that day, so that the order in which things were written down decides nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from lodestar.casework.referral_forms.rules.route import is_lost_before_answer, valid_refusal
from lodestar.casework.referrals.rules import live_referrals
from lodestar.platform.obligations.ages import is_birthday_known
from lodestar.platform.obligations.encounter_reading import Decision, PersonReading
from lodestar.platform.obligations.obligations import Owed, When, as_day, as_instant, owe
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.time.days import end_of_day

BEFORE, PENDING, POSITIVE, NEGATIVE = "before", "pending", "positive", "negative"
DECLINED, NOT_ACCEPTED = "declined_by_person", "declined_by_authority"
WITHDRAWN, CLOSED = "withdrawn", "closed"
STAGES = (BEFORE, PENDING, POSITIVE, NEGATIVE, DECLINED, NOT_ACCEPTED, WITHDRAWN, CLOSED)
ENDED = (WITHDRAWN, CLOSED)

REFERRED = ("referral_sent", "referral_received")
REFUSED = ("refusal", "notification_sent", "notification_received")  # a Duty to Notify is about who did not say yes
_AUTHORITY = {
    "rg_positive": PENDING, "rg_negative": NOT_ACCEPTED, "disqualified": NOT_ACCEPTED,
    "cg_positive": POSITIVE, "cg_negative": NEGATIVE, "cg_revoked": NEGATIVE,
}  # fmt: skip
_ENDS = {"nrm_withdrawn": WITHDRAWN, "support_withdrawn": WITHDRAWN, "support_closed": CLOSED, "died": CLOSED}
ACCEPTED, RESUMED = "accepted", "support_resumed"
# In the order in which they count where they are of one instant.
EVENTS = ("accepted", *REFUSED, *REFERRED, *_AUTHORITY, RESUMED, *_ENDS)
Event = tuple[str, When]
Why = Sequence[str]


@dataclass(frozen=True)
class Stage:
    """A stage and when it began; None for the first, which began when they were met."""

    code: str
    at: When | None = None

    @property
    def since(self) -> date | None:
        """The day on which it began, in London."""
        return as_day(self.at) if self.at is not None else None


@dataclass
class _Known:
    """What is known after some of the events."""

    nrm: str = BEFORE
    refused: bool = False
    ended: str = ""
    died: bool = False

    def take(self, name: str) -> None:
        if name in REFERRED:  # whoever is referred again has come back
            self.nrm, self.refused, self.ended = PENDING, False, ""
        elif name in REFUSED:
            self.refused = True
        elif name == ACCEPTED:
            self.refused = False
        elif name == RESUMED:
            self.ended = ""
        elif name in _AUTHORITY:
            self.nrm = _AUTHORITY[name]
        elif self.ended != CLOSED:
            self.ended = _ENDS[name]
        self.died = self.died or name == "died"

    def stage(self, is_child: bool) -> str:
        if self.died or self.ended:
            return CLOSED if self.died else self.ended
        return DECLINED if self.refused and not is_child else self.nrm


def _place(event: Event) -> tuple[datetime, int]:
    name, at = event
    return (as_instant(at) if isinstance(at, datetime) else end_of_day(at), EVENTS.index(name))


def stages(events: Iterable[Event], *, is_child: bool = False) -> list[Stage]:
    """Every stage of a person in its order, the first always *before*; the last holds now. Nobody declines for a child."""
    known, history = _Known(), [Stage(BEFORE)]
    for name, at in sorted(events, key=_place):
        known.take(name)
        code = known.stage(is_child)
        if code != history[-1].code:
            history.append(Stage(code, at))
    return history


def stage_events(person: PersonReading) -> list[Event]:
    """What of a person's facts decides their stage. A refusal counts where it is valid; a notification sent because contact was
    lost before any answer is no refusal; a referral is withdrawn when none that was sent is left."""
    events = person.events
    names = [*REFERRED, *_AUTHORITY, RESUMED, "support_withdrawn", "support_closed"]
    names += ["refusal"] if valid_refusal(person) else []
    names += [] if is_lost_before_answer(person) else ["notification_sent", "notification_received"]
    names += [] if live_referrals(person) else ["nrm_withdrawn"]
    found = [(name, at) for name in names for at in events.get(name, ())]
    return [*found, *_earlier(person), *([] if person.is_living else [("died", person.of.encounter.encountered_at)])]


def _earlier(person: PersonReading) -> list[Event]:
    """The referral that somebody else made of the same events, and what came of it, by the first day that each may mean."""
    earlier = person.facts.earlier_referral
    if earlier is None or earlier.route != "nrm" or earlier.same_events is False:
        return []
    sent = earlier.on.earliest if earlier.on else person.day
    decided = max(sent, earlier.decided_on.earliest) if earlier.decided_on else sent
    name = "nrm_withdrawn" if earlier.decision == "withdrawn" else earlier.decision
    return [("referral_sent", sent), *([(name, decided)] if name else [])]


def stage_of(person: PersonReading) -> Stage:
    """The stage that holds, worked out once."""
    if "stage" not in person.kept:
        person.kept["stage"] = stages(stage_events(person), is_child=person.is_child)[-1]
    stage: Stage = person.kept["stage"]
    return stage


def is_supported(person: PersonReading) -> bool:
    """Whether support runs: it began, or a referral of ours waits or was decided for them; and nothing ended it."""
    stage = stage_of(person).code
    if stage in ENDED:
        return False
    return "support_began" in person.events or (stage in (PENDING, POSITIVE) and bool(live_referrals(person)))


def has_ended(person: PersonReading) -> bool:
    """Whether somebody recorded that their support ended, or that they withdrew, and they have not come back."""
    return bool(person.events.keys() & {"support_closed", "support_withdrawn"}) and stage_of(person).code in ENDED


def is_left_in_peace(person: PersonReading) -> bool:
    """Whether they asked never to be contacted again: nothing is offered until they come back (practice, harm F1)."""
    return bool(person.events.keys() & {"contact_unwanted"})


def is_helped(person: PersonReading) -> bool:
    """A possible victim who lives, has not asked to be left in peace, and whose support was not recorded as ended."""
    return person.is_living and person.is_possible_victim and not is_left_in_peace(person) and not has_ended(person)


def _reassessed(person: PersonReading) -> Stage | None:
    """The stage for which needs are assessed again: one that began after the day of the encounter, while support goes on."""
    stage = stage_of(person)
    is_new = stage.since is not None and stage.since > person.day and stage.code not in ENDED
    return stage if is_new and is_helped(person) else None


def owed_again(person: PersonReading) -> list[Owed]:
    """The full assessment at each change of stage, in the same 72 hours from the change; none twice where the support provider
    has done it (`policing.md` 7; the hours are force policy)."""
    stage = _reassessed(person)
    if stage is None or stage.at is None:
        return []
    events = {**person.events, "encountered_at": (stage.at,)}
    why = ("Their stage of support changed: assess again, unless their support provider has.",)
    return [
        replace(owed, opens_at=as_instant(stage.at))
        for owed in owe(
            "needs_assessment", events, person.day, person=person.id, why=why, moment=stage_moment(stage.code, stage.at)
        )
    ]


def stage_moment(code: str, at: When) -> str:
    """The moment of the assessment that a stage makes owed: `pending 2026-03-09`."""
    return f"{code} {as_day(at).isoformat()}"


def plan_move_on(decision: Decision) -> Why:
    """In the ledger: a positive conclusive decision on our referral (statutory guidance 2020, 8.17; days: force policy)."""
    if decision.source == "own" and decision.outcome == "cg_positive":
        return ("The conclusive decision is positive: support moves on to what lasts.",)
    return ()


def tell_missing_from_support(person: PersonReading) -> Why:
    """In the ledger: contact is lost with somebody whose support runs (force policy)."""
    if "contact_lost" in person.events and is_supported(person) and person.is_possible_victim:
        return ("Contact is lost while they are supported.",)
    return ()


def plan_support_at_18(person: PersonReading) -> Why:
    """In the ledger: a supported child whose 18th birthday is known (First Responder Toolkit, April 2026, s5; force policy)."""
    if person.is_child and is_supported(person) and is_helped(person) and is_birthday_known(person.facts, person.day):
        return ("At 18 their support changes from children’s to adult services.",)
    return ()


def confirm_support_transfer(person: PersonReading) -> Why:
    """In the ledger: support is to move to another service or area (force policy)."""
    if "support_transfer" in person.events and is_helped(person):
        return ("Their support is to move: stay in contact until a worker there confirms.",)
    return ()


def owed_transfers(person: PersonReading) -> list[Owed]:
    """One for each move of support, by its own instant."""
    why = tuple(confirm_support_transfer(person))
    obligations: list[Owed] = []
    for at in dict.fromkeys(map(as_instant, person.events.get("support_transfer", ()))) if why else ():
        obligations += owe(
            "confirm_support_transfer", {**person.events, "support_transfer": (at,)}, person.day, person=person.id, why=why,
            moment=f"asked {at.astimezone(UTC):%Y-%m-%dT%H:%MZ}",
        )  # fmt: skip
    return obligations


def lost_since(person: PersonReading) -> str:
    """Lost again, it is told again."""
    return fingerprint("lost", *(as_instant(at).isoformat() for at in person.events["contact_lost"]))

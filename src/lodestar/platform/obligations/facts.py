"""The facts that the rules read: what `assess` is given, and what the ledger holds, in one frozen shape.

None is *not known*, never *no*; an empty tuple is *nothing recorded*. `events` hold what only the ledger knows, as pairs of a
name and the instant or day it happened (`crime_recorded`, `referral_sent`, `tour_end`, `rg_positive` ...).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from lodestar.platform.time.fuzzy import PartialDate, Span

Event = tuple[str, datetime | date]

NATIONS = ("england", "wales", "scotland", "northern_ireland")
ROLES = ("possible_victim", "suspect", "exploiter", "witness")
BELIEFS = ("reasonable_grounds", "signs_only", "none")
AGE_BASES = ("document", "stated", "estimated", "disputed", "assessed", "unknown")
PLACES = (
    "street", "premises", "vehicle", "custody", "prison", "immigration_detention", "court", "hospital", "port", "home",
    "care_placement", "supported_accommodation", "public_counter", "online", "overseas",
)  # fmt: skip
EXPLOITATION_TYPES = ("criminal", "labour", "sexual", "domestic", "organ", "other", "unknown")
EXPLOITED_IN = ("uk", "overseas")
CAPACITIES = (True, False, "in_doubt")
INTERPRETERS = ("independent", "companion", "none", "not_needed")
HELPERS = ("interpreter", "solicitor", "appropriate_adult", "companion")
SEIZED = ("drugs", "cash", "phone")
THREATS = ("person", "family_uk", "family_abroad")
ROUTES_BEFORE = ("nrm", "dtn")
DECISIONS = ("rg_positive", "rg_negative", "cg_positive", "cg_negative", "withdrawn")
WHERE = ("england_wales", "scotland", "northern_ireland", "abroad")
STAGES = (
    "stop", "voluntary_interview", "arrest", "interview", "bail_or_remand", "out_of_court_disposal",
    "no_further_action", "charge_decision", "charged", "hearing", "convicted", "appeal",
)  # fmt: skip
NEEDS = ("safe_place", "medical", "interpreter", "food", "mental_health", "childcare", "protection")


@dataclass(frozen=True)
class Birth:
    """What is known of an age: a date, bounds in completed years when met, and how it is known (`AGE_BASES`)."""

    date: PartialDate | None = None
    age_min: int | None = None
    age_max: int | None = None
    basis: str | None = None


@dataclass(frozen=True)
class Exploitation:
    """One exploitation. `start` and `end` are the form's `from` and `to`; `where` is its `in`."""

    type: str | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    where: tuple[str, ...] = ()
    police_areas: tuple[str, ...] = ()
    still_in_situation: bool | None = None
    organised: bool | None = None


@dataclass(frozen=True)
class Consent:
    """The answer about the National Referral Mechanism and how it was asked. `nrm` None is not asked or not decided."""

    nrm: bool | None = None
    capacity: bool | Literal["in_doubt"] | None = None
    spoke_alone: bool | None = None
    interpreter: str | None = None
    wants_time: bool | None = None
    may_be_named: bool | None = None


@dataclass(frozen=True)
class EarlierReferral:
    """A referral made before, by anyone, and what was decided."""

    route: str | None = None
    by: str | None = None
    on: PartialDate | None = None
    reference: str | None = None
    same_events: bool | None = None
    decision: str | None = None
    decided_on: PartialDate | None = None
    notice_on: PartialDate | None = None
    new_evidence: bool | None = None


@dataclass(frozen=True)
class SuspectedAct:
    """One act a person is suspected of. `key` is the ledger's own id of it; from `assess` it is empty."""

    act: str | None = None
    section: str | None = None
    title: str | None = None
    particulars: str | None = None
    on: Span | None = None
    where: str | None = None
    age_then_min: int | None = None
    age_then_max: int | None = None
    stage: str | None = None
    key: str = ""


@dataclass(frozen=True)
class PersonFacts:
    """One person as met, or as the case has them now."""

    id: str
    roles: tuple[str, ...] = ()
    belief: str | None = None
    birth: Birth = Birth()
    alive: bool | None = None
    place: str | None = None
    contact_lost: bool | datetime | None = None
    exploitation: tuple[Exploitation, ...] = ()
    consent: Consent = Consent()
    helpers: tuple[str, ...] = ()
    seized: tuple[str, ...] = ()
    threats: tuple[str, ...] = ()
    care_and_support_needs: bool | None = None
    british: bool | None = None
    found_after_missing: bool | None = None
    earlier_referral: EarlierReferral | None = None
    suspected_of: tuple[SuspectedAct, ...] = ()
    needs: tuple[str, ...] = ()
    out_of_danger: str | None = None  # yes, no, not_sure; known to the ledger alone
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class CaseFacts:
    """What is known of the case as a whole."""

    police_areas: tuple[str, ...] = ()
    organised_group: bool | None = None
    people_out_of_force: bool | None = None
    links_abroad: bool | None = None
    deaths: int | None = None
    diplomat: bool | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Encounter:
    """Everything the rules see: one meeting, or one case, with its people. Rules are chosen by `encountered_at`.

    `readings` holds what the rules worked out from these facts, so that it is worked out once. It is no fact: it takes no part
    in comparing, and a copy begins without it.
    """

    encountered_at: datetime
    reference: str | None = None
    force: str | None = None
    nation: str | None = None
    people: tuple[PersonFacts, ...] = ()
    case: CaseFacts = CaseFacts()
    readings: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False, hash=False)

"""Referrals to services and places of safety in words, and the two registers."""

from datetime import datetime
from typing import Any

from lodestar.casework.cases.presenters import label
from lodestar.casework.service_referrals import access
from lodestar.casework.service_referrals.models import PlaceRequest, ServiceReferral
from lodestar.casework.service_referrals.rules import (
    KINDS,
    OUTCOMES,
    PLACE,
    REFERRAL,
    REJECTED,
    UNSUITABLE,
    Nights,
    age_band,
    words,
)
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day, day_time, on
from lodestar.platform.obligations.ages import age_between
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.registers.models import Column, Filter, Register
from lodestar.platform.registers.presenters import due_cell
from lodestar.platform.time.fuzzy import partial_date

NOT_KNOWN = ("", "Not known")
YES_NO = (NOT_KNOWN, ("yes", "Yes"), ("no", "No"))
ASKED, WHO, HOW = ([*words(kind).items()] for kind in ("asked", "who", "how"))
SEXES = [NOT_KNOWN, ("female", "Female"), ("male", "Male"), ("other", "Other")]
WANTED = [NOT_KNOWN, ("tonight", "Tonight"), ("week", "Within a week"), ("later", "Later")]
TRUTHS = {True: "Yes", False: "No", None: "Not known"}
STEP_FREE = {True: "Needed", False: "Not needed", None: "Not known"}


def need_words(code: str) -> str:
    """A domain of need."""
    return need_domains().get(code, code)


def who(row: ServiceReferral | PlaceRequest) -> dict[str, str]:
    """Whom a row is about and their case, over its page."""
    return {**_who(row), "more": f", {row.person.case.reference}"}


def _who(row: Any, _now: datetime | None = None) -> dict[str, str]:
    page = "services" if isinstance(row, ServiceReferral) else "place"  # a navigator sees no page of the person
    return {"words": label(row.person), "href": f"/people/{row.person_id}/{page}"}


def _case(row: Any, now: datetime) -> str:
    return f"{row.person.case.reference}, person {row.person.number}"


def _referral_words(row: ServiceReferral, now: datetime) -> list[dict[str, Any]]:
    how = ", ".join(filter(None, (dict(WHO).get(row.agreed_who, "").lower(), dict(HOW).get(row.agreed_how, "").lower())))
    pairs = (
        ("Service", row.service.name),
        ("Need", need_words(row.domain)),
        ("What is needed", str(row.what)),
        ("What they wish", str(row.wish)),
        ("Agreed", dict(ASKED)[row.agreed] + (f" ({how})" if how else "")),
        ("Victim services", "Yes, the offer under the Victims’ Code" if row.is_victim_services else ""),
        ("Made", f"{day_time(row.made_at)}, by {row.recorded_by.name}"),
        ("Answered", day_time(row.answered_at) if row.answered_at else ""),
        ("Started", day_time(row.started_at) if row.started_at else ""),
        ("Ended", day_time(row.ended_at) if row.ended_at else ""),
        ("Why rejected", REJECTED.get(row.rejection, "")),
        ("Outcome", OUTCOMES.get(row.outcome, "")),
        ("Owner", row.owner.name),
        ("Ask again", due_cell(row, now).get("words", "") if row.due_at else ""),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def before_name(row: ServiceReferral) -> list[dict[str, str]]:
    """What a person of the service is shown: the need, and nothing that says who it is."""
    low, high = row.person.age_min, row.person.age_max
    if row.person.birth_date:
        low, high = age_between(partial_date(row.person.birth_date), on(row.made_at), on(row.made_at))
    known = (
        ("Need", need_words(row.domain)),
        ("What is needed", str(row.what)),
        ("Age", age_band(low, high) or "Not known"),
        ("Sex", dict(SEXES)[row.sex]),
        ("Languages", row.languages or "Not known"),
        ("Children or others with them", TRUTHS[row.dependants]),
        ("Step-free access", STEP_FREE[row.step_free]),
        ("From when", dict(WANTED)[row.wanted]),
    )
    return [{"key": key, "value": value} for key, value in known]


REFERRALS = Register(
    name="service-referrals",
    title="Referrals to services",
    model=ServiceReferral,
    columns=(
        Column("Who", _who, is_exported=False, is_of_person=True),
        Column("Case", _case, is_of_person=True),
        Column("Service", lambda row, now: {"words": row.service.name, "href": f"/service-referrals/{row.id}"}),
        Column("Need", lambda row, now: need_words(row.domain)),
        Column("Status", lambda row, now: REFERRAL.states[row.state]),
        Column("Next", due_cell),
        Column("Owner", lambda row, now: row.owner.name),
    ),
    filters=(
        Filter("domain", "Need", "domain", tuple(need_domains().items())),
        Filter("service", "Service", "service__name__icontains"),
    ),
    visible=access.referrals_seen,
    changes=Permission.SUPPORT_RECORD,
    words=_referral_words,
    shown=access.record_shown,
    links=(("Places of safety", "/places"),),
    outsider="the service, by its link",
    exports=Permission.EXPORT,
    exported="support.service_referrals_exported",
)


# --- places of safety ------------------------------------------------------------------------------------------------------


def place_words(row: PlaceRequest) -> str:
    """What kind of place it is."""
    kind = row.service.name if row.service else KINDS.get(row.kind, "")
    return f"{kind}; unsuitable: {UNSUITABLE.get(row.unsuitable_why, '').lower()}" if row.unsuitable else kind


def nights_words(row: PlaceRequest, now: datetime) -> str:
    """How many nights somebody spent there, and from when."""
    if row.nights_from is None:
        return ""
    nights = Nights(row.nights_from, row.nights_to, row.unsuitable).nights(on(now))
    until = f" to {day(row.nights_to)}" if row.nights_to else ", still there"
    return f"{nights} {'night' if nights == 1 else 'nights'}, {day(row.nights_from)}{until}"


def _place_lines(row: PlaceRequest, now: datetime) -> list[dict[str, Any]]:
    pairs = (
        ("Place", place_words(row)),
        ("Asked for", day_time(row.asked_at)),
        ("Offered", day_time(row.offered_at) if row.offered_at else ""),
        ("Nights", nights_words(row, now)),
        ("Owner", row.owner.name),
        ("Look again", due_cell(row, now).get("words", "") if row.due_at else ""),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


PLACES = Register(
    name="places",
    title="Places of safety",
    model=PlaceRequest,
    columns=(
        Column("Who", _who, is_exported=False, is_of_person=True),
        Column("Case", _case, is_of_person=True),
        Column("Status", lambda row, now: {"words": PLACE.states[row.state], "href": f"/places/{row.id}"}),
        Column("Place", lambda row, now: place_words(row)),
        Column("Nights", nights_words),
        Column("Next", due_cell),
        Column("Owner", lambda row, now: row.owner.name),
    ),
    filters=(Filter("kind", "Kind of place", "kind", tuple(KINDS.items())),),
    visible=access.places_seen,
    changes=Permission.PLACE_ASK,
    words=_place_lines,
    shown=access.record_shown,
    exports=Permission.EXPORT,
    exported="support.places_exported",
)

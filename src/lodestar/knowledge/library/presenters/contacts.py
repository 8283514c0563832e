"""Whom to ring at this hour, beside a page: two or three numbers, with the name of whoever is on duty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from lodestar.platform.accounts.models import RotaEntry
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import LONDON, clock, local
from lodestar.platform.design.words import curly
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.reference.queries import contacts_on
from lodestar.platform.time.days import is_working_day

DAY_BEGINS, DAY_ENDS = time(8, 30), time(17, 0)
POSTS = {"duty_sergeant": "supervisor", "duty_inspector": "inspector", "duty_coordinator": "coordinator"}
OFFICER = ("duty_sergeant", "childrens_services", "slavery_helpline")
DECIDES = ("duty_inspector", "duty_coordinator", "childrens_services")
# Whom to ring about one thing owed; what is not named here is answered without a call.
ABOUT = {
    "make_safe": ("emergency",),
    "medical_and_basic_care_first": ("emergency",),
    "see_alone_with_independent_interpreter": ("interpreters",),
    "tell_childrens_services_now": ("childrens_services",),
    "under_ten_to_childrens_services": ("childrens_services",),
    "strategy_meeting": ("childrens_services",),
    "age_assessment": ("childrens_services",),
    "nobody_to_tell_parent_first": ("childrens_services",),
    "child_trafficking_guardian": ("child_trafficking_guardians",),
    "safe_place": ("duty_sergeant", "emergency_housing", "salvation_army"),
    "safe_release_plan": ("duty_sergeant", "emergency_housing"),
    "appropriate_adult": ("appropriate_adults",),
    "adult_safeguarding": ("adult_safeguarding",),
    "sexual_assault_referral": ("sexual_assault_referral_centre",),
    "threat_to_life_assessment": ("duty_inspector",),
    "report_missing": ("duty_sergeant",),
    "tell_coroner": ("coroner",),
    "tell_foreign_office_protocol": ("protocol_contact",),
    "forced_marriage_steps": ("forced_marriage_unit",),
    "refer_support_service": ("salvation_army", "slavery_helpline"),
    "send_supplementary_information": ("competent_authority",),
    "tell_competent_authority_and_referrer": ("competent_authority",),
    "watch_reasonable_grounds_decision": ("competent_authority",),
}


# The page of every number: under which heading each stands. One that is not named here comes under the last.
HEADINGS = (
    ("Now", ("emergency", "duty_sergeant", "duty_inspector", "duty_coordinator", "interpreters")),
    ("A child", ("childrens_services_night", "childrens_services_day", "child_trafficking_guardians")),
    ("An adult", ("adult_safeguarding_night", "adult_safeguarding_day", "emergency_housing", "salvation_army")),
)
LAST_HEADING = "Also"
NOT_KNOWN = "Not set: ask your coordinator"


@dataclass(frozen=True)
class Number:
    """One number to ring; `number` is empty where none is known."""

    label: str
    number: str
    detail: str


def is_office_hours(now: datetime) -> bool:
    """Whether offices are open: 08:30 to 17:00 of a working day."""
    here = now.astimezone(LONDON)
    return is_working_day(here.date()) and DAY_BEGINS <= here.time() < DAY_ENDS


def ring_now(
    codes: Iterable[str], duties: Iterable[RotaEntry], unit: UUID, now: datetime, own: Mapping[str, str | int] | None = None
) -> list[Number]:
    """The numbers of these contacts that answer at this hour. Who is on duty for the unit goes before others. `own` are the
    settings of the force, which give the number where no source does."""
    contacts = {row["code"]: row for row in contacts_on(local(now).date())}
    on_duty = {duty.post: duty for duty in sorted(duties, key=lambda duty: duty.unit_id == unit)}
    numbers = []
    for code in codes:
        if f"{code}_night" in contacts:
            code += "_day" if is_office_hours(now) else "_night"
        if code in contacts:
            numbers.append(_number(contacts[code], on_duty.get(POSTS.get(code, "")), now, own))
    return numbers


def every_number(now: datetime, own: Mapping[str, str | int] | None = None) -> list[dict[str, Any]]:
    """Every number in force, under headings, with the hours at which it answers. `own` are the settings of the force that
    asks, which give the numbers that it sets; None where nobody knows which force it is."""
    contacts = {row["code"]: row for row in contacts_on(local(now).date())}
    placed_codes = {code for _, codes in HEADINGS for code in codes}
    headings = [*HEADINGS, (LAST_HEADING, tuple(code for code in contacts if code not in placed_codes))]
    return [
        {"title": title, "numbers": tuple(_with_hours(contacts[code], own) for code in codes if code in contacts)}
        for title, codes in headings
    ]


def _with_hours(row: Mapping[str, Any], own: Mapping[str, str | int] | None) -> Number:
    if "set_by_force" in row:
        return _of_force(row, own)
    hours = "" if row["hours"] == "always" else row["hours"]
    detail = ". ".join(part.rstrip(".") for part in (hours, row.get("note", "")) if part)
    return Number(curly(row["name"]), row["number"], curly(capital(detail)))


def _of_force(row: Mapping[str, Any], own: Mapping[str, str | int] | None) -> Number:
    number = str((own or {}).get(row["set_by_force"], ""))
    return Number(curly(row["name"]), number, "" if number else NOT_KNOWN)


def first_steps() -> list[str]:
    """The seven lines of the first hour, in their order."""
    rows = [rule for rules in obligation_rows().values() for rule in rules if rule.line]
    return [curly(rule.title) for rule in sorted(rows, key=lambda rule: rule.line or 0)]


def _number(row: Mapping[str, Any], duty: RotaEntry | None, now: datetime, own: Mapping[str, str | int] | None) -> Number:
    if "set_by_force" in row:
        return _of_force(row, own)
    detail = row.get("note", "")
    if duty is not None:
        until = f", until {clock(duty.to_at)}" if (duty.to_at - now).days < 1 else ""
        detail = f"{duty.user.name}{until}"
    return Number(curly(row["name"]), row["number"], curly(detail))

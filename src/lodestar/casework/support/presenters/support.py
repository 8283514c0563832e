"""Support in finished words: stages, records, whom to reach and how, the list of people and how often they were reached."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from lodestar.casework.cases.presenters import label
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import people_words, title_of
from lodestar.casework.safe_addresses.queries import ContactGate
from lodestar.casework.service_referrals.models import ServiceReferral
from lodestar.casework.support.models import BEGAN, NOT_REACHED, REACHED, TRANSFER, SupportRecord, SupportStage
from lodestar.casework.support.queries.lists import Reach
from lodestar.casework.support.rules import support_words
from lodestar.casework.support.rules.stages import Stage
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design import plots
from lodestar.platform.design.plots import RunChart
from lodestar.platform.design.when import day, moment, short_day
from lodestar.platform.obligations.gravity import gravity_words

STAGE_NAMES, GROUPS, KINDS = support_words("stage"), support_words("group"), support_words("record")
LEFT_IN_PEACE = "They asked never to be contacted again. Do not ring, write, visit or offer anything unless they come to us."
ONLY_SERVICES = "Contact the service, not the person"
NO_SAFE_WAY = "No safe way: do not contact"
OWN_PAGES = {
    "refer_support_service": "/people/{person}/services", "refer_victim_services": "/people/{person}/services",
    "needs_assessment": "/people/{person}/needs/assess",
}  # fmt: skip
COLUMNS = ("Person", "Stage", "Last reached", "Next due")
MONTHS = ("Month", "Reached", "Not reached")


def stage_words(code: str, since: date | None) -> str:
    """A stage with the day since when."""
    return f"{STAGE_NAMES[code]}, since {day(since)}" if since else STAGE_NAMES[code]


def gate_words(gate: ContactGate) -> str:
    """The safe way to contact somebody, or that there is none."""
    if gate.is_open:
        return gate.words
    return f"{NO_SAFE_WAY}. {gate.words}" if gate.is_agreed else NO_SAFE_WAY


def history(stages: Sequence[Stage]) -> list[str]:
    """Each stage with its day, the latest first."""
    return [f"{STAGE_NAMES[stage.code]}{f', {day(stage.since)}' if stage.since else ''}" for stage in reversed(stages)]


def records(rows: Iterable[SupportRecord], member: Member) -> list[dict[str, Any]]:
    """What was recorded of support, in the order given."""
    return [
        {
            "title": KINDS[row.kind],
            "words": ". ".join(part.rstrip(".") for part in (row.who, str(row.words)) if part),
            "by": "you" if row.recorded_by_id == member.user else row.recorded_by.name,
            "at": row.happened_at,
        }
        for row in rows
    ]


def service_words(rows: Sequence[SupportRecord], *, is_moving: bool) -> str:
    """Which service supports somebody, of records the latest first; until a move is confirmed it is the one before. Empty where
    none is recorded."""
    if not is_moving:
        return next((row.who for row in rows if row.who and row.kind in (BEGAN, TRANSFER)), "")
    now = next((row.who for row in rows if row.who and row.kind == BEGAN), "Not recorded")
    return f"{now}. To move to {next(row.who for row in rows if row.kind == TRANSFER)}: not confirmed yet"


def owed_lines(rows: Iterable[Obligation], member: Member) -> list[dict[str, Any]]:
    """What is owed for somebody's support: its title, when, and where it is answered by who may."""
    may_answer = member.may(Permission.DUTY_ANSWER)
    return [
        {"code": row.code, "title": title_of(row), "due": row.due_at, "href": f"/owed/{row.id}" if may_answer else _own_page(row)}
        for row in rows
    ]


def _own_page(row: Obligation) -> str:
    """The page of support that closes something, for who answers nothing of a case; empty where there is none."""
    return OWN_PAGES[row.code].format(person=row.person_id) if row.code in OWN_PAGES else ""


def _referral_lines(rows: Iterable[ServiceReferral]) -> list[dict[str, Any]]:
    return [{"title": f"Ask {row.service.name} again", "due": row.due_at, "href": f"/service-referrals/{row.id}"} for row in rows]


def reach_groups(people: Iterable[Reach], member: Member) -> list[dict[str, Any]]:
    """Whom to contact today, each with what is due and the safe way."""
    sees_cases = member.may(Permission.CASE_VIEW)
    return [
        {
            "who": people_words([reach.person]),  # short: others see a first page over a shoulder
            "href": f"/people/{reach.person.id}/support",
            "reference": reach.person.case.reference if sees_cases else "",
            "tags": gravity_words(reach.gravity),
            "is_open": reach.gate.is_open or not reach.owed,
            "way": gate_words(reach.gate) if reach.owed else ONLY_SERVICES,
            "lines": [*owed_lines(reach.owed, member), *_referral_lines(reach.referrals)],
        }
        for reach in people
    ]


def people_rows(rows: Iterable[SupportStage], member: Member, now: datetime) -> list[list[Any]]:
    """The list of people: who, stage, when last reached, what is due next."""
    sees_cases = member.may(Permission.CASE_VIEW)
    return [
        [
            {
                "words": label(row.person), "href": f"/people/{row.person_id}/support",
                "more": f", {row.person.case.reference}" if sees_cases else "",
            },
            stage_words(row.stage, row.since),
            short_day(reached, now) if (reached := getattr(row, "reached_at", None)) else "Not yet",
            moment(due, now) if (due := getattr(row, "next_due", None)) else "",
        ]
        for row in rows
    ]  # fmt: skip


def stage_counts(by_stage: Mapping[str, int]) -> list[list[Any]]:
    """How many are at each stage, each number leading to them."""
    return [
        [name, {"words": f"{number:,}", "href": f"/support?{urlencode({'stage': code})}"} if number else "0"]
        for code, name in STAGE_NAMES.items()
        for number in (by_stage.get(code, 0),)
    ]


def group_counts(groups: Mapping[str, int]) -> list[dict[str, str]]:
    """How many wait for a contact, are near the end of support, or turn 18 soon, each leading to them."""
    return [
        {"code": code, "words": f"{name}: {groups[code]:,}", "href": f"/support?{urlencode({'near': code})}"}
        for code, name in GROUPS.items()
    ]


def engagement_chart(months: Mapping[date, Mapping[str, int]]) -> RunChart:
    """How often people were reached, and not, by month."""
    letters = [(f"{month:%b}"[0], f"{month:%Y}") for month in months]
    return plots.run_chart(letters, *([row[kind] for row in months.values()] for kind in (REACHED, NOT_REACHED)))


def engagement_rows(months: Mapping[date, Mapping[str, int]]) -> list[list[Any]]:
    """The same numbers as a table, the latest month first."""
    latest_first = sorted(months.items(), reverse=True)
    return [[f"{month:%B %Y}", f"{row[REACHED]:,}", f"{row[NOT_REACHED]:,}"] for month, row in latest_first]

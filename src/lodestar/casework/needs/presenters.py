"""Needs, the first five days and uses of support records in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from lodestar.casework.cases.access import people_shown
from lodestar.casework.cases.models import Person
from lodestar.casework.needs import access
from lodestar.casework.needs.models import Need, NeedsAssessment, SupportUse
from lodestar.casework.needs.rules import DAYS, LEVELS, PARTS, USE_LASTS, arranged_on, words
from lodestar.casework.referral_forms.queries import read_now
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day, day_time, moment, on, short_day
from lodestar.platform.design.words import listed
from lodestar.platform.questionnaires.forms import Known
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.registers.models import Column, Filter, Register

CHILD, ADULT = ("childrens_services",), ("salvation_army", "slavery_helpline")
DISCLOSABLE = "Police records can be disclosed in court. Write need and wish, not the story."


def stage_words(stage: str) -> str:
    """A stage of support, from its code; empty where it is not known."""
    return words("stage").get(stage, "")


def wish_words(need: Need) -> str:
    """What they wish."""
    return words("wish").get(need.wish, "Wish not asked")


def night_words(person: Person) -> str:
    """What the first questions found that they need, in a sentence; empty where they found nothing."""
    return listed([words("night")[need] for need in person.needs if need in words("night")])


def last_said(assessed: Iterable[NeedsAssessment], domain: str) -> NeedsAssessment | None:
    """The last assessment that asked about a domain; `assessed` are the latest first."""
    return next((one for one in assessed if f"{domain}_level" in one.answered), None)


def known_answers(person: Person, assessed: Sequence[NeedsAssessment], needs: Iterable[Need]) -> dict[str, Known]:
    """What an assessment begins with: of each domain what was said last; before that what the night found. A need that is met
    since is asked about again: it would be open once more if nobody touched it."""
    is_open = {need.domain for need in needs}
    night = {words("night", "domain")[need]: words("night")[need] for need in person.needs if need in words("night")}
    met, known = day(person.case.encountered_at), dict[str, Known]()
    for domain in need_domains():
        one = last_said(assessed, domain)
        if one is not None:
            said = {name: one.answered.get(f"{domain}_{name}", "") for name in ("level", "wish", "words")}
            known |= {f"{domain}_{name}": Known(value, "") for name, value in said.items()}
            when = f"the assessment of {day(one.assessed_at)}"
            is_met = said["level"] in LEVELS and domain not in is_open
            known[f"{domain}_level"] = Known("", f"{when}, and met since") if is_met else Known(said["level"], when)
        elif domain in night:
            known[f"{domain}_level"] = Known("", f"{met}: they needed {night[domain]}")
    return known


def need_lines(needs: Sequence[Need], assessed: Sequence[NeedsAssessment], now: datetime) -> list[dict[str, Any]]:
    """What is needed now, each with their own words from the last assessment that asked about it."""
    last = {need.domain: last_said(assessed, need.domain) for need in needs}
    said = {domain: one.answered.get(f"{domain}_words", "") if one else "" for domain, one in last.items()}
    return [
        {
            "id": need.id, "domain": need.domain, "name": need_domains()[need.domain], "level": words("level")[need.level],
            "colour": words("level", "colour")[need.level], "wish": wish_words(need), "words": said[need.domain],
            "provider": need.provider, "since": short_day(need.since, now), "reason": words("reason").get(need.unmet_reason, ""),
        }
        for need in needs
    ]  # fmt: skip


def history(assessed: Iterable[NeedsAssessment], now: datetime) -> list[dict[str, Any]]:
    """The assessments, the latest first: which, when, at which stage and by whom."""
    kinds = {"full": "Full assessment", "review": "Review"}
    return [
        {
            "title": f"{kinds[one.kind]}{', by ' + one.provider if one.provider else ''}",
            "when": moment(one.assessed_at, now), "stage": stage_words(one.stage), "by": one.recorded_by.name,
        }
        for one in assessed
    ]  # fmt: skip


def use_lines(uses: Iterable[SupportUse], now: datetime) -> list[dict[str, Any]]:
    """For what support records were opened, by whom, and until when."""
    return [
        {
            "id": use.id, "what": words("use")[use.used_for], "by": use.recorded_by.name, "power": use.power,
            "reason": use.reason, "when": day_time(use.recorded_at), "until": moment(use.recorded_at + USE_LASTS, now),
        }
        for use in uses
    ]  # fmt: skip


def bridge_table(person: Person, entries: Mapping[tuple[int, str], str]) -> tuple[list[str], list[list[Any]]]:
    """The first five days as a table: a column for each day, a row for each part; what is not arranged is a gap."""
    first = on(person.case.encountered_at)
    days = range(1, DAYS + 1)
    columns = ["What", *(f"{first + timedelta(days=each - 1):%a} {(first + timedelta(days=each - 1)).day}" for each in days)]
    return columns, [[words("part")[part], *(_cell(arranged_on(entries, each, part)) for each in days)] for part in PARTS]


def rings_of(person: Person) -> tuple[str, ...]:
    """Whom to ring for somebody who is, or may be, under 18; else the numbers for adults."""
    return CHILD if read_now(person).is_child else ADULT


def bridge_days(person: Person, form: Any) -> list[tuple[str, list[Any]]]:
    """The boxes of each day under its heading; the first are for every day."""
    first = on(person.case.encountered_at)
    headings = ["Every day", *(f"Day {each}, {day(first + timedelta(days=each - 1))}" for each in range(1, DAYS + 1))]
    return [(heading, [form[f"d{number}-{part}"] for part in PARTS]) for number, heading in enumerate(headings)]


def _cell(arranged: str) -> Any:
    return words("place").get(arranged, arranged) or {"tag": "Gap", "colour": "red"}


def _need_words(need: Need, now: datetime) -> list[dict[str, Any]]:
    pairs = (
        ("Need", need_domains()[need.domain]), ("How great", words("level")[need.level]), ("Wish", wish_words(need)),
        ("Offered by", need.provider), ("Since", day(need.since)), ("Stage", stage_words(need.stage)),
        ("Why unmet", words("reason").get(need.unmet_reason, "")),
        ("Says who", f"The record: {words('source')[need.reason_source].lower()}" if need.reason_source else ""),
        ("District", need.district), ("Nearest help", f"{need.distance_km} km" if need.distance_km is not None else ""),
    )  # fmt: skip
    about = {"key": "Case", "value": f"{need.person.case.reference}, person {need.person.number}"}
    about |= {"href": f"/people/{need.person_id}/needs", "action": "Needs", "about": "and wishes of this person"}
    return [about, *({"key": key, "value": value} for key, value in pairs if value)]


UNMET_NEEDS = Register(
    name="unmet-needs",
    title="Unmet needs",
    model=Need,
    columns=(
        Column("Need", lambda row, now: {"words": need_domains()[row.domain], "href": f"/unmet-needs/{row.id}"}),
        Column("Level", lambda row, now: words("level")[row.level]),
        Column("Wish", lambda row, now: wish_words(row)),
        Column("Why unmet", lambda row, now: words("reason").get(row.unmet_reason, "Not looked into yet")),
        Column("Days waiting", lambda row, now: str((on(row.met_at or now) - on(row.since)).days)),
        Column("Stage", lambda row, now: stage_words(row.stage) or "Not known"),
        Column("Unit", lambda row, now: row.person.case.unit.name),
        Column("Case", lambda row, now: f"{row.person.case.reference}, person {row.person.number}"),
    ),
    filters=(
        Filter("domain", "Need", "domain", [*need_domains().items()]),
        Filter("reason", "Why unmet", "unmet_reason", [*words("reason").items()]),
        Filter("stage", "Stage", "stage", [*words("stage").items()]),
        Filter("unit", "Unit", "person__case__unit__name__icontains"),
    ),
    visible=access.needs_seen,
    changes=Permission.SUPPORT_RECORD,
    words=_need_words,
    shown=lambda member, rows: people_shown(member, [row.person_id for row in rows]),
    order="since",
    exports=Permission.SERVICES_EDIT,  # the advisor and the coordinator
    exported="support.unmet_needs_exported",
)

"""Two reports: The hidden victims, answered in 2021 in time, and an invented inspection whose clock runs now."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from lodestar.oversight.plan.actions import record_item
from lodestar.oversight.recommendations import actions
from lodestar.oversight.recommendations.models import Recommendation, Report
from lodestar.oversight.requirements.queries import requirements_on
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import DemoPart, register_demo_part
from lodestar.platform.time.days import london_date

DAY = timedelta(days=1)
STANDARD = "hidden_victims_2021"
ANSWER = "https://commissioner.fenmarch.example/answers/the-hidden-victims"
STEPS: tuple[tuple[str, date, dict[str, Any]], ...] = (  # of 2021, as the papers of the force have them
    ("invited_chief", date(2021, 5, 28), {"answer_by": date(2021, 6, 18)}),
    ("chief_comments", date(2021, 6, 16), {"note": "The letter bears 2020; it came on 16 June 2021"}),
    ("policing_body_comments", date(2021, 6, 25), {}),
    ("published", date(2021, 6, 30), {"url": ANSWER}),
    ("copied_hmicfrs", date(2021, 6, 30), {}),
    ("copied_home_secretary", date(2021, 6, 30), {}),
)
ACTIONS = {
    "R2a": "Guidance for every step is in Lodestar and can be searched",
    "R2b": "Signs are asked for at the first contact; missed ones are counted",
    "R2c": "Section 45 is shown at custody before an interview",
    "R2d": "The first hour is a list of steps, with the time of each",
    "R2e": "Leaflets in the languages that people speak",
    "R2f": "A detective checks each referral before it is sent",
    "R2g": "Every case says whether section 45 was considered, and by whom",
    "R3": "Every report goes to a detective",
    "R4": "Needs are asked within five days, also of those who decline the NRM",
}
INSPECTION = (
    ("R1", ["chief_constable"], "Within three months, count how many victims hear from the force when their case ends."),
    ("R2", ["chief_constable"], "Within six months, train every supervisor in reviewing investigations of modern slavery."),
    ("R3", ["chief_constable", "policing_body"], "Agree who pays for a place of safety at night."),
    ("R4", ["college"], "Publish what a good first account contains."),
)


def recommendations(members: Mapping[str, Member], now: datetime) -> None:
    """Takes in both reports, with statuses of each kind: claimed and verified, reopened, late with a second day, rejected."""
    coordinator = members["coordinator"]
    report = actions.take_in(by=coordinator, at=now - 300 * DAY, code="hidden_victims")
    for step, happened_on, more in STEPS:
        actions.record_step(by=coordinator, at=now - 300 * DAY, report=report, step=step, happened_on=happened_on, **more)
    known_values = {row.code: row for row in requirements_on(london_date(now)) if row.standard == STANDARD}
    rows = {row.code: row for row in report.recommendations.all()}
    for code, row in rows.items():
        if code in known_values:
            actions.change_recommendation(by=coordinator, at=now - 299 * DAY, row=row, seen=1, requirement=known_values[code])
            row.refresh_from_db()
        if code in ACTIONS:
            _move(coordinator, now - 290 * DAY, row, "accepted", "chief_officer", action=ACTIONS[code])
    _statuses(members, rows, now)
    _inspection(members, now)


def _move(by: Member, at: datetime, row: Recommendation, to: str, reason: str, because: str = "", **columns: Any) -> None:
    actions.move_recommendation(by=by, at=at, row=row, to=to, seen=row.version, reason=reason, because=because, **columns)


def _statuses(members: Mapping[str, Member], rows: Mapping[str, Recommendation], now: datetime) -> None:
    coordinator, inspector, chief = members["coordinator"], members["inspector"], members["chief"]
    for code, seen in (("R2a", "Guidance looked at on three telephones"), ("R2b", "Signs are on the first screen")):
        _move(coordinator, now - 200 * DAY, rows[code], "complete_claimed", "force", seen)
        _move(inspector, now - 190 * DAY, rows[code], "complete_verified", "force", "Seen on two shifts")
    _move(chief, now - 40 * DAY, rows["R2b"], "reopened", "chief_officer", "The last deep dive found signs that were missed")
    _move(coordinator, now - 30 * DAY, rows["R2d"], "complete_claimed", "force", "The first hour is recorded in every case")
    late, first = rows["R2g"], london_date(now) - 100 * DAY
    _move(coordinator, now - 180 * DAY, late, "being_progressed", "force", due_on=first)
    words = "Custody officers of the second half are not trained"
    _move(coordinator, now - 101 * DAY, late, "being_progressed", "force", words, due_on=first + 80 * DAY)
    _move(coordinator, now - 90 * DAY, rows["R4"], "being_progressed", "policing_body", "A night bed is not agreed")
    record_item(
        by=coordinator, at=now - 90 * DAY, title="Agree a place of safety for each night", domain="victims", four_p="protect",
        owner=coordinator.user, due_on=london_date(now) + 60 * DAY, source="recommendation", source_key=str(rows["R4"].id),
        requirements=[rows["R4"].requirement_id] if rows["R4"].requirement_id else [],
    )  # fmt: skip


def _inspection(members: Mapping[str, Member], now: datetime) -> None:
    coordinator, body, chief = members["coordinator"], members["commissioner"], members["chief"]
    published = london_date(now) - 30 * DAY
    facts: dict[str, Any] = {"body": "HMICFRS (invented)", "source": "https://inspection.example/fenmarch", "is_verified": True}
    title = "Fenmarch Police: an inspection of the care for victims of modern slavery"
    report: Report = actions.record_report(by=coordinator, at=now - 29 * DAY, title=title, published_on=published, **facts)
    rows = [{"number": code, "addressees": to, "text": text, "is_verified": True} for code, to, text in INSPECTION]
    made = actions.record_recommendations(by=coordinator, at=now - 29 * DAY, report=report, rows=rows)
    actions.record_step(
        by=body, at=now - 27 * DAY, report=report, step="invited_chief", happened_on=published + 3 * DAY,
        answer_by=published + 35 * DAY,
    )  # fmt: skip
    _move(coordinator, now - 10 * DAY, made[0], "accepted", "chief_officer", action="Contact at the end of a case is counted")
    words = "Supervisors of detectives first"
    _move(coordinator, now - 8 * DAY, made[1], "partly_accepted", "chief_officer", words, owner_id=chief.user)
    _move(coordinator, now - 6 * DAY, made[2], "rejected", "chief_officer", no_action="The county council pays by its own duty")


register_demo_part(DemoPart("recommendations", recommendations, needs=("plan",)))

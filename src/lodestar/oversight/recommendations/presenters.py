"""Reports and recommendations in words: the register, the line of a clock, the steps of an answer, and what is due."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from lodestar.oversight.recommendations import access
from lodestar.oversight.recommendations.models import Recommendation, Report, ReportStep
from lodestar.oversight.recommendations.rules import ADDRESSEES, DAYS, STATES, STEPS, Clock, needs_answer
from lodestar.oversight.requirements.presenters import standard_name
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.when import counted, day, due_at, on
from lodestar.platform.design.words import shortened
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.registers.models import Column, Filter, Register
from lodestar.platform.registers.presenters import due_cell
from lodestar.platform.registers.queries import due_rows

MOST_DUE, SHORT, TITLE = 20, 110, 60  # items, letters of a text and of a title on a list
LEFT, WIDE = 12, 296  # where the line of a clock is


def to_words(row: Recommendation, now: datetime | None = None) -> str:
    """To whom a recommendation is addressed."""
    return ", ".join(ADDRESSEES[code] for code in row.addressees)


def short(row: Recommendation, now: datetime | None = None) -> str:
    """The beginning of a text; of a letter its own part."""
    text = row.text.rpartition(": ")[2] if row.letter else row.text
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"


def verified_words(row: Report | Recommendation) -> str:
    """Whether a text was compared with its source."""
    return "Compared with its source" if row.is_verified else "Not compared with its source"


def _age(row: Recommendation, now: datetime) -> str:
    return str((on(now) - row.report.published_on).days)


def _words(row: Recommendation, now: datetime) -> list[dict[str, Any]]:
    first, requirement = row.original_due_on, row.requirement
    pairs = (
        ("Report", f"{row.report.title}, {day(row.report.published_on)}"),
        ("Addressed to", to_words(row)),
        ("Answer", "An action, or the reason for none" if needs_answer(row.addressees) else "None needed from the force"),
        ("Text", row.text),
        ("Source", ". ".join(filter(None, (verified_words(row), row.source)))),
        ("Age", "" if row.state in STATES.closed else counted(int(_age(row, now)), "day")),
        ("Due", due_at(row.due_at, now) if row.due_at else ""),
        ("First due", day(first) if first and row.due_at and on(row.due_at) != first else ""),
        ("Action", row.action),
        ("No action, because", row.no_action),
        ("Claimed by", row.claimed_by.name if row.claimed_by else ""),
        ("Verified by", row.verified_by.name if row.verified_by else ""),
        ("Owner", row.owner.name),
        ("Requirement", f"{standard_name(requirement.standard)}, {requirement.code}" if requirement else "None chosen"),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


RECOMMENDATIONS = Register(
    name="recommendations",
    title="Recommendations",
    model=Recommendation,
    columns=(
        Column("Recommendation", lambda row, now: {"words": row.code, "href": f"/recommendations/{row.id}"}),
        Column("Report", lambda row, now: shortened(row.report.title, TITLE), exported=lambda row, now: row.report.title),
        Column("Text", short, exported=lambda row, now: row.text),
        Column("Addressed to", to_words),
        Column("Status", lambda row, now: STATES.states[row.state]),
        Column("Age in days", _age),
        Column("Due", due_cell),
        Column("Owner", lambda row, now: row.owner.name, is_exported=False),
    ),
    filters=(
        Filter("report", "Words of the report’s title", "report__title__icontains"),
        Filter("addressee", "Addressed to", "addressees__contains", [(f"{{{code}}}", name) for code, name in ADDRESSEES.items()]),
    ),
    visible=access.recommendations_seen,
    named=lambda row: f"{row.code}, {row.report.title}",
    changes=access.VIEW,
    words=_words,
    shown=lambda member, rows: None,  # it names nobody of a case
    links=(("Reports and their deadlines", "/recommendations/reports"),),
    order="asked_at",
    exports=access.VIEW,
    exported="recommendations.exported",
)


def clock_words(report: Report, clock: Clock | None) -> dict[str, str]:
    """How far the answer to a report is, as a cell: late, published, or which day of the 56 it is."""
    if clock is None:
        return {"words": "No answer asked for by section 55"}
    words = f"Last day {day(clock.last_day)}"
    if clock.days_late:
        return {"tag": "Late", "colour": "red", "words": f"{words}, {counted(clock.days_late, 'day')} late"}
    return {"words": f"{words}, {'published on' if clock.is_answered else 'today is'} day {clock.day} of {DAYS}"}


def clock_line(report: Report, steps: Iterable[ReportStep], today: date) -> dict[str, Any]:
    """Where the last day, today and each step are on a line; steps near each other are above one another. Today is left out
    where it is far beyond."""
    days, now = [(row.happened_on - report.published_on).days for row in steps], (today - report.published_on).days
    shown = now if now < 2 * DAYS else None
    across, marks, height = WIDE / max(DAYS, *days, shown or 0), list[tuple[float, int, int]](), 92
    for number, at in enumerate(days):
        height = height - 20 if number and (at - days[number - 1]) * across < 20 else 92
        marks.append((round(LEFT + at * across, 1), height, number + 1))
    last = round(LEFT + (DAYS - 1) * across, 1)
    return {"last": last, "today": None if shown is None else round(LEFT + shown * across, 1), "marks": marks}


def step_rows(every: Sequence[ReportStep], report: Report, may: Iterable[str]) -> list[list[Any]]:
    """Every step of an answer, by its number on the line, with the day of the 56; a withdrawn one says so and why."""
    why, rows = {row.withdraws_id: row.note for row in every if row.withdraws_id}, list[list[Any]]()
    for row in sorted((row for row in every if not row.withdraws_id), key=lambda row: row.id in why):
        words, is_undone = STEPS[row.step], row.id in why
        about = (f"by {day(row.answer_by)}" if row.answer_by else "", row.url, row.note)
        link = {"words": "Withdraw", "href": f"/recommendations/steps/{row.id}/withdraw"}
        rows.append([
            {"tag": "Withdrawn", "words": words, "more": f"({why[row.id]})"} if is_undone else f"{len(rows) + 1}. {words}",
            f"{day(row.happened_on)}, day {(row.happened_on - report.published_on).days + 1}", ", ".join(filter(None, about)),
            row.recorded_by.name, link if row.step in may and not is_undone else "",
        ])  # fmt: skip
    return rows


def _due_steps(member: Member, until: datetime) -> QuerySet[Any, Any]:
    rows = access.reports_seen(member).filter(next_step__in=access.steps_recorded_by(member), next_at__lte=until)
    return rows.values_list(Value("report_step"), "id", "title", "next_step", "next_at")[:MOST_DUE]


def _step_item(report: UUID, title: str, step: str, due: datetime) -> DueItem:
    return DueItem("report_step", f"Answer to a report, next: {STEPS[step].lower()}", f"/recommendations/reports/{report}", due)


def _due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    rows = due_rows(access.recommendations_seen(member).filter(owner=member.user), until)
    return rows.values_list(Value("recommendation"), "id", "number", "letter", "due_at")[:MOST_DUE]


def _item(row: UUID, number: str, letter: str, due: datetime) -> DueItem:
    return DueItem("recommendation", f"Recommendation {number}{letter}", f"/recommendations/{row}", due)


DUE = (
    Kind("report_step", "Answers to reports", "/recommendations/reports", access.VIEW, _due_steps, _step_item, after_cases=True),
    Kind("recommendation", "Recommendations", "/recommendations", access.VIEW, _due, _item, after_cases=True),
)

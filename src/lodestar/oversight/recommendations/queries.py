"""Named reads of reports and recommendations."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from lodestar.oversight.measures.rules.facts import year_to_quarter
from lodestar.oversight.plan.models import PlanItem
from lodestar.oversight.plan.rules import RECOMMENDATION
from lodestar.oversight.recommendations.models import Recommendation, Report, ReportStep, StatusEvent
from lodestar.oversight.recommendations.rules import AWAITING, STATES, Clock, clock_on
from lodestar.oversight.requirements.access import evidence_for, may_open
from lodestar.oversight.requirements.evidence import Evidence
from lodestar.oversight.requirements.queries import links_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.time.days import london_date


class NoSuchReport(ValueError):
    """No report, or more than one, has these words as its title or its beginning; `str` says which."""


def report_named(words: str) -> Report:
    """The report with this title, or the only one whose title begins so. Raises NoSuchReport."""
    exact = Report.objects.filter(title=words)
    rows = list(exact or Report.objects.filter(title__startswith=words).order_by("title")[:3]) if words else []
    if len(rows) != 1:
        raise NoSuchReport("; ".join(row.title for row in rows) or f"No report has the title {words!r}")
    return rows[0]


def recommendations_of(report: Report) -> list[Recommendation]:
    """The recommendations of a report in the order in which it was taken in, each with its owner and requirement."""
    return list(report.recommendations.select_related("owner", "requirement").order_by("id"))


def every_step(report: Report) -> list[ReportStep]:
    """Every step that was recorded for a report, with those that were withdrawn and the rows that withdrew them, by day."""
    return list(report.steps.select_related("recorded_by").order_by("happened_on", "id"))


def steps_of(report: Report) -> list[ReportStep]:
    """The steps taken for a report so far, without what was withdrawn, by day."""
    return list(report.steps.filter(withdraws__isnull=True, withdrawals__isnull=True).order_by("happened_on", "id"))


def clocks_of(reports: Iterable[Report], today: date) -> dict[UUID, Clock]:
    """The section 55 clock of each of these reports that has one. One statement."""
    rows = [report for report in reports if report.has_clock]
    published = ReportStep.objects.filter(report__in=rows, step="published", withdraws__isnull=True, withdrawals__isnull=True)
    answered = dict(published.values_list("report_id", "happened_on"))
    return {row.id: clock_on(today, row.published_on, answered.get(row.id)) for row in rows}


def open_by_age(at: datetime) -> list[tuple[Recommendation, str, int]]:
    """The recommendations that were open at a moment, the oldest first, each with its state then and its age in days: from the
    publication of its report, also where it was closed and reopened. Two statements."""
    events = StatusEvent.objects.filter(moved_at__lte=at).order_by("moved_at", "recorded_at", "id")
    states = dict(events.values_list("row_id", "after"))
    rows = Recommendation.objects.filter(recorded_at__lte=at).select_related("report").order_by("asked_at", "id")
    every = [(row, states.get(row.id, AWAITING), (london_date(at) - row.report.published_on).days) for row in rows]
    return [each for each in every if each[1] not in STATES.closed]


def evidence_of(row: Recommendation, at: datetime, member: Member) -> list[Evidence]:
    """The evidence that is linked to the requirement of a recommendation, of the year to the last quarter that was over, as this
    member may see it, with the address of a page that they may open."""
    if row.requirement is None:
        return []
    links = links_of([row.requirement], at)
    evidence = evidence_for(member, links.get(row.requirement.id, ()), year_to_quarter(london_date(at)), at).values()
    return [each if may_open(member, each.href) else replace(each, href="") for each in evidence]


def plan_items_of(row: Recommendation) -> list[PlanItem]:
    """The items of the plan that came from a recommendation, by number."""
    return list(PlanItem.objects.filter(source=RECOMMENDATION, source_key=str(row.id)).order_by("number"))

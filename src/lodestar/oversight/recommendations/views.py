"""Pages of reports with their clock, and of recommendations."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.oversight.plan.access import EDIT as PLAN
from lodestar.oversight.recommendations import access, actions, presenters, queries, rules
from lodestar.oversight.recommendations.forms import StatusForm
from lodestar.oversight.requirements.presenters import standard_name
from lodestar.oversight.requirements.queries import requirements_on
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.design.when import day, on
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.views import CHANGED, list_page, row_page
from lodestar.platform.tables.views import table_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

VIEW, EDIT = access.VIEW, access.EDIT
YES = {True: "yes", False: "no"}


def _asked(request: HttpRequest, form: str, act: Callable[..., Any], **more: Any) -> HttpResponse:
    refusals = {actions.Refused: (None, ""), ConcurrentEdit: (None, CHANGED)}
    return record_page(request, questions(rules.APP, "form_questions", form), act, **{"refusals": refusals} | more)


@page(VIEW, only="GET")
def recommendations(request: HttpRequest) -> HttpResponse:
    """The register of recommendations, the oldest open ones first."""
    return list_page(request, presenters.RECOMMENDATIONS)


@page(VIEW)
def reports(request: HttpRequest) -> HttpResponse:
    """The reports with their clocks, how many answers are late, and taking in one of the shipped list."""
    member, now = member_of(request), timezone.now()
    rows = list(access.reports_seen(member).order_by("-published_on", "title"))
    listed = [row for row in rules.listed() if row["title"] not in {report.title for report in rows}]
    if request.method == "POST":
        code = request.POST.get("take", "")
        if not member.may(EDIT) or code not in {row["code"] for row in listed}:
            raise Http404
        try:
            return redirect("report", actions.take_in(by=member, at=now, code=code).id)
        except actions.Refused:
            return redirect("reports")  # a colleague was first
    clocks = queries.clocks_of(rows, on(now))
    cells = [
        [{"words": row.title, "href": f"/recommendations/reports/{row.id}"}, day(row.published_on),
         presenters.clock_words(row, clocks.get(row.id)), rules.STEPS.get(row.next_step, "")]
        for row in rows
    ]  # fmt: skip
    late = sum(bool(clock.days_late) for clock in clocks.values())
    context = {"rows": cells, "late": late, "listed": listed if member.may(EDIT) else (), "may_edit": member.may(EDIT)}
    return render(request, "recommendations/reports.jinja", context)


@page(EDIT)
def record_report(request: HttpRequest, report_id: UUID | None = None) -> HttpResponse:
    """Recording a report, or correcting what is said of one."""
    row = access.report_for(member_of(request), report_id) if report_id else None

    def act(*, published_on: str, has_clock: bool | None, is_verified: bool | None, **facts: Any) -> str:
        facts |= {"has_clock": has_clock is not False, "is_verified": is_verified is True, "report": row}
        made = actions.record_report(at=timezone.now(), published_on=date.fromisoformat(published_on), **facts)
        return f"/recommendations/reports/{made.id}"

    initial = {name: getattr(row, name) for name in ("title", "body", "source")} if row else {}
    if row:
        initial |= {"published_on": day(row.published_on), "has_clock": YES[row.has_clock], "is_verified": YES[row.is_verified]}
    heading, back = "Correct a report" if row else "Record a report", f"/recommendations/reports{f'/{row.id}' if row else ''}"
    return _asked(request, "report", act, heading=heading, back=back, initial=initial)


@page(VIEW, only="GET")
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report: its clock as a line and a table of steps, and its recommendations."""
    member, today = member_of(request), on(timezone.now())
    row = access.report_for(member, report_id)
    every, may = queries.every_step(row), access.steps_recorded_by(member)
    clock = queries.clocks_of([row], today).get(row.id)
    cells = [
        [{"words": each.code, "href": f"/recommendations/{each.id}"}, presenters.short(each),
         presenters.to_words(each), rules.STATES.states[each.state]]
        for each in queries.recommendations_of(row)
    ]  # fmt: skip
    context = {
        "row": row, "clock": clock, "clock_words": presenters.clock_words(row, clock), "cells": cells, "may_record": bool(may),
        "line": presenters.clock_line(row, queries.steps_of(row), today), "steps": presenters.step_rows(every, row, may),
        "verified": presenters.verified_words(row), "next": rules.STEPS.get(row.next_step, ""), "may_edit": member.may(EDIT),
    }  # fmt: skip
    return render(request, "recommendations/report.jinja", context)


@page(EDIT)
def record_recommendation(
    request: HttpRequest, report_id: UUID | None = None, recommendation_id: UUID | None = None
) -> HttpResponse:  # fmt: skip
    """Recording one recommendation of a report, or correcting the words of one."""
    member, now = member_of(request), timezone.now()
    row = access.recommendation_for(member, recommendation_id) if recommendation_id else None
    of = row.report if row else access.report_for(member, report_id or UUID(int=0))

    def act(*, by: Member, text_verified: bool | None, quoted_from: str, **facts: Any) -> None:
        facts |= {"is_verified": text_verified is True, "source": quoted_from}
        if row:
            actions.change_recommendation(by=by, at=now, row=row, seen=row.version, **facts)
        else:
            actions.record_recommendations(by=by, at=now, report=of, rows=[facts])

    initial = {name: getattr(row, name) for name in ("number", "letter", "addressees", "text")} if row else {}
    if row:
        initial |= {"text_verified": YES[row.is_verified], "quoted_from": row.source}
    return _asked(
        request, "recommendation", act, heading="Correct a recommendation" if row else "Add a recommendation", initial=initial,
        back=f"/recommendations/{row.id}" if row else f"/recommendations/reports/{of.id}", caption=of.title,
        choices={"addressees": rules.ADDRESSEES.items()},
    )  # fmt: skip


@page(EDIT)
def import_table(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The recommendations of a report from a table: what it would record, of which nothing is kept; sent again, recorded."""
    member, now = member_of(request), timezone.now()
    row = access.report_for(member, report_id)
    return table_page(
        request, rules.APP, lambda content: actions.read_recommendations(content, row),
        lambda rows: actions.record_recommendations(by=member, at=now, report=row, rows=rows),
        back=f"/recommendations/reports/{row.id}", heading="Import recommendations", press="Record these recommendations",
        say="A row for each recommendation, a letter a row of its own.",
    )  # fmt: skip


@page(VIEW)
def record_step(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Recording a step of the answer to a report, for those whose step it is."""
    member, now = member_of(request), timezone.now()
    row, steps = access.report_for(member, report_id), access.steps_recorded_by(member)
    if not steps:
        raise Http404

    def act(*, by: Member, happened_on: str, **facts: Any) -> None:
        actions.record_step(by=by, at=now, report=row, happened_on=date.fromisoformat(happened_on), **facts)

    return _asked(
        request, "step", act, heading="Record a step of the answer", back=f"/recommendations/reports/{row.id}",
        caption=row.title, choices={"step": [(code, rules.STEPS[code]) for code in steps]}, initial={"step": row.next_step},
    )  # fmt: skip


@page(VIEW)
def withdraw_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Withdrawing a step that was recorded wrongly."""
    row = access.step_for(member_of(request), step_id)
    act = partial(actions.withdraw_step, at=timezone.now(), step=row)
    return _asked(request, "withdraw", act, heading="Withdraw a step", back=f"/recommendations/reports/{row.report_id}",
                  caption=f"{rules.STEPS[row.step]}, {day(row.happened_on)}")  # fmt: skip


@page(VIEW)
def recommendation(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """One recommendation with its statuses, its evidence and the items of the plan; and recording the next status."""
    member, now = member_of(request), timezone.now()
    row = access.recommendation_for(member, recommendation_id)
    may = access.moves_for(member, row)
    if request.method == "POST" and not may:
        raise Http404
    more: dict[str, Any] = {} if may else {"form": None}
    planned = {"recommendation": row.id, "requirement": row.requirement_id or "", "title": presenters.short(row)}
    more |= {"evidence": queries.evidence_of(row, now, member), "items": queries.plan_items_of(row), "may_edit": member.may(EDIT)}
    more["add_item"] = f"/plan/new?{urlencode(planned)}" if member.may(PLAN) else ""
    return row_page(
        request, presenters.RECOMMENDATIONS, row, actions.move_recommendation, back=f"/recommendations/reports/{row.report_id}",
        form_class=partial(StatusForm, by=member), template="recommendations/recommendation.jinja", more=more,
        refusals={actions.Refused: ("because", "")},
    )  # fmt: skip


@page(EDIT)
def requirement(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """Choosing the requirement that a recommendation is; that of its report's standard with exactly its code is offered first."""
    row, now = access.recommendation_for(member_of(request), recommendation_id), timezone.now()
    known_values = {str(each.id): each for each in requirements_on(on(now))}
    standards = {each["standard"] for each in rules.listed() if each["title"] == row.report.title} | {row.report.title}
    same = [key for key, each in known_values.items() if each.standard in standards and each.code == row.code]
    chosen = str(row.requirement_id or "") or "".join(same[:1])

    def act(*, by: Member, requirement: str) -> None:
        actions.change_recommendation(by=by, at=now, row=row, seen=row.version, requirement=known_values.get(requirement))

    choices = {"requirement": [(key, f"{standard_name(each.standard)}, {each.code}") for key, each in known_values.items()]}
    return _asked(request, "requirement", act, heading="Choose the requirement", back=f"/recommendations/{row.id}",
                  caption=row.code, choices=choices, initial={"requirement": chosen})  # fmt: skip

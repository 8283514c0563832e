"""The first page of each role: what I am to do or to decide, and what waits beside it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.queries import references_of
from lodestar.casework.custody.queries import how_many_held
from lodestar.casework.decisions.queries.decisions import outcomes
from lodestar.casework.investigations.queries import directions_by
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries import worklists
from lodestar.casework.ledger.queries.role_gaps import gaps
from lodestar.casework.ledger.queries.worklists import SOON, Branch, Worklists
from lodestar.casework.section45.models import FirstAnswer
from lodestar.casework.section45.queries import answers_since
from lodestar.casework.support.presenters.support import reach_groups
from lodestar.casework.support.queries.lists import WORKERS, reach_list
from lodestar.casework.worklists.presenters.worklists import grouped, head, late_count, with_answers
from lodestar.casework.worklists.views.worklists import EVERY, list_page, nav, of_unfilled_roles, rows_of, tried
from lodestar.directory.contacts.presenters.numbers import DECIDES, OFFICER, ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.exchange.assess.presenters.rules import called_wrong
from lodestar.exchange.assess.queries import how_many_wait
from lodestar.information_governance.access_log.actions import emergencies_shown
from lodestar.information_governance.access_log.presenters import lines as log_lines
from lodestar.information_governance.retention.queries.requests import due_of
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.confined_pages import about_oneself
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.audit import queries as log
from lodestar.platform.design.words import MOST_COUNTED
from lodestar.platform.files.disk_space import disk_warnings
from lodestar.platform.notices.due_items import due_items, due_rows
from lodestar.platform.notices.queries import new_panel
from lodestar.platform.settings.queries import how_many_wait_for
from lodestar.web.presenters import work as words
from lodestar.web.presenters.drafts import DraftLine
from lodestar.web.presenters.work import directions
from lodestar.web.queries import TOLD, TOLD_FOR, waits_for
from lodestar.web.shell import behind_more, places_of

CASES = 25
DECIDED = 10
TEAM_BESIDE = 8
DIRECTIONS = 3
TONIGHT = timedelta(hours=24)
DUE_WITHIN = timedelta(days=31)  # a request about oneself has a month


@page(Permission.SIGNED_IN, only="GET")
@about_oneself
def home(request: HttpRequest) -> HttpResponse:
    """The start is one's own work; of the custody sergeant the desk, for who takes over from the night the morning list."""
    return redirect(member_of(request).home)


@page(Permission.SIGNED_IN, only="GET")
@about_oneself
def more(request: HttpRequest) -> HttpResponse:
    """Where else the member may go: what the bar of every page has no room for."""
    return render(request, "web/more.jinja", {"places": behind_more(request.member)})  # type: ignore[attr-defined]  # the door


@page(Permission.SIGNED_IN, only="GET")
@about_oneself
def my_work(request: HttpRequest) -> HttpResponse:
    """Show the member's tasks and what became of what they began; for a unit's decider first what waits for their decision. A
    reader of a lesser database role is sent to their own first page."""
    member = member_of(request)
    if member.database:
        return redirect(member.home)
    if member.may(Permission.BELIEF_DECIDE) and not request.GET:
        return _decisions(request, member)
    now, lists = timezone.now(), Worklists(member)
    leading = _leading(member, now)
    branches = EVERY if member.may(Permission.TEAM_WORK_VIEW) else {"mine": Worklists.mine}
    decides = member.may(Permission.BELIEF_DECIDE)
    answers: Callable[[], Sequence[FirstAnswer]] = partial(answers_since, member, now - TONIGHT, DECIDED) if decides else tuple
    reach = reach_list(member, now) if set(WORKERS) & set(member.roles) and not request.GET else None
    shown = list_page(
        request, member, lists, "mine", now, {**branches, **of_unfilled_roles(member)}, {"list": "all"}, leading["tour"], answers,
        [one.person.id for one in reach or ()],
    )  # fmt: skip
    context = _common_context(member, now) | leading | {
        "list": shown,
        "news": words.decided(outcomes(member, now), now) if member.may(Permission.CONCERN_RECORD) and shown.is_first else [],
        "gaps": words.role_gaps(gaps(shown.lists, now), now),
        "left_in": _left_in(shown.rows, member),
        "nav": nav(member, lists, "mine", shown.totals) if member.may(Permission.TEAM_WORK_VIEW) else (),
        "reach": reach_groups(reach, member) if reach is not None else None,
    }  # fmt: skip
    return render(request, "web/my_work.jinja", context)


def _decisions(request: HttpRequest, member: Member) -> HttpResponse:
    """The ten decisions that can least wait, in one list: an arrest of this night before all, then what is of these hours, the
    gravest first, then what has waited longer, or the night would be buried under it."""
    now, lists = timezone.now(), Worklists(member)
    reads: dict[str, list[Branch]] = {name: read(lists) for name, read in EVERY.items()}
    hours = [branch.filter(sort_at__gte=now - TONIGHT, sort_at__lt=now + SOON) for branch in reads["mine"]]
    arrests = [branch.filter(code="alternatives_to_arrest") for branch in hours]  # decided before, or at once
    found = worklists.listed({**reads, "hours": hours, "arrests": arrests}, now, MOST_COUNTED + 1)
    first = {item.id: item for item in (*found["arrests"], *found["hours"], *found["mine"])}
    ten, theirs = list(first.values())[:DECIDED], {item.id for item in found["mine"]}
    late = [item for item in found["team"] if item.due and item.due < now and item.id not in theirs]  # what others have
    answers = answers_since(member, now - TONIGHT, DECIDED)
    every = rows_of(member, [*ten, *late[:TEAM_BESIDE]], [answer.person_id for answer in answers])
    rows, team = [row for row in every if row.id in first], [row for row in every if row.id not in first]
    totals = {name: len(found[name]) for name in EVERY}
    context = _common_context(member, now) | _leading(member, now) | {
        "groups": with_answers(grouped(rows, member, now, tried(rows)), answers, now),
        "head": head(worklists.counts(found["mine"], now)),
        "late": late_count(len(late), len(found["team"])),
        "team": grouped(team, member, now, {}),
        "nav": nav(member, lists, "mine", totals),
    }  # fmt: skip
    return render(request, "web/decisions.jinja", context)


def _left_in(rows: Sequence[Obligation], member: Member) -> list[str]:
    """The cases in which the officer still has something to hand on, the newest first."""
    if not member.may(Permission.HAND_ON):
        return []
    newest_first = sorted(rows, key=lambda row: row.case.recorded_at, reverse=True)
    return list(dict.fromkeys(row.case.reference for row in newest_first if row.with_role == "frontline" and row.when != "now"))


def _common_context(member: Member, now: datetime) -> dict[str, Any]:
    """What stands on every page of one's own work: what was being written, and whom to ring."""
    due = due_rows(member, now + DUE_WITHIN)
    waits = waits_for(member, now, due)
    rows = {code: [(row.what, row.id, row.words, row.name, row.at) for row in waits[code]] for code in due}
    codes = DECIDES if member.may(Permission.BELIEF_DECIDE) else OFFICER
    return {
        "now": now,
        "new": new_panel([(row.id, row.words, row.name, row.at) for row in waits["new"] if row.id], now),
        "draft": next((DraftLine.of(item.id, item.words, item.at) for item in waits["draft"]), None),
        **words.due_panels(due_items(member, now + DUE_WITHIN, now, rows)),
        "numbers": ring_now(codes, now, contact_book(now, member.unit)),
        "at_the_desk": how_many_held(member, now),
        "may_record": member.may(Permission.CONCERN_RECORD),
        "may_take": member.may(Permission.HAND_ON_TAKE),
        "may_see_cases": member.may(Permission.CASE_VIEW),
        "may_link": member.may(Permission.PEOPLE_LINK),
        "alerts": waits["alert"],
        "places": places_of(member)[1:] if not member.may(Permission.CASE_VIEW) else (),
        "service": _service(now) if member.may(Permission.TOKEN_MANAGE) else (),
        "asked": len(waits["asked"]),
        "reviews": words.reviews(waits["review"], due_of([item.id for item in waits["review"] if item.id])),
        "let_go": waits["let_go"],
        "needed": list({item.id: item for item in waits["needed"]}.values()),
        "called_wrong": called_wrong(how_many_wait()) if member.may(Permission.RULE_ANSWER) else "",
        "to_agree": how_many_wait_for(member.user) if member.may(Permission.SETTING_APPROVE) else 0,
        "emergencies": _emergencies(member, now) if member.may(Permission.LOG_VIEW) else [],
    }


def _service(now: datetime) -> list[str]:
    return words.service_warnings(disk_warnings(), log.refused_papers(now), accounts.tokens_ending(timezone.localdate(now)))


def _emergencies(member: Member, now: datetime) -> list[dict[str, Any]]:
    """The latest uses of emergency access, for those who are told of each; that they saw them is written down."""
    events = log.emergencies(now - TOLD_FOR, TOLD)
    if not events:
        return []
    emergencies_shown(by=member, at=now)
    references = references_of(event.case for event in events if event.case)
    return log_lines(events, accounts.names_of(event.by for event in events), references, {})


def _leading(member: Member, now: datetime) -> dict[str, Any]:
    """One's own tour; and beside the work of those who lead the directions that they gave."""
    reviews = member.may(Permission.TEAM_WORK_VIEW) and member.may(Permission.INVESTIGATION_REVIEW)
    return {
        "tour": accounts.tour_at(member.user, now),
        "directions": directions(directions_by(member, DIRECTIONS), now) if reviews else [],
    }

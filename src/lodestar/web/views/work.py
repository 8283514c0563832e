"""My work, my team's, the unit's: what is owed, overdue first."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases import access
from lodestar.casework.cases.queries import recent_changes, references_of
from lodestar.casework.decisions.queries.decisions import outcomes
from lodestar.casework.investigations import queries as investigations
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import lines
from lodestar.casework.ledger.queries import worklists
from lodestar.casework.ledger.queries.role_gaps import GAP, covered_by, gaps
from lodestar.casework.ledger.queries.worklists import MOST_COUNTED, Listed, Tried, Worklists
from lodestar.directory.contacts.presenters.numbers import DECIDES, OFFICER, ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.exchange.assess.presenters.rules import called_wrong
from lodestar.exchange.assess.queries import how_many_wait
from lodestar.information_governance.retention.queries.requests import due_of
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.audit import queries as log
from lodestar.platform.design.words import count
from lodestar.platform.files.disk_space import disk_warnings
from lodestar.platform.notices.queries import new_panel
from lodestar.platform.settings.queries import how_many_wait_for
from lodestar.platform.text.paging import Place, place
from lodestar.web.actions import emergencies_shown
from lodestar.web.presenters import work as words
from lodestar.web.presenters.drafts import DraftLine
from lodestar.web.presenters.history import lines as log_lines
from lodestar.web.presenters.work import directions, tonight
from lodestar.web.queries import TOLD, TOLD_FOR, waits_for, with_others_and_wrong
from lodestar.web.shell import behind_more, places_of

PAGE = 25
DECIDED_TONIGHT = 10
TEAM_BESIDE = 8
ON_TOUR, INTERIM, AUTHORITIES, DIRECTIONS = 8, 6, 6, 3
TONIGHT, A_TOUR = timedelta(hours=24), timedelta(hours=9)
BEGINNING = Place(datetime(1970, 1, 1, tzinfo=UTC), UUID(int=0))  # before every row
MINE = {"mine": Worklists.mine}
EVERY = {"mine": Worklists.mine, "team": Worklists.team, "unit": Worklists.unit}


@page(Permission.SIGNED_IN, only="GET")
def home(request: HttpRequest) -> HttpResponse:
    """The start is one's own work."""
    return redirect("/my-work")


@page(Permission.SIGNED_IN, only="GET")
def more(request: HttpRequest) -> HttpResponse:
    """Where else the member may go: what the bar of every page has no room for."""
    return render(request, "web/more.jinja", {"places": behind_more(request.member)})  # type: ignore[attr-defined]  # the door


@page(Permission.SIGNED_IN, only="GET")
def my_work(request: HttpRequest) -> HttpResponse:
    """What I owe, and what became of what I began. Who decides for a unit sees first what waits for their decision."""
    member = member_of(request)
    if member.may(Permission.BELIEF_DECIDE):
        return _decisions(request, member)
    now, after = timezone.now(), place(request.GET.get("after", ""))
    lists = Worklists(member)
    shown = EVERY if member.may(Permission.TEAM_WORK_VIEW) else MINE
    own, total = _first(lists, shown | _of_unfilled_roles(member), now, after, PAGE)
    rows = _rows(member, own["mine"], PAGE)
    is_first = after is None
    leading = _leading(member, lists, now)
    others, wrong = _counts(member, now, is_first)
    context = _common_context(member, now, wrong) | leading | _paged(own["mine"], total["mine"], PAGE, after) | {
        "groups": words.groups(rows, own["mine"] if is_first else None, member, leading["tour"], now),
        "news": _news(member, now) if member.may(Permission.CONCERN_RECORD) and is_first else [],
        "gaps": words.role_gaps(gaps(own, now), now),
        "with_others": others,
        "left_in": _left_in(rows, member),
        "nav": _nav(member, "mine", total) if member.may(Permission.TEAM_WORK_VIEW) else (),
    }
    return render(request, "web/my_work.jinja", context)


def _counts(member: Member, now: datetime, is_first: bool) -> tuple[int, int]:
    """What of the member's cases is with others, on a first page; and what was called wrong and waits for those who answer."""
    hands_on, answers = member.may(Permission.HAND_ON) and is_first, member.may(Permission.RULE_ANSWER)
    if hands_on and answers:
        return with_others_and_wrong(member, now)
    return (worklists.with_others(member, now) if hands_on else 0), (how_many_wait() if answers else 0)


def _news(member: Member, now: datetime) -> list[dict[str, Any]]:
    """What was decided on what the member referred, and what else others did in the member's cases."""
    return [*words.decided(outcomes(member, now), now), *words.news(recent_changes(member, now), now)]


def _decisions(request: HttpRequest, member: Member) -> HttpResponse:
    """What is of these hours first; then what has waited longer, oldest first, or the night would be buried under it."""
    now, after = timezone.now(), place(request.GET.get("after", ""))
    lists = Worklists(member)
    own, total = _first(lists, EVERY | {"tonight": partial(_of_these_hours, now=now)}, now, after, DECIDED_TONIGHT)
    tonights = own.get("tonight", [])[:DECIDED_TONIGHT]
    shown = {item.id for item in tonights}
    waiting = [item for item in own["mine"] if item.id not in shown][: DECIDED_TONIGHT - len(tonights)]
    theirs = {item.id for item in own["mine"]}
    beside = [item for item in own.get("team", []) if item.id not in theirs][:TEAM_BESIDE]  # what others have
    by_id = worklists.obligations([item.id for item in [*tonights, *waiting, *beside]])
    fresh, rows, team = (_in_order(part, by_id) for part in (tonights, waiting, beside))
    access.people_shown(member, [row.person_id for row in [*fresh, *rows, *team] if row.person_id])
    why = _tried([*fresh, *rows])
    paged = _paged(own["mine"], total["mine"], DECIDED_TONIGHT, after)
    if after is None:
        paged |= _after_these(own["mine"], {item.id for item in [*tonights, *waiting]})
    wrong = how_many_wait() if member.may(Permission.RULE_ANSWER) else 0
    context = _common_context(member, now, wrong) | _leading(member, lists, now) | paged | {
        "fresh": words.decisions(fresh, why, member, now),
        "lines": words.decisions(rows, why, member, now),
        "how_many": _counted(total["mine"]),
        "how_many_fresh": count(len(own.get("tonight", []))),
        "team": lines(team, member),
        "nav": _nav(member, "mine", total),
    }  # fmt: skip
    return render(request, "web/decisions.jinja", context)


def _tried(rows: Sequence[Obligation]) -> dict[UUID, Tried]:
    """Of what was not possible the latest that was said, in an answer or on the page of the crime number."""
    reasons = worklists.why_not_possible(rows)
    for row, attempt in investigations.why_no_number(rows).items():
        if row not in reasons or reasons[row].at <= attempt.at:
            reasons[row] = attempt
    return reasons


def _after_these(mine: Sequence[Listed], shown: set[UUID]) -> dict[str, Any]:
    """Where the next page of decisions begins: before the first that does not stand here, so that none is left out."""
    first = next((number for number, item in enumerate(mine) if item.id not in shown), len(mine))
    last = mine[first - 1].place if first else BEGINNING
    return {
        "after": last.mark() if first < len(mine) else "",
        "next_words": words.next_words(len(mine) - first + DECIDED_TONIGHT, DECIDED_TONIGHT),
    }


def _of_these_hours(lists: Worklists, now: datetime) -> list[Any]:
    """What is the member's to decide and was due within the day behind, or is within the tour ahead."""
    return [branch.filter(due_at__gte=now - TONIGHT, due_at__lt=now + A_TOUR) for branch in lists.mine()]


@page(Permission.CASE_VIEW, only="GET")
def my_cases(request: HttpRequest) -> HttpResponse:
    """The cases that I opened, own or was given, whatever is owed in them."""
    member = member_of(request)
    now = timezone.now()
    rows = access.own_cases(member, PAGE + 1, place(request.GET.get("after", "")))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "cases": words.own_cases(rows[:PAGE], now),
        "may_ask": member.may(Permission.EMERGENCY_ACCESS),
        "after": Place(last.recorded_at, last.id).mark() if last else "",
    }
    return render(request, "web/my_cases.jinja", context)


@page(Permission.TEAM_WORK_VIEW, only="GET")
def my_team(request: HttpRequest) -> HttpResponse:
    """What is owed in the cases of one's own unit, whoever has it."""
    return _others_work(request, "team", "My team\u2019s work")


@page(Permission.UNIT_WORK_VIEW, only="GET")
def my_unit(request: HttpRequest) -> HttpResponse:
    """What is owed in the unit and all below it, or in the whole force for those who serve it all."""
    member = member_of(request)
    return _others_work(
        request, "unit", "The force\u2019s work" if Worklists(member).sees_the_force else "The unit\u2019s work"
    )


def _of_unfilled_roles(member: Member) -> dict[str, Any]:
    """A list for each role that the member covers because nobody in the force has it."""
    return {f"{GAP}{role}": partial(Worklists.of_role, role=role) for role in covered_by(member)}


@page(Permission.HAND_ON_TAKE, only="GET")
def unfilled_roles(request: HttpRequest) -> HttpResponse:
    """What is owed by a role that nobody in the force has, for the coordinator, who covers it; the roles are the choices."""
    member = member_of(request)
    roles = covered_by(member)
    if not roles:
        return redirect("/my-work")
    role = request.GET.get("role", "")
    role = role if role in roles else roles[0]
    now, after = timezone.now(), place(request.GET.get("after", ""))
    name = f"{GAP}{role}"
    own, total = _first(Worklists(member), _of_unfilled_roles(member), now, after, PAGE, only=name)
    context = _paged(own[name], total[name], PAGE, after) | {
        "title": "Unfilled roles",
        "lines": lines(_rows(member, own[name], PAGE), member),
        "how_many": _counted(total[name]),
        "nav": words.role_choices(roles, role),
        "nav_label": "Role",
        "keep": f"role={role}&",
        "now": now,
    }
    return render(request, "web/others_work.jinja", context)


def _others_work(request: HttpRequest, name: str, title: str) -> HttpResponse:
    member = member_of(request)
    now, after = timezone.now(), place(request.GET.get("after", ""))
    own, total = _first(Worklists(member), EVERY, now, after, PAGE, only=name)
    rows = _rows(member, own[name], PAGE)
    context = _paged(own[name], total[name], PAGE, after) | {
        "title": title,
        "lines": lines(rows, member),
        "how_many": _counted(total[name]),
        "nav": _nav(member, name, total),
        "nav_label": "Whose work",
        "keep": "",
        "now": now,
    }
    return render(request, "web/others_work.jinja", context)


def _first(
    lists: Worklists, list_branches: dict[str, Any], now: datetime, after: Place | None, most: int, only: str = "mine"
) -> tuple[dict[str, list[Listed]], dict[str, int | None]]:
    """The rows of the lists and how many each holds. Only a first page counts; a later one reads its own list alone."""
    if after is None:
        first_rows = worklists.listed({name: branches(lists) for name, branches in list_branches.items()}, now, MOST_COUNTED + 1)
        return first_rows, {name: len(rows) for name, rows in first_rows.items()}
    rows = worklists.listed({only: list_branches[only](lists)}, now, most + 1, after)
    return rows, dict.fromkeys(list_branches)


def _counted(total: int | None) -> str:
    return "" if total is None else count(total)


def _rows(member: Member, own: Sequence[Listed], most: int) -> list[Obligation]:
    rows = _in_order(own[:most], worklists.obligations([item.id for item in own[:most]]))
    access.people_shown(member, [row.person_id for row in rows if row.person_id])
    return rows


def _in_order(own: Sequence[Listed], by_id: dict[Any, Obligation]) -> list[Obligation]:
    return [by_id[item.id] for item in own if item.id in by_id]


def _paged(own: Sequence[Listed], total: int | None, most: int, after: Place | None) -> dict[str, Any]:
    """Which page of a list this is, and the way to the next one."""
    return {
        "is_first": after is None,
        "after": own[most - 1].place.mark() if len(own) > most else "",
        "next_words": words.next_words(total, most),
    }


def _nav(member: Member, current: str, total: dict[str, int | None]) -> tuple[dict[str, Any], ...]:
    force = Worklists(member).sees_the_force
    mine = "My decisions" if member.may(Permission.BELIEF_DECIDE) else "My work"
    items = (
        ("mine", mine, "/my-work"),
        ("team", "My team", "/my-team"),
        ("unit", "The force" if force else "The unit", "/my-unit"),
    )
    return tuple(
        {"label": f"{label} ({count(number)})" if (number := total.get(name)) is not None else label, "href": href,
         "current": name == current}
        for name, label, href in items
    )  # fmt: skip


def _left_in(rows: Sequence[Obligation], member: Member) -> list[str]:
    """The cases in which the officer still has something to hand on, the newest first."""
    if not member.may(Permission.HAND_ON):
        return []
    newest_first = sorted(rows, key=lambda row: row.case.recorded_at, reverse=True)
    return list(
        dict.fromkeys(row.case.reference for row in newest_first if row.with_role == "frontline" and row.when != "now")
    )


def _common_context(member: Member, now: datetime, wrong: int = 0) -> dict[str, Any]:
    """What stands on every page of one's own work: what was being written, and whom to ring. `wrong`: how many remarks wait."""
    waits = waits_for(member, now)
    codes = DECIDES if member.may(Permission.BELIEF_DECIDE) else OFFICER
    return {
        "now": now,
        "new": new_panel([(row.id, row.words, row.name, row.at) for row in waits["new"] if row.id], now),
        "draft": next((DraftLine.of(item.id, item.words, item.at) for item in waits["draft"]), None),
        "numbers": ring_now(codes, now, contact_book(now, member.unit)),
        "may_record": member.may(Permission.CONCERN_RECORD),
        "may_take": member.may(Permission.HAND_ON_TAKE),
        "may_see_cases": member.may(Permission.CASE_VIEW),
        "may_link": member.may(Permission.PEOPLE_LINK),
        "alerts": words.alerted(waits["alert"], now),
        "places": places_of(member)[1:] if not member.may(Permission.CASE_VIEW) else (),
        "service": _service(now) if member.may(Permission.TOKEN_MANAGE) else (),
        "asked": words.asked(len(waits["asked"])),
        "reviews": words.reviews(waits["review"], due_of([item.id for item in waits["review"] if item.id])),
        "let_go": waits["let_go"],
        "needed": list({item.id: item for item in waits["needed"]}.values()),
        "called_wrong": called_wrong(wrong),
        "to_agree": words.to_agree(how_many_wait_for(member.user)) if member.may(Permission.SETTING_APPROVE) else "",
        "emergencies": _emergencies(member, now) if member.may(Permission.LOG_VIEW) else [],
    }


def _service(now: datetime) -> list[str]:
    return words.service_warnings(disk_warnings(), accounts.tokens_ending(timezone.localdate(now)))


def _emergencies(member: Member, now: datetime) -> list[dict[str, Any]]:
    """The latest uses of emergency access, for those who are told of each; that they saw them is written down."""
    events = log.emergencies(now - TOLD_FOR, TOLD)
    if not events:
        return []
    emergencies_shown(by=member, at=now)
    references = references_of(event.case for event in events if event.case)
    return log_lines(events, accounts.names_of(event.by for event in events), references, {})


def _leading(member: Member, lists: Worklists, now: datetime) -> dict[str, Any]:
    """One's own tour; and beside the work of those who lead who else is on tour, authorities that run, directions given."""
    if not member.may(Permission.TEAM_WORK_VIEW):
        return {"tour": accounts.tour_at(member.user, now), "tonight": None, "directions": []}
    units = [member.unit] if lists.sees_the_force else lists.units
    tours = accounts.on_tour_now(member.user, units, now, ON_TOUR + 1)
    cases = worklists.without_owner(units, now - TONIGHT, INTERIM)
    running = investigations.authorities_seen(member, now, AUTHORITIES)
    reviews = member.may(Permission.INVESTIGATION_REVIEW)
    return {
        "tour": next((tour for tour in tours if tour.user_id == member.user), None),
        "tonight": tonight(tours, ON_TOUR, cases, running, member, now),
        "directions": directions(investigations.directions_by(member, DIRECTIONS), now) if reviews else [],
    }

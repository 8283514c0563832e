"""Lists of tasks: a page of one, narrowed as it was asked for; and the lists of a team, a unit, an unfilled role."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases import access
from lodestar.casework.investigations import queries as investigations
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import short
from lodestar.casework.ledger.queries import worklists
from lodestar.casework.ledger.queries.role_gaps import GAP, covered_by
from lodestar.casework.ledger.queries.worklists import Branch, Filters, Listed, Tried, Worklists
from lodestar.casework.section45.models import FirstAnswer
from lodestar.casework.worklists.forms import WorklistFilter
from lodestar.casework.worklists.presenters import worklists as words
from lodestar.casework.worklists.presenters.worklists import Group, changed_words, grouped, head
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.models import Shift
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import called_at_work
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.design.words import MOST_COUNTED, count
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.paging import Place

PAGE, PAGE_TO_CHANGE = 25, 40
EVERY: Mapping[str, Callable[[Worklists], list[Branch]]] = {
    "mine": Worklists.mine, "team": Worklists.team, "unit": Worklists.unit,
}  # fmt: skip
NOBODY = "No colleague who sees cases has this name"


@dataclass(frozen=True)
class ListPage:
    """One page of a list. `lists` are the rows of all that were read, `totals` how many each holds, where they were counted;
    `every` are the ids of this page, for *all on this page*."""

    rows: Sequence[Obligation]
    groups: Sequence[Group]
    lists: Mapping[str, Sequence[Listed]]
    totals: Mapping[str, int | None]
    head: Sequence[str]
    form: WorklistFilter
    next_href: str
    next_words: str
    is_first: bool
    may_change: bool
    path: str
    said: str

    @property
    def every(self) -> str:
        return ".".join(str(row.id) for row in self.rows)


def list_page(
    request: HttpRequest, member: Member, lists: Worklists, name: str, now: datetime,
    branches: Mapping[str, Callable[[Worklists], list[Branch]]], keep: Mapping[str, str], tour: Shift | None = None,
    answers: Callable[[], Sequence[FirstAnswer]] = tuple, others: Sequence[UUID] = (),
) -> ListPage:  # fmt: skip
    """The page of the list `name` that a request asks for. A first page that is not narrowed reads and counts all `branches`,
    and begins with what was answered to the question of section 45; any other its own list alone. `keep` goes into the
    addresses of further pages; `others` are shown beside the list."""
    form, filters = _asked(request, member, lists, name)
    seen, last = worklists.begins_after(member, request.GET.get("after", ""), now)
    is_plain = last is None and filters == Filters()
    reads = {
        other: [] if filters is None else [filters.narrowed(branch, now) for branch in read(lists)]
        for other, read in branches.items()
        if is_plain or other == name
    }
    may_change, is_home = member.may(Permission.CASE_GIVE), name == "mine" and not request.GET
    most = PAGE_TO_CHANGE if may_change and not is_home else PAGE  # a home has panels
    found = worklists.listed(reads, seen, most + 1 if last else MOST_COUNTED + 1, last)
    own = found[name]
    first = answers() if is_plain else ()
    rows = rows_of(member, own[:most], [*others, *(answer.person_id for answer in first)])
    form.offer({row.code for row in rows})
    number = None if last else worklists.counts(own, now)
    onward = {**keep, **form.filters, "after": Place(seen, own[most - 1].id).mark()} if len(own) > most else {}
    return ListPage(
        rows, words.with_answers(grouped(rows, member, now, tried(rows)), first, now), found,
        {other: len(found[other]) if number and other in found else None for other in branches},
        head(number, tour) if access.sees_cases(member) else [], form,
        f"{request.path}?{urlencode(onward)}" if onward else "",
        words.next_words(number.all if number else None, most), last is None, may_change, request.path,
        changed_words(request.GET),
    )  # fmt: skip


def _asked(request: HttpRequest, member: Member, lists: Worklists, name: str) -> tuple[WorklistFilter, Filters | None]:
    """The form of a list as it was filled in, what it narrows the list to: None where it cannot be read, which is
    nothing."""
    roles = {*member.owes, *(["frontline"] if "supervisor" in member.owes else [])} if name == "mine" else None  # passed up, too
    kinds = [(code, short(rows[-1])) for code, rows in obligation_rows().items() if roles is None or rows[-1].owed_by in roles]
    form = WorklistFilter(
        request.GET, auto_id="%s", whose=name != "mine", units=lists.unit_choices() if name == "unit" else (),
        kinds=sorted(kinds, key=lambda kind: kind[1]),
    )  # fmt: skip
    if not form.is_valid():
        return form, None
    answers = form.cleaned_data
    named = answers.get("officer", "")
    officer = called_at_work(named, Permission.CASE_VIEW) if named else None
    if named and officer is None:
        form.add_error("officer", NOBODY)
        return form, None
    filters = Filters(
        officer.user_id if officer else None, id_in(answers.get("unit", "")), answers["reference"].upper(), answers["child"],
        answers["custody"], answers.get("kind", ""), answers["stage"],
    )  # fmt: skip
    return form, filters


def rows_of(member: Member, own: Sequence[Listed], others: Sequence[UUID] = ()) -> list[Obligation]:
    """The rows of a list in its order; that whom they are about was shown is written down, with `others` on the page."""
    by_id = worklists.obligations([item.id for item in own])
    rows = [by_id[item.id] for item in own if item.id in by_id]
    access.people_shown(member, [*others, *(row.person_id for row in rows if row.person_id)])
    return rows


def tried(rows: Sequence[Obligation]) -> dict[UUID, Tried]:
    """Of what was not possible the latest that was said, in an answer or on the page of the crime number."""
    reasons = worklists.why_not_possible(rows)
    for row, attempt in investigations.why_no_number(rows).items():
        if row not in reasons or reasons[row].at <= attempt.at:
            reasons[row] = attempt
    return reasons


def nav(member: Member, lists: Worklists, current: str, totals: Mapping[str, int | None]) -> tuple[dict[str, Any], ...]:
    """One's own list, the team's, the unit's or the force's, as links with their numbers."""
    mine = "My decisions" if member.may(Permission.BELIEF_DECIDE) else "My work"
    items = (
        ("mine", mine, "/my-work"),
        ("team", "My team", "/my-team"),
        ("unit", "The force" if lists.sees_the_force else "The unit", "/my-unit"),
    )
    return tuple(
        {"label": f"{label} ({count(number)})" if (number := totals.get(name)) is not None else label, "href": href,
         "current": name == current}
        for name, label, href in items
    )  # fmt: skip


@page(Permission.TEAM_WORK_VIEW, only="GET")
def my_team(request: HttpRequest) -> HttpResponse:
    """What is owed in the cases of one's own unit, whoever has it."""
    return others_work(request, "team", "My team\u2019s work")


@page(Permission.UNIT_WORK_VIEW, only="GET")
def my_unit(request: HttpRequest) -> HttpResponse:
    """What is owed in the unit and all below it, or in the whole force for those who serve it all."""
    sees_the_force = Worklists(member_of(request)).sees_the_force
    return others_work(request, "unit", "The force\u2019s work" if sees_the_force else "The unit\u2019s work")


def others_work(request: HttpRequest, name: str, title: str) -> HttpResponse:
    """One of the lists of those who lead, on a page of its own."""
    member, now = member_of(request), timezone.now()
    lists = Worklists(member)
    shown = list_page(request, member, lists, name, now, EVERY, {})
    links = nav(member, lists, name, shown.totals)
    context = {"title": title, "list": shown, "nav": links, "nav_label": "Whose work", "role": "", "now": now}
    return render(request, "worklists/others_work.jinja", context)


def of_unfilled_roles(member: Member) -> dict[str, Callable[[Worklists], list[Branch]]]:
    """A list for each role that the member covers because nobody in the force has it."""
    return {f"{GAP}{role}": partial(Worklists.of_role, role=role) for role in covered_by(member)}


@page(Permission.HAND_ON_TAKE, only="GET")
def unfilled_roles(request: HttpRequest) -> HttpResponse:
    """What is owed by a role that nobody in the force has, for the coordinator, who covers it; the roles are the choices."""
    member, now = member_of(request), timezone.now()
    roles = covered_by(member)
    if not roles:
        return redirect("/my-work")
    role = request.GET.get("role", "")
    role = role if role in roles else roles[0]
    shown = list_page(request, member, Worklists(member), f"{GAP}{role}", now, of_unfilled_roles(member), {"role": role})
    choices = words.role_choices(roles, role)
    context = {"title": "Unfilled roles", "list": shown, "nav": choices, "nav_label": "Role", "role": role, "now": now}
    return render(request, "worklists/others_work.jinja", context)

"""Pages of boards: mine, one board, one meeting with its agenda, packs, minutes and decisions, and actions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial, wraps
from mimetypes import guess_extension
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.oversight.boards import access, actions, presenters, queries
from lodestar.oversight.boards.forms import ActionMove, PaperForm
from lodestar.oversight.boards.models import Board, Meeting
from lodestar.oversight.boards.rules import APP, OPEN
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import called_at_work, users_at_work
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import clock, day, day_time, on
from lodestar.platform.documents.description import parts_of
from lodestar.platform.documents.made import KINDS as FILES
from lodestar.platform.documents.saved import document_file
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.views import CHANGED, list_page, row_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import whole_number
from lodestar.platform.time.days import LONDON
from lodestar.platform.time.uk_dates import read_any_day

MANAGE, MOST = Permission.BOARD_MANAGE, 12
Act = Callable[..., str | None]
View = Callable[..., HttpResponse]
REFUSALS: dict[type[Exception], tuple[str | None, str]] = {actions.Refused: (None, ""), ConcurrentEdit: (None, CHANGED)}


def _day(typed: str) -> date:
    read = read_any_day(typed)
    if read is None:
        raise actions.Refused("day")
    return read


def _instant(typed_day: str, typed_time: str) -> datetime:
    try:
        return datetime.combine(_day(typed_day), time.fromisoformat(typed_time), LONDON)
    except ValueError:
        raise actions.Refused("day") from None


def _colleague(name: str) -> UUID:
    colleague = called_at_work(name, Permission.SIGNED_IN)
    if colleague is None:
        raise actions.Refused("colleague")
    return colleague.user_id


def _form(section: str, heading: str, prepared: Callable[[Any], dict[str, Any]] = lambda row: {}) -> Callable[[Act], View]:
    """Makes a page with one small form about a board or a meeting of what `act` does with the answers. Its questions are a
    section of a dated list; `prepared` gives choices and what is filled in. The version of a meeting is the one seen."""

    def declare(act: Act) -> View:
        @page(MANAGE)
        @wraps(act)
        def view(request: HttpRequest, board_id: UUID | None = None, meeting_id: UUID | None = None) -> HttpResponse:
            member = member_of(request)
            row: Any = access.meeting_for(member, meeting_id) if meeting_id else access.board_for(member, board_id or UUID(int=0))
            more: dict[str, Any] = {"back": f"/boards/{board_id}", "caption": row.name if board_id else ""}
            if meeting_id:
                caption = f"{row.board.name}, {day_time(row.starts_at)}"
                more = {"back": f"/boards/meetings/{meeting_id}", "caption": caption, "row_version": row.version}
                row.version = version_seen(request.POST) or row.version

            def done(*, by: Member, **answers: Any) -> str | None:
                return act(by=by, at=timezone.now(), row=row, **answers)

            asked = questions(APP, "form_questions", section)
            return record_page(request, asked, done, heading=heading, refusals=REFUSALS, **more | prepared(row))

        return view

    return declare


@page(Permission.BOARD_VIEW, only="GET")
def boards(request: HttpRequest) -> HttpResponse:
    """The member's boards with their next meeting and its papers, and their own actions."""
    member, now = member_of(request), timezone.now()
    coming = queries.coming(access.meetings_seen(member), now)
    own = access.actions_seen(member).filter(owner=member.user, closed_at__isnull=True).order_by("due_at")[:MOST]
    context = {
        "boards": access.boards_seen(member), "next": {row.board_id: row for row in coming}, "may": member.may(MANAGE),
        "actions": presenters.action_cells(own, member, now),
    }  # fmt: skip
    return render(request, "boards/boards.jinja", context)


@page(MANAGE)
def new_board(request: HttpRequest) -> HttpResponse:
    """Recording a board with its terms of reference."""

    def act(*, by: Member, **answers: Any) -> str:
        return f"/boards/{actions.record_board(by=by, at=timezone.now(), **answers).id}"

    asked = questions(APP, "form_questions", "board")
    return record_page(request, asked, act, heading="Add a board", back="/boards", refusals=REFUSALS)


@page(Permission.BOARD_VIEW, only="GET")
def board(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """One board: its terms in each version, members, meetings, decisions and packs."""
    member, now = member_of(request), timezone.now()
    row = access.board_for(member, board_id)
    context = {
        "board": row, "terms": row.terms.order_by("-number"), "meetings": row.meetings.order_by("-starts_at")[:MOST],
        "packs": row.packs.defer("content").order_by("-as_at", "-number")[:MOST],
        "members": presenters.member_cells(queries.members_of(row, on(now)), users_at_work(Permission.BOARD_VIEW)),
        "decisions": row.decisions.order_by("-number")[:MOST], "may": member.may(MANAGE),
    }  # fmt: skip
    return render(request, "boards/board.jinja", context)


def _last_terms(row: Board) -> dict[str, Any]:
    last = row.terms.order_by("-number").first()
    return {"initial": {"new_terms": last.words if last else ""}}


@_form("terms", "Change the terms of reference", _last_terms)
def terms(*, by: Member, at: datetime, row: Board, new_terms: str) -> None:
    """A new version of the terms of reference."""
    actions.change_terms(by=by, at=at, board=row, words=new_terms, from_day=on(at))


@_form("member", "Add a member")
def member(*, by: Member, at: datetime, row: Board, colleague: str, outsider: str, seat: str, chair: bool | None) -> None:
    """Putting somebody on a board: a colleague, or a person who gets no sign-in by that."""
    user = _colleague(colleague) if colleague else None
    facts: dict[str, Any] = {"user": user, "name": outsider, "post": seat, "is_chair": bool(chair), "from_day": on(at)}
    actions.add_member(by=by, at=at, board=row, **facts)


def _members_now(row: Board) -> dict[str, Any]:
    rows = queries.members_of(row, timezone.localdate())
    return {"choices": {"leaver": [(str(each.id), presenters.member_name(each)) for each in rows]}}


@_form("leave", "End a place on the board", _members_now)
def leave(*, by: Member, at: datetime, row: Board, leaver: str, last_day: str) -> None:
    """The last day of somebody on a board."""
    actions.end_member(by=by, at=at, row=row.members.get(id=leaver), last=_day(last_day))


@_form("meeting", "Plan a meeting")
def new_meeting(*, by: Member, at: datetime, row: Board, day: str, time: str, venue: str) -> str:
    """Planning a meeting of a board."""
    planned = actions.plan_meeting(by=by, at=at, board=row, starts_at=_instant(day, time), place=venue)
    return f"/boards/meetings/{planned.id}"


@page(Permission.BOARD_VIEW, only="GET")
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: agenda, papers, packs, minutes, decisions, and the actions that return to it."""
    member, now = member_of(request), timezone.now()
    row = access.meeting_for(member, meeting_id)
    there = set(row.present)
    members = queries.members_of(row.board, on(row.starts_at))
    context = {
        "meeting": row, "title": f"{row.board.name}, {day(row.starts_at)}", "papers": presenters.paper_cells(row.papers.all()),
        "packs": row.packs.defer("content").order_by("-as_at", "-number"), "may": member.may(MANAGE),
        "decisions": row.decisions.order_by("number"), "begun": row.starts_at <= now,
        "open": presenters.action_cells(queries.actions_open_at(row.board, row.starts_at), member, now),
        "given": presenters.action_cells(row.actions.select_related("owner").order_by("number"), member, now),
        "present": [presenters.member_name(each) for each in members if each.id in there],
        "apologies": [presenters.member_name(each) for each in members if each.id not in there],
    }  # fmt: skip
    return render(request, "boards/meeting.jinja", context)


def _time_and_place(row: Meeting) -> dict[str, Any]:
    return {"initial": {"day": day(row.starts_at), "time": clock(row.starts_at), "venue": row.place}}


@_form("meeting", "Change time or place", _time_and_place)
def meeting_time(*, by: Member, at: datetime, row: Meeting, day: str, time: str, venue: str) -> None:
    """Moving a meeting to another time or place."""
    changes = {"starts_at": _instant(day, time), "place": venue}
    actions.change_meeting(by=by, at=at, meeting=row, seen=row.version, **changes)


@_form("cancel", "Cancel the meeting", lambda row: {"press_words": "Cancel the meeting"})
def cancel(*, by: Member, at: datetime, row: Meeting, why: str) -> None:
    """Cancelling a meeting, with the reason."""
    actions.cancel_meeting(by=by, at=at, meeting=row, seen=row.version, reason=why)


@_form("agenda", "Agenda", lambda row: {"initial": {"agenda": "\n".join(row.agenda)}})
def agenda(*, by: Member, at: datetime, row: Meeting, agenda: str) -> None:
    """The agenda of a meeting, an item on each line."""
    items = [line.strip()[:200] for line in agenda.splitlines() if line.strip()]
    actions.change_meeting(by=by, at=at, meeting=row, seen=row.version, agenda=items)


@page(MANAGE)
def new_paper(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Adding a paper: a file, or a link."""
    row = access.meeting_for(member_of(request), meeting_id)
    form, is_sent = PaperForm(submitted_or_draft(request), request.FILES or None, auto_id="%s"), request.method == "POST"
    if is_sent and form.is_valid():
        title, paper, url = (form.cleaned_data[name] for name in ("title", "paper", "url"))
        try:
            content = paper.read() if paper else b""
            actions.add_paper(by=member_of(request), at=timezone.now(), meeting=row, title=title, url=url, content=content)
            return redirect(f"/boards/meetings/{meeting_id}")
        except actions.Refused as refusal:
            form.add_error("paper", str(refusal))
    return render(request, "boards/paper.jinja", {"form": form, "meeting": row}, status=422 if is_sent else 200)


@page(Permission.BOARD_VIEW, only="GET")
def paper(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """A paper, to be saved."""
    member = member_of(request)
    row = access.paper_for(member, paper_id)
    if not row.digest:
        raise Http404
    try:
        content = queries.store().get(member.tenant, row.digest)
    except FileNotFoundError:
        raise Http404 from None
    audit("boards.paper_saved", by=member, at=timezone.now(), subject=str(row.id))
    return to_save(content, f"paper-{str(row.id)[-4:]}{guess_extension(row.media_type) or ''}", row.media_type)


@_form("pack", "Store the pack", lambda row: {"initial": {"as_at": day(min(on(row.starts_at), timezone.localdate()))}})
def new_pack(*, by: Member, at: datetime, row: Meeting, as_at: str) -> str:
    """Storing the pack for a meeting, in one step."""
    return f"/boards/packs/{actions.store_pack(by=by, at=at, board=row.board, as_at=_day(as_at), meeting=row).id}"


@page(Permission.BOARD_VIEW, only="GET")
def pack(request: HttpRequest, pack_id: UUID) -> HttpResponse:
    """A stored pack as it was, a part at a time."""
    row = access.pack_for(member_of(request), pack_id)
    parts = parts_of(queries.document_of(row))
    part = min(max(whole_number(request.GET.get("part", "")), 1), len(parts))
    nav = [{"label": title, "href": f"?part={place}", "current": place == part} for place, (title, _) in enumerate(parts, 1)]
    context = {"pack": row, "title": parts[part - 1][0], "blocks": parts[part - 1][1], "nav": nav}
    return render(request, "boards/pack.jinja", context)


@page(Permission.BOARD_VIEW, only="GET")
def pack_file(request: HttpRequest, pack_id: UUID, kind: str) -> HttpResponse:
    """A stored pack as PDF or Word."""
    member = member_of(request)
    row = access.pack_for(member, pack_id)
    if kind not in FILES:
        raise Http404
    audit("boards.pack_saved", by=member, at=timezone.now(), subject=str(row.id), fields=[kind])
    return document_file(request, queries.document_of(row), kind, f"board-pack-{row.as_at}")


def _minutes_options(row: Meeting) -> dict[str, Any]:
    members = queries.members_of(row.board, on(row.starts_at))
    return {
        "choices": {"attended": [(str(each.id), presenters.member_name(each)) for each in members]},
        "initial": {"attended": [str(each) for each in row.present], "minutes": str(row.minutes)},
    }


@_form("minutes", "Minutes", _minutes_options)
def minutes(*, by: Member, at: datetime, row: Meeting, attended: list[str], minutes: str) -> None:
    """Who was there and what was said."""
    there = [UUID(each) for each in attended]
    actions.minute(by=by, at=at, meeting=row, present=there, minutes=minutes, seen=row.version)


def _decided(name: str) -> Callable[[Meeting], dict[str, Any]]:
    def prepared(row: Meeting) -> dict[str, Any]:
        rows = row.board.decisions.order_by("-number")[:50]
        return {"choices": {name: [(str(each.id), f"{each.number}. {each.words}"[:120]) for each in rows]}}

    return prepared


@_form("decision", "Record a decision", _decided("replaces"))
def decision(*, by: Member, at: datetime, row: Meeting, decided: str, replaces: str) -> None:
    """Recording a decision."""
    earlier = row.board.decisions.get(id=replaces) if replaces else None
    actions.decide(by=by, at=at, meeting=row, words=decided, replaces=earlier)


@_form("action", "Add an action", _decided("follows"))
def new_action(*, by: Member, at: datetime, row: Meeting, action: str, owner: str, due_on: str, follows: str) -> None:
    """Recording an action and giving it to somebody."""
    decision = row.board.decisions.get(id=follows) if follows else None
    outside = {each.name.casefold() for each in queries.members_of(row.board, on(at)) if not each.user_id}
    if owner.strip().casefold() in outside:
        raise actions.Refused("outside")
    facts: dict[str, Any] = {"words": action, "owner": _colleague(owner), "due_on": _day(due_on), "decision": decision}
    actions.record_action(by=by, at=at, meeting=row, **facts)


@page(Permission.SIGNED_IN, only="GET")
def actions_list(request: HttpRequest) -> HttpResponse:
    """The actions that the member sees."""
    return list_page(request, presenters.ACTIONS)


@page(Permission.SIGNED_IN)
def action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """One action with its history, and what became of it."""
    member = member_of(request)
    row = access.action_for(member, action_id)
    may_close = member.may(MANAGE)
    register = presenters.ACTIONS if may_close or row.state == OPEN else replace(presenters.ACTIONS, changes=MANAGE)
    refusals: dict[type[Exception], tuple[str, str]] = {actions.Refused: ("because", "")}
    return row_page(
        request, register, row, actions.move_action, back="/boards/actions", form_class=partial(ActionMove, may_close=may_close),
        template="boards/action.jinja", refusals=refusals,
    )  # fmt: skip

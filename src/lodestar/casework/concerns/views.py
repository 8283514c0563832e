"""The recording screens: what, where, when and who is there; are they safe right now, with who to ring above every question;
what have you seen, one group of signs at a time. Once saved it is a case. And a supervisor's decision on the signs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import people_of, person_for
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import labels, person_heading
from lodestar.casework.concerns import actions, queries
from lodestar.casework.concerns.access import concern_for, saved_concern
from lodestar.casework.concerns.actions import decide_belief
from lodestar.casework.concerns.forms.concern import SafeScreen, Sheet, WhoScreen
from lodestar.casework.concerns.forms.signs import BeliefForm, SignsScreen
from lodestar.casework.concerns.models import BeliefDecision
from lodestar.casework.concerns.presenters import BELIEFS, RING, caption, groups, others, window
from lodestar.casework.concerns.rules import find_signs, signs_on
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit, retry_from_reading
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.ids import id_in, new_id
from lodestar.platform.text.merge_edits import marks
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london_date


def number(text: str) -> int:
    """A number from an address; 1 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 5 else 1


def sign_groups() -> list[str]:
    """The groups of signs, one a screen."""
    return [row["code"] for row in reference_list("concerns", "signs").header["groups"]]


def parse_signs_screen(screen_name: str) -> str:
    """Which screen of signs a button or an address names: `labour:1` of `labour`, `labour:4` for those who come after; empty
    where it names none."""
    group, _, start = screen_name.partition(":")
    return f"{group}:{number(start)}" if group in sign_groups() else ""


def signs_at(case: Case, screen_name: str) -> str:
    """The address of that screen, empty where none is named."""
    group, _, start = parse_signs_screen(screen_name).partition(":")
    more = f"?from={start}" if number(start) > 1 else ""
    return f"/record/{case.id}/signs/{group}{more}" if group else ""


def onward(request: HttpRequest, case: Case, way_on: str) -> HttpResponse:
    """Where the button pressed leads; the plain way on for Enter, which presses none."""
    if request.POST.get("next") == "stop":
        return redirect("/my-work")
    return redirect(way_on)


PEOPLE_SAFE = 5  # on a page at once


@page(Permission.CONCERN_RECORD)
def safe(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Out of danger or not, what they need first, and whether somebody there may control them."""
    if request.method == "POST":
        return retry_from_reading(lambda: _save_safety(request, case_id))
    case = concern_for(member_of(request), case_id, Permission.CONCERN_RECORD, viewed=True)
    people = people_of(case)
    return _safe_shown(request, case, people, _safe_screen(request, case, people, submitted_or_draft(request)))


def _window(request: HttpRequest, people: Sequence[Person]) -> tuple[Sequence[Person], int]:
    return window(people, number(request.GET.get("from", "")), PEOPLE_SAFE)


def _safe_screen(request: HttpRequest, case: Case, people: Sequence[Person], data: Any) -> SafeScreen:
    """The people of this page; of a form that was sent, those it was drawn for."""
    sent = set(data.getlist("person")) if data is not None else set()
    here = [person for person in people if str(person.id) in sent] or list(_window(request, people)[0])
    return SafeScreen(case, here, labels(people), data)


def _safe_shown(
    request: HttpRequest, case: Case, people: Sequence[Person], screen: SafeScreen, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context = {
        "case": case,
        "screen": screen,
        "caption": caption(2, case, now),
        "rings": ring_now(RING, now, contact_book(now, case.unit_id)),
        "more": _window(request, people)[1],
    }
    return render(request, "concerns/safe.jinja", context, status=status)


def _save_safety(request: HttpRequest, case_id: UUID) -> HttpResponse:
    member = member_of(request)
    case = concern_for(member, case_id, Permission.CONCERN_RECORD, viewed=False)
    people = people_of(case)
    if not set(request.POST.getlist("person")) <= {str(person.id) for person in people}:
        raise Http404  # drawn for people of another case: their answers must not land on whoever has their number here
    screen = _safe_screen(request, case, people, request.POST)
    if not screen.settle():
        return _safe_shown(request, case, people, screen, status=422)
    inputs = [actions.PersonInput(id=each.row.id, version=each.row.version, facts=each.form.facts()) for each in screen.people]
    actions.record_safety(
        by=member, at=timezone.now(), case=case, version=case.version, facts=screen.control.facts(), people=inputs
    )
    _, more = _window(request, people)
    return onward(request, case, f"/record/{case.id}/safe?from={more}" if more else f"/record/{case.id}/signs/drugs")


PEOPLE_TICKED = 3  # with ticks on a page at once
FOUND = 5  # signs that a search brings


@page(Permission.CONCERN_RECORD)
def signs(request: HttpRequest, case_id: UUID, group: str) -> HttpResponse:
    """The signs of one group, for each person and for the scene."""
    if group not in sign_groups():
        raise Http404
    if request.method == "POST":
        return retry_from_reading(lambda: _sent(request, case_id, group))
    screen = _signs_screen(request, case_id, group, submitted_or_draft(request), viewed=True)
    return _signs_shown(request, screen)


def _signs_screen(
    request: HttpRequest, case_id: UUID, group: str, data: QueryDict | None, *, viewed: bool = False
) -> SignsScreen:
    case = concern_for(member_of(request), case_id, Permission.CONCERN_RECORD, viewed=viewed)
    people = queries.known_people(case)
    ticks: set[tuple[str, UUID | None]] = {(code, None) for code in case.scene_codes}  # type: ignore[attr-defined]  # read with the case
    ticks |= {(code, person.id) for person in people for code in person.sign_codes}
    # That signs wait for a decision is nobody's answer.
    answers = {row.id: row.belief if row.is_answered or row.belief != "signs_only" else "" for row in people}
    listed = {sign.code: sign for sign in signs_on(london_date(case.encountered_at))}
    start = request.GET.get("from", "") if data is None else data.get("from", request.GET.get("from", ""))
    here, _ = window(people, number(start), PEOPLE_TICKED)
    return SignsScreen(case, people, ticks, answers, here=here, signs=listed, group=group, data=data)


def _signs_shown(request: HttpRequest, screen: SignsScreen, *, status: int = 200) -> HttpResponse:
    now, case = timezone.now(), screen.case
    listed, place = groups(screen.ticks, screen.signs), sign_groups().index(screen.group)
    context = {
        "case": case,
        "screen": screen,
        "form": screen.form(),
        "compared": marks(screen.theirs),
        "caption": caption(3, case, now),
        "group": listed[place],
        "groups": listed,
        "next_group": next(iter(listed[place + 1 :]), None),
        "notes": queries.notes_of(case),
        "now": now,
        "others": others(screen.people, screen.names, [person.id for person in screen.here], PEOPLE_TICKED),
    }
    return render(request, "concerns/signs.jinja", context, status=status)


def _sent(request: HttpRequest, case_id: UUID, group: str) -> HttpResponse:
    screen = _signs_screen(request, case_id, group, request.POST)
    can_read = screen.tail.is_valid()
    query = screen.tail.cleaned_data.get("q", "")
    if "find" in request.POST or (query and "next" not in request.POST and "keep" not in request.POST):
        screen.found, screen.is_search = find_signs(query, list(screen.signs.values()))[:FOUND], True
        return _signs_shown(request, screen, status=200 if can_read else 422)
    if screen.beliefs.clashing or not can_read:
        return _signs_shown(request, screen, status=422)
    signs_input = actions.SignsInput(**screen.answered(), words=screen.tail.cleaned_data["words"])
    case, now = screen.case, timezone.now()
    published: date = reference_list("concerns", "signs").header["published"]
    is_told = actions.record_signs(
        by=member_of(request), at=now, case=case, signs_input=signs_input, signs=screen.signs, list_date=published
    )
    way_on = request.POST.get("next", "done")
    more = signs_at(case, way_on)
    if is_told:
        then = parse_signs_screen(way_on) or ("stop" if way_on == "stop" else "duties")
        here = f"{group}:{number(request.POST.get('from', request.GET.get('from', '')))}"
        return redirect(f"/record/{case.id}/met?then={then}&from={here}")
    return redirect(more) if more else onward(request, case, f"/cases/{case.reference}/do-now")


SHEETS = 2  # people on a page at once, so that it stays light
MOST_SENT = 12  # people that one page may send


@page(Permission.CONCERN_RECORD)
def record(request: HttpRequest) -> HttpResponse:
    """A new concern. Its id stands in the address from the start, so that Back leads to what was saved."""
    data = submitted_or_draft(request)
    case_id = id_in((data if data is not None else request.GET).get("case", ""))
    if case_id is None:
        return redirect(f"/record?case={new_id()}")
    member = member_of(request)
    if request.method == "POST":
        return retry_from_reading(lambda: _save_concern(request, case_id, saved_concern(member, case_id)))
    case = saved_concern(member, case_id)
    if case is not None:
        return redirect(f"/record/{case.id}/who")
    order = _sent_order(data) if data is not None else [new_id() for _ in range(SHEETS)]
    return _who_shown(request, case_id, None, _who_screen(member, None, order, data))


@page(Permission.CONCERN_RECORD)
def who(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The same screen of a concern that stands."""
    member = member_of(request)
    may = Permission.CONCERN_RECORD
    case = concern_for(member, case_id, may, viewed=request.method != "POST")
    if request.method == "POST":
        return retry_from_reading(lambda: _save_concern(request, case.id, concern_for(member, case_id, may, viewed=False)))
    data = submitted_or_draft(request)
    order = _sent_order(data) if data is not None else _order(request, case)
    return _who_shown(request, case.id, case, _who_screen(member, case, order, data))


def _sent_order(data: Any) -> list[UUID]:
    """The people of the page that was sent, new or recorded, by the ids it carried."""
    sent = [id_in(person_id) for person_id in data.getlist("person")[:MOST_SENT]]
    person_ids = list(dict.fromkeys(person_id for person_id in sent if person_id is not None))
    return person_ids or [new_id() for _ in range(SHEETS)]


def _order(request: HttpRequest, case: Case) -> list[UUID]:
    """The people to show: some of those recorded, or empty sheets for more."""
    people = people_of(case)
    if request.GET.get("more") or not people:
        return [new_id() for _ in range(SHEETS)]
    return [person.id for person in window(people, number(request.GET.get("from", "")), SHEETS)[0]]


def _who_screen(member: Member, case: Case | None, order: Sequence[UUID], data: Mapping[str, Any] | None) -> WhoScreen:
    people = people_of(case) if case else []
    rows = {person.id: person for person in people}
    offences = queries.first_offences(rows) if rows else {}
    may_reach = member.may(Permission.ADDRESS_RECORD)
    return WhoScreen(case, order=order, rows=rows, offences=offences, names=labels(people), takes_reach=may_reach, data=data)


def _who_shown(request: HttpRequest, case_id: UUID, case: Case | None, screen: WhoScreen, status: int = 200) -> HttpResponse:
    now = timezone.now()
    people = people_of(case) if case else []
    shown = [sheet.id for sheet in screen.sheets]
    context = {
        "case": case,
        "case_id": case_id,
        "screen": screen,
        "caption": caption(1, case, now),
        "others": others(people, labels(people), shown, SHEETS),
        "last": None if case or request.method == "POST" else queries.last_concern(member_of(request), now),
        "now": now,
    }
    return render(request, "concerns/who.jinja", context, status=status)


def _save_concern(request: HttpRequest, case_id: UUID, case: Case | None) -> HttpResponse:
    member, now = member_of(request), timezone.now()
    screen = _who_screen(member, case, _sent_order(request.POST), request.POST)
    new = [sheet.id for sheet in screen.sheets if sheet.row is None]
    if new and queries.is_taken(case_id, new, by_us=case is not None):
        if case is None and saved_concern(member, case_id) is not None:
            raise ConcurrentEdit  # the same form, open twice: the other one was saved since we looked
        raise Http404
    if not screen.settle():
        return _who_shown(request, case_id, case, screen, status=422)
    concern_input = _concern_input(screen)
    if case is None:
        when = screen.concern.cleaned_data["when"]
        case, is_told = actions.receive_concern(
            by=member, at=when.at if when else now, case_id=case_id, concern_input=concern_input
        )
    else:
        case, is_told = actions.change_concern(by=member, at=now, case=case, version=case.version, concern_input=concern_input)
    if is_told:
        then = {"add": "more", "stop": "stop"}.get(request.POST.get("next", ""), "safe")
        return redirect(f"/record/{case_id}/met?then={then}")
    return onward(request, case, f"/record/{case_id}/{'who?more=1' if request.POST.get('next') == 'add' else 'safe'}")


def _concern_input(screen: WhoScreen) -> actions.ConcernInput:
    concern = screen.concern
    facts = {name: value for name, value in concern.facts().items() if screen.case or name != "encountered_at"}
    says_where = concern.changed("met", "met_other") or (
        concern.place_kind and any(person_sheet.row is None for person_sheet in screen.filled_sheets)
    )
    return actions.ConcernInput(
        facts=facts,
        people=[_person_input(screen, sheet) for sheet in screen.filled_sheets],
        place_kind=concern.place_kind if says_where else None,
        operation=concern.cleaned_data["operation"] if concern.changed("operation") else None,
    )


def _person_input(screen: WhoScreen, sheet: Sheet) -> actions.PersonInput:
    form, row = sheet.form, sheet.row
    says = form.changed("part", "offence", "stage")
    return actions.PersonInput(
        id=sheet.id,
        version=row.version if row else None,
        facts=form.facts(row.roles if row else ()),
        offence=screen.act_of(sheet) if says and form.is_suspected else {},
        is_suspected=form.is_suspected if says else None,
        reach=form.reached,
    )


@page(Permission.BELIEF_DECIDE)
def belief(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The signs and words recorded, what was answered before, and the decision."""
    if request.method == "POST":
        return retry_from_reading(lambda: _save_belief(request, person_id))
    person = person_for(member_of(request), person_id, Permission.BELIEF_DECIDE, viewed=True)
    return _belief_shown(request, person, BeliefForm(submitted_or_draft(request), auto_id="%s", use_required_attribute=False))


def _belief_shown(
    request: HttpRequest, person: Person, form: BeliefForm, *, is_clash: bool = False, status: int = 200
) -> HttpResponse:
    now, case = timezone.now(), person.case
    rows, sent = queries.decisions_on(person), submitted_or_draft(request)
    mark = _mark(person, rows)
    signs = {sign.code: sign for sign in signs_on(london_date(case.encountered_at))}
    context = person_heading(person) | {
        "form": form,
        "ticks": {(row.code, row.person_id) for row in queries.signs_of(case)},
        "signs": signs,
        "notes": queries.notes_of(case),
        "before": rows,
        "beliefs": BELIEFS,
        "now": now,
        "stands": BELIEFS[person.belief],
        "mark": sent.get("seen", mark) if sent is not None and not is_clash else mark,
        "is_clash": is_clash,
    }
    return render(request, "concerns/belief.jinja", context, status=status)


def _mark(person: Person, rows: list[BeliefDecision]) -> str:
    """What the decider had before them: the belief that stands, and the latest answer."""
    return fingerprint(person.belief, str(rows[0].id) if rows else "")


def _save_belief(request: HttpRequest, person_id: UUID) -> HttpResponse:
    member = member_of(request)
    person = person_for(member, person_id, Permission.BELIEF_DECIDE)
    way_on = redirect(f"/cases/{person.case.reference}")
    form = BeliefForm(request.POST, auto_id="%s", use_required_attribute=False)
    is_same = request.POST.get("seen", "") == _mark(person, queries.decisions_on(person))
    if is_same and request.POST.get("keep") == "theirs":
        return way_on
    if not form.is_valid():
        return _belief_shown(request, person, form, status=422)
    if not is_same:
        return _belief_shown(request, person, form, is_clash=True, status=422)
    is_told = decide_belief(by=member, at=timezone.now(), person=person, version=person.version, **form.cleaned_data)
    return redirect(f"/record/{person.case_id}/met?then=case") if is_told else way_on

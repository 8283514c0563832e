"""Keeping and letting go: who is to be looked at, a review, the second person, legal holds; the registers of breaches and of what
people ask about themselves, and what whoever has a case says of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member, member_of
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import case_for
from lodestar.cases.forms.fields import at_and_words
from lodestar.cases.models import Case, Person
from lodestar.cases.queries.disclosures import crossings_among
from lodestar.cases.queries.identities import how_to_reach
from lodestar.design.when import day, on
from lodestar.keeping import access, actions, forms, presenters, queries
from lodestar.keeping.actions import registers
from lodestar.keeping.models import RequestTask, SubjectRequest
from lodestar.keeping.presenters import requests as words
from lodestar.keeping.queries import requests as asked
from lodestar.keeping.rules import RequestStatus, categories_of

SHOWN = 50
FORM = ["GET", "HEAD", "POST"]
FOUND = 4  # on one page: what is said of each may be long
MOST_FOUND = 300
SEEN_ANOTHER = "A colleague has commented since: see below. Read it, then record yours"


def _back(member: Member, case: Case) -> str:
    """Where whoever decides comes from: their list, or as an owner of a sealed case that case."""
    return reverse("keeping") if member.may(Permission.KEEPING_REVIEW) else f"/cases/{case.reference}"


@page(Permission.KEEPING_REVIEW)
@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """Who is to be looked at, the longest waiting first; who waits for a second person; how many were let go."""
    member, today = member_of(request), on(timezone.now())
    rows = list(queries.due_in(access.people_to_review(member), today)[: SHOWN + 1])
    asked = queries.waiting_disposals(SHOWN)
    context = {
        "due": presenters.due_lines(rows[:SHOWN]),
        "more": len(rows) > SHOWN,
        "asked": presenters.asked_lines(asked, queries.numbers_of(row.person for row in asked)),
        "crossed": presenters.crossed_lines(crossings_among(access.people_to_review(member), SHOWN)),
        "tallies": presenters.tally_lines(queries.tallies()),
    }
    return render(request, "keeping/keeping.jinja", context)


@page(Permission.KEEPING_DECIDE)
@require_http_methods(FORM)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A review of one person: kept until when, or to be let go, with what stands against it."""
    member, now = member_of(request), timezone.now()
    found = access.person_to_review(member, person_id, viewed=request.method != "POST")
    form = forms.Review(typed(request), categories=categories_of(found.category, found.roles), now=now, auto_id="%s")
    if request.method != "POST":
        return _person_shown(request, found, form)
    if not form.is_valid():
        return _person_shown(request, found, form, status=422)
    told = form.cleaned_data
    if told["does"] == "keep":
        actions.keep(
            by=member, at=now, person=found, category=told["category"], until=told["until"], reason=told["kept_for"],
            because=told["because"],
        )  # fmt: skip
        return redirect(_back(member, found.case))
    if queries.waiting_disposal(found.id) is not None:
        return redirect(_back(member, found.case))
    try:
        actions.ask_to_dispose(by=member, at=now, person=found, reason=told["let_go_for"], because=told["because"])
    except actions.StandsAgainst as error:
        form.add_error("let_go_for", " ".join(presenters.against_words(error.codes)))
        return _person_shown(request, found, form, status=422)
    return redirect(_back(member, found.case))


def _person_shown(request: HttpRequest, found: Person, form: forms.Review, status: int = 200) -> HttpResponse:
    today = on(timezone.now())
    waiting = queries.waiting_disposal(found.id)
    context = {
        "person": found,
        "who": presenters.of_person(found),
        "form": form,
        "days": presenters.due_words(queries.due_days([found])[found.id], today),
        "holds": [line for line in presenters.hold_lines(queries.holds_on(found.case_id)) if not line["lifted"]],
        "kept": presenters.kept_lines(queries.kept_rows(found)),
        "waiting": waiting,
        "no_grounds": found.belief == "none",
        "back": _back(member_of(request), found.case),
    }
    return render(request, "keeping/person.jinja", context, status=status)


@page(Permission.KEEPING_DECIDE)
@require_http_methods(FORM)
def disposal(request: HttpRequest, disposal_id: UUID) -> HttpResponse:
    """What one person asked, for another to agree to or refuse."""
    member, now = member_of(request), timezone.now()
    found = access.disposal_for(member, disposal_id)
    is_own, is_open = found.asked_by_id == member.user, found.decision == ""
    form = forms.Decide(typed(request), auto_id="%s")
    status = 200
    if request.method == "POST":
        if is_own:
            raise Http404
        if is_open and form.is_valid():
            told = form.cleaned_data
            try:
                done = actions.dispose if told["decision"] == "agreed" else actions.refuse_disposal
                done(by=member, at=now, disposal=found, answer=told["answer"])
                return redirect(_back(member, found.case))
            except actions.StandsAgainst as error:
                form.add_error("decision", " ".join(presenters.against_words(error.codes)))
        status = 422
    context = {
        "disposal": found,
        "who": presenters.who(found.case.reference, queries.numbers_of([found.person]).get(found.person, 0)),
        "reason": dict(presenters.LET_GO_FOR)[found.reason],
        "is_own": is_own,
        "is_open": is_open,
        "is_last": is_open and queries.is_last(found),
        "form": form,
        "back": _back(member, found.case),
    }
    return render(request, "keeping/disposal.jinja", context, status=status)


@page(Permission.HOLD_SET)
@require_http_methods(FORM)
def case_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """A legal hold on a case, or lifting what is there."""
    member = member_of(request)
    case = case_for(member, reference, Permission.HOLD_SET, viewed=request.method != "POST")
    form = forms.HoldCase(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.hold(by=member, at=timezone.now(), case=case, kind=told["kind"], because=told["because"])
        return redirect("case-hold", case.reference)
    return _hold_shown(request, case, form, 422 if request.method == "POST" else 200)


@page(Permission.HOLD_SET)
@require_http_methods(FORM)
def case_lift(request: HttpRequest, reference: str) -> HttpResponse:
    """Lifts the holds that stand on a case, with the reason."""
    member = member_of(request)
    case = case_for(member, reference, Permission.HOLD_SET, viewed=request.method != "POST")
    lines = [line for line in presenters.hold_lines(queries.holds_on(case.id)) if not line["lifted"]]
    form = forms.Lift(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        actions.lift(by=member, at=timezone.now(), case=case, because=form.cleaned_data["because"])
        return redirect("case-hold", case.reference)
    context = {"case": case, "form": form, "holds": lines}
    return render(request, "keeping/lift.jinja", context, status=422 if request.method == "POST" else 200)


def _hold_shown(request: HttpRequest, case: Case, form: forms.HoldCase, status: int) -> HttpResponse:
    lines = presenters.hold_lines(queries.holds_on(case.id))
    standing = [line for line in lines if not line["lifted"]]
    context = {"case": case, "form": form, "holds": standing, "lifted": [line for line in lines if line["lifted"]]}
    return render(request, "keeping/hold.jinja", context, status=status)


@page(Permission.BREACH_RECORD)
@require_safe
def breaches(request: HttpRequest) -> HttpResponse:
    """The register of breaches, the latest first, each with its clock."""
    now = timezone.now()
    rows = queries.breaches(SHOWN)
    lines = [presenters.breach_line(row, queries.standing_of(row, row.steps.all()), now) for row in rows]
    return render(request, "keeping/breaches.jinja", {"breaches": lines})


@page(Permission.BREACH_RECORD)
@require_http_methods(FORM)
def breach_new(request: HttpRequest) -> HttpResponse:
    """A breach is written down; its 72 hours ran from when the force knew."""
    now, form = timezone.now(), forms.BreachNew(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        aware, _ = at_and_words(told["aware_at"], now)
        row = registers.record_breach(
            by=member_of(request), at=now, kind=told["kind"], what=told["what"], how_many=told["how_many"], aware_at=aware
        )
        return redirect("breach", row.id)
    return render(request, "keeping/breach_new.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


@page(Permission.BREACH_RECORD)
@require_http_methods(FORM)
def breach(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """One breach: its clock, what is open, what was done; and a step more."""
    member, now = member_of(request), timezone.now()
    found = access.breach_for(member, breach_id)
    steps = queries.steps_of(found)
    stands = queries.standing_of(found, steps)
    form = forms.BreachStepForm(typed(request), aware_at=found.aware_at, open_codes=stands.open, now=now, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        at, _ = at_and_words(told["at"], now)
        registers.breach_step(by=member, at=at, breach=found, kind=told["step"], words=told["words"])
        return redirect("breach", found.id)
    context = {
        "breach": found,
        "line": presenters.breach_line(found, stands, now),
        "stands": stands,
        "open": presenters.open_words(stands),
        "steps": presenters.step_lines(steps),
        "form": form,
        "now": now,
    }
    return render(request, "keeping/breach.jinja", context, status=422 if request.method == "POST" else 200)


# --- what people ask about themselves ---------------------------------------------------------------------------------


@page(Permission.SUBJECT_REQUEST)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What people ask about themselves, what is open first, each with its time; never who asks."""
    today = on(timezone.now())
    waits, over = (
        [words.request_line(row, asked.request_stands(row, row.steps.all()), today) for row in rows]
        for rows in asked.subject_requests(SHOWN)
    )
    late_first = sorted(waits, key=lambda line: line["clock"] != words.LATE)
    context = {"open": late_first, "over": over, "waits": words.how_many_wait(waits)}
    return render(request, "keeping/requests.jinja", context)


@page(Permission.SUBJECT_REQUEST)
@require_http_methods(FORM)
def request_new(request: HttpRequest) -> HttpResponse:
    """A request is written down."""
    now, form = timezone.now(), forms.RequestNew(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        row = registers.record_request(
            by=member_of(request), at=now, kind=told["kind"], came=told["came"], who=told["who"],
            received_on=told["received_on"] or on(now),
        )  # fmt: skip
        return redirect("subject-request", row.id)
    return render(request, "keeping/request_new.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


@page(Permission.SUBJECT_REQUEST)
@require_http_methods(FORM)
def subject_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: by when it is answered, what comes first, what was found and what of it is open; and a step more."""
    member, now = member_of(request), timezone.now()
    found = access.request_for(member, request_id, viewed=request.method != "POST")
    steps, lines = asked.request_steps(found), _found(member, found)
    stands = asked.request_stands(found, steps, sum(line["is_open"] for line in lines))
    done = {step.kind for step in steps}
    form = forms.RequestStepForm(typed(request), stands=stands, done=done, received_on=found.received_on, now=now, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        registers.request_step(
            by=member, at=told["happened_at"], request=found, kind=told["step"], words=told["words"]
        )
        return redirect("subject-request", found.id)
    searches, begin = asked.searches_of(found), _begin(request)
    context = {
        "asked": found,
        "line": words.request_line(found, stands, on(now)),
        "stands": stands,
        "before": words.request_open(stands),
        "steps": words.request_step_lines(steps),
        "searches": words.sought_lines(searches),
        "found": lines[begin : begin + FOUND],
        "how_many": len(lines),
        "next": begin + FOUND if len(lines) > begin + FOUND else 0,
        "earlier": words.earlier_lines(asked.earlier_meant(searches, SHOWN)),
        "form": form,
    }
    return render(request, "keeping/request.jinja", context, status=422 if request.method == "POST" else 200)


def _found(member: Member, found: SubjectRequest) -> list[dict[str, Any]]:
    """What was found, open things first."""
    tasks = list(access.tasks_of(member, found)[:MOST_FOUND])
    holders = [task.case.owner_id or task.case.interim_owner_id for task in tasks]
    lines = words.task_lines(
        found, tasks, asked.latest_reviews(tasks), asked.disposals_of(found), queries.numbers_of(task.person for task in tasks),
        how_to_reach(holders, timezone.now()),
    )  # fmt: skip
    return sorted(lines, key=lambda line: not line["is_open"])


def _begin(request: HttpRequest) -> int:
    """Where among what was found the page begins."""
    typed_in = request.GET.get("from", "")
    return min(int(typed_in), MOST_FOUND) if typed_in.isascii() and typed_in.isdigit() and len(typed_in) < 4 else 0


@page(Permission.SUBJECT_REQUEST)
@require_http_methods(FORM)
def request_search(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Looking for whoever asks, once it is certain who they are: whoever has a case that may hold them is asked."""
    member, now = member_of(request), timezone.now()
    found = access.request_for(member, request_id, viewed=request.method != "POST")
    form = forms.Search(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        try:
            registers.search_request(by=member, at=now, request=found, sought=form.cleaned_data["sought"])
            return redirect("subject-request", found.id)
        except registers.NotYet as refusal:
            form.add_error(None, " ".join(words.against_words(refusal.codes)))
    stands = asked.request_stands(found, asked.request_steps(found))
    context = {"asked": found, "line": words.request_line(found, stands, on(now)), "form": form}
    return render(request, "keeping/request_search.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.CASE_VIEW)
@require_http_methods(FORM)
def request_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """For whoever has the case: whether it is they who ask, what may be given, what is withheld and why, what was done."""
    member, now = member_of(request), timezone.now()
    task = access.task_for(member, task_id, viewed=request.method != "POST")
    said = asked.reviews_of(task)
    initial = {"seen": len(said)}
    form = forms.TaskReview(typed(request), kind=task.request.kind, initial=initial, auto_id="%s")
    stands = asked.request_stands(task.request, asked.request_steps(task.request))
    person = access.person_of(task)
    may_say = person is not None and (not stands.is_over or task.request.kind == "restrict")
    if request.method == "POST" and may_say and form.is_valid():
        told = form.cleaned_data
        try:
            registers.review_task(by=member, at=now, task=task, seen=told["seen"] or 0, told=told["review"])
            return redirect("my-work")
        except registers.StaleReview:
            sent = request.POST.copy()
            sent["seen"] = str(len(said))  # what is shown below now
            form = forms.TaskReview(sent, kind=task.request.kind, auto_id="%s")
            form.add_error("verdict", SEEN_ANOTHER)
    return _task_shown(request, task, form, stands, {"person": person, "may_say": may_say})


def _task_shown(
    request: HttpRequest, task: RequestTask, form: forms.TaskReview, stands: RequestStatus, more: dict[str, Any]
) -> HttpResponse:
    context = more | {
        "task": task,
        "asks": words.ASKS[task.request.kind],
        "called": words.called_words(asked.searches_of(task.request)),
        "why": words.reason_words(task.reasons),
        "due": day(stands.due_on),
        "is_over": stands.is_over,
        "said": words.review_lines(task.request.kind, asked.reviews_of(task)),
        "form": form,
    }
    return render(request, "keeping/request_task.jinja", context, status=422 if request.method == "POST" else 200)

"""What people ask about themselves: the register, one request, looking for who asks, and what whoever has a case says of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.queries.met_before import how_to_reach
from lodestar.design.when import day, on
from lodestar.keeping import access, actions
from lodestar.keeping.forms.requests import RequestNew, RequestStepForm, Search, TaskReview
from lodestar.keeping.models import RequestTask, SubjectRequest
from lodestar.keeping.presenters import requests as presenters
from lodestar.keeping.queries import numbers_of
from lodestar.keeping.queries import requests as queries
from lodestar.keeping.rules.requests import Request, may_be_said_after

SHOWN = 50
FOUND = 4  # on one page: what is said of each may be long
MOST_FOUND = 300
FORM = ["GET", "HEAD", "POST"]
SEEN_ANOTHER = "A colleague has commented since: see below. Read it, then record yours"


def _member(request: HttpRequest) -> Member:
    return request.member  # type: ignore[attr-defined]  # put there by the door


@page(Permission.SUBJECT_REQUEST)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What people ask about themselves, what is open first, each with its time; never who asks."""
    today = on(timezone.now())
    waits, over = (
        [presenters.request_line(row, queries.request_stands(row, row.steps.all()), today) for row in rows]
        for rows in queries.subject_requests(SHOWN)
    )
    context = {"open": presenters.late_first(waits), "over": over, "waits": presenters.how_many_wait(waits)}
    return render(request, "keeping/requests.jinja", context)


@page(Permission.SUBJECT_REQUEST)
@require_http_methods(FORM)
def request_new(request: HttpRequest) -> HttpResponse:
    """A request is written down."""
    now, form = timezone.now(), RequestNew(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        row = actions.record_request(
            by=_member(request), at=now, kind=told["kind"], came=told["came"], who=told["who"].strip(),
            received_on=told["received_on"] or on(now),
        )  # fmt: skip
        return redirect("subject-request", row.id)
    return render(request, "keeping/request_new.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


@page(Permission.SUBJECT_REQUEST)
@require_http_methods(FORM)
def subject_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: by when it is answered, what comes first, what was found and what of it is open; and a step more."""
    member, now = _member(request), timezone.now()
    found = access.request_for(member, request_id, viewed=request.method != "POST")
    steps, lines = queries.request_steps(found), _found(member, found)
    stands = queries.request_stands(found, steps, sum(line["is_open"] for line in lines))
    done = {step.kind for step in steps}
    form = RequestStepForm(typed(request), stands=stands, done=done, received_on=found.received_on, now=now, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.request_step(
            by=member, at=told["happened_at"], request=found, kind=told["step"], words=told["words"].strip()
        )
        return redirect("subject-request", found.id)
    searches, begin = queries.searches_of(found), _begin(request)
    context = {
        "asked": found,
        "line": presenters.request_line(found, stands, on(now)),
        "stands": stands,
        "before": presenters.request_open(stands),
        "steps": presenters.request_step_lines(steps),
        "searches": presenters.sought_lines(searches),
        "found": lines[begin : begin + FOUND],
        "how_many": len(lines),
        "next": begin + FOUND if len(lines) > begin + FOUND else 0,
        "earlier": presenters.earlier_lines(queries.earlier_meant(searches, SHOWN)),
        "form": form,
    }
    return render(request, "keeping/request.jinja", context, status=422 if request.method == "POST" else 200)


def _found(member: Member, found: SubjectRequest) -> list[dict[str, Any]]:
    """What was found, open things first."""
    tasks = list(access.tasks_of(member, found)[:MOST_FOUND])
    holders = [one.id for one in queries.holders(tasks).values()]
    lines = presenters.task_lines(
        found, tasks, queries.latest_reviews(tasks), queries.disposals_of(found), numbers_of(task.person for task in tasks),
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
    member, now = _member(request), timezone.now()
    found = access.request_for(member, request_id, viewed=request.method != "POST")
    form = Search(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        try:
            actions.search_request(by=member, at=now, request=found, sought=form.cleaned_data["sought"])
            return redirect("subject-request", found.id)
        except actions.NotYet as refusal:
            form.add_error(None, " ".join(presenters.against_words(refusal.codes)))
    stands = queries.request_stands(found, queries.request_steps(found))
    context = {"asked": found, "line": presenters.request_line(found, stands, on(now)), "form": form}
    return render(request, "keeping/request_search.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.CASE_VIEW)
@require_http_methods(FORM)
def request_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """For whoever has the case: whether it is they who ask, what may be given, what is withheld and why, what was done."""
    member, now = _member(request), timezone.now()
    task = access.task_for(member, task_id, viewed=request.method != "POST")
    said = queries.reviews_of(task)
    initial = {"seen": len(said)}
    form = TaskReview(typed(request), kind=task.request.kind, initial=initial, auto_id="%s")
    stands = queries.request_stands(task.request, queries.request_steps(task.request))
    person = access.person_of(task)
    may_say = person is not None and (not stands.is_over or may_be_said_after(task.request.kind))
    if request.method == "POST" and may_say and form.is_valid():
        told = form.cleaned_data
        try:
            actions.review_task(by=member, at=now, task=task, seen=told["seen"] or 0, told=told["review"])
            return redirect("my-work")
        except actions.StaleReview:
            sent = request.POST.copy()
            sent["seen"] = str(len(said))  # what is shown below now
            form = TaskReview(sent, kind=task.request.kind, auto_id="%s")
            form.add_error("verdict", SEEN_ANOTHER)
    return _task_shown(request, task, form, stands, {"person": person, "may_say": may_say})


def _task_shown(
    request: HttpRequest, task: RequestTask, form: TaskReview, stands: Request, more: dict[str, Any]
) -> HttpResponse:
    context = more | {
        "task": task,
        "asks": presenters.ASKS[task.request.kind],
        "called": presenters.called_words(queries.searches_of(task.request)),
        "why": presenters.reason_words(task.reasons),
        "due": day(stands.due_on),
        "is_over": stands.is_over,
        "said": presenters.review_lines(task.request.kind, queries.reviews_of(task)),
        "form": form,
    }
    return render(request, "keeping/request_task.jinja", context, status=422 if request.method == "POST" else 200)

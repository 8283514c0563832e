"""Keeping and letting go: who is to be looked at, a review, the second person, legal holds; the registers of breaches and of what
people ask about themselves, and what whoever has a case says of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import case_for
from lodestar.casework.cases.models import Case
from lodestar.casework.disclosures.presenters import purpose_change_words
from lodestar.casework.disclosures.queries import purpose_changes_of
from lodestar.information_governance.retention import access, actions, forms, presenters, queries
from lodestar.information_governance.retention.actions import registers
from lodestar.information_governance.retention.models import SubjectRequest
from lodestar.information_governance.retention.presenters import WORDS, against_words, of_person
from lodestar.information_governance.retention.queries import requests as asked
from lodestar.information_governance.retention.rules import categories_of
from lodestar.intelligence.identities.presenters import reason_words
from lodestar.intelligence.identities.queries import how_to_reach
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import day, on
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

SHOWN = 50
FOUND = 4  # on one page: what is said of each may be long
MOST_FOUND = 300
SEEN_ANOTHER = "A colleague has commented since: see below. Read it, then record yours"


def _back(member: Member, case: Case) -> str:
    """Where whoever decides comes from: their list, or as an owner of a sealed case that case."""
    return reverse("keeping") if member.may(Permission.KEEPING_REVIEW) else f"/cases/{case.reference}"


@page(Permission.KEEPING_REVIEW, only="GET")
def keeping(request: HttpRequest) -> HttpResponse:
    """Who is to be looked at, the longest waiting first; who waits for a second person; how many were let go."""
    member, today = member_of(request), on(timezone.now())
    rows = list(queries.due_in(access.people_to_review(member), today)[: SHOWN + 1])
    asked = queries.waiting_disposals(SHOWN)
    numbers = queries.numbers_of(row.person for row in asked)
    crossed = purpose_changes_of(SHOWN, person__in=access.people_to_review(member))
    context = {
        "due": [(of_person(row.person), row) for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "asked": [(presenters.who(row.case.reference, numbers.get(row.person, 0)), row) for row in asked],
        "crossed": [(of_person(row.person), purpose_change_words(row), row) for row in crossed],
        "tallies": [(str(row.year), presenters.tally_words(row.what), str(row.number)) for row in queries.tallies()],
        "words": WORDS,
    }
    return render(request, "retention/keeping.jinja", context)


@page(Permission.KEEPING_DECIDE)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A review of one person: kept until when, or to be let go, with what stands against it."""
    member, now = member_of(request), timezone.now()
    reviewed_person = access.person_to_review(member, person_id, viewed=request.method != "POST")
    form = forms.Review(
        submitted_or_draft(request),
        categories=categories_of(reviewed_person.category, reviewed_person.roles),
        now=now,
        auto_id="%s",
    )
    waiting = queries.waiting_disposal(reviewed_person.id)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        shared: dict[str, Any] = {"by": member, "at": now, "person": reviewed_person, "because": answers["because"]}
        try:
            if answers["does"] == "keep":
                category, reason = answers["category"], answers["kept_for"]
                actions.keep(**shared, category=category, until=answers["until"], reason=reason)
            elif waiting is None:
                actions.ask_to_dispose(**shared, reason=answers["let_go_for"])
            return redirect(_back(member, reviewed_person.case))
        except actions.StandsAgainst as error:
            form.add_error("let_go_for", against_words("against", error.codes))
    context = {
        "person": reviewed_person,
        "who": of_person(reviewed_person),
        "form": form,
        "days": queries.due_days([reviewed_person])[reviewed_person.id],
        "today": on(now),
        "kept": queries.retention_decisions(reviewed_person),
        "waiting": waiting,
        "no_grounds": reviewed_person.belief == "none",
        "back": _back(member, reviewed_person.case),
        **_holds(reviewed_person.case),
    }
    return render(request, "retention/person.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.KEEPING_DECIDE)
def disposal(request: HttpRequest, disposal_id: UUID) -> HttpResponse:
    """What one person asked, for another to agree to or refuse."""
    member, now = member_of(request), timezone.now()
    current_disposal = access.disposal_for(member, disposal_id)
    is_own, is_open = current_disposal.asked_by_id == member.user, current_disposal.decision == ""
    form = forms.Decide(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and is_own:
        raise Http404
    if request.method == "POST" and is_open and form.is_valid():
        answers = form.cleaned_data
        try:
            done = actions.dispose if answers["decision"] == "agreed" else actions.refuse_disposal
            done(by=member, at=now, disposal=current_disposal, answer=answers["answer"])
            return redirect(_back(member, current_disposal.case))
        except actions.StandsAgainst as error:
            form.add_error("decision", against_words("against", error.codes))
    number = queries.numbers_of([current_disposal.person]).get(current_disposal.person, 0)
    context = {
        "disposal": current_disposal,
        "who": presenters.who(current_disposal.case.reference, number),
        "reason": WORDS["let_go_for"][current_disposal.reason],
        "is_own": is_own,
        "is_open": is_open,
        "is_last": is_open and queries.is_last(current_disposal),
        "form": form,
        "back": _back(member, current_disposal.case),
    }
    return render(request, "retention/disposal.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.HOLD_SET)
def case_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """A legal hold on a case, or lifting what is there."""
    return _change_hold(request, reference, forms.HoldCase, actions.hold, "retention/hold.jinja")


@page(Permission.HOLD_SET)
def case_lift(request: HttpRequest, reference: str) -> HttpResponse:
    """Lifts the holds that stand on a case, with the reason."""
    return _change_hold(request, reference, forms.Lift, actions.lift, "retention/lift.jinja")


def _change_hold(
    request: HttpRequest, reference: str, asks: type[forms.Lift], change: Callable[..., object], template: str
) -> HttpResponse:
    member = member_of(request)
    case = case_for(member, reference, Permission.HOLD_SET, viewed=request.method != "POST")
    form = asks(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        change(by=member, at=timezone.now(), case=case, **form.cleaned_data)
        return redirect("case-hold", case.reference)
    context = {"case": case, "form": form, **_holds(case)}
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _holds(case: Case) -> dict[str, Any]:
    rows = queries.holds_on(case.id)
    return {"holds": [row for row in rows if not row.lifted_at], "lifted": [row for row in rows if row.lifted_at], "words": WORDS}


@page(Permission.BREACH_RECORD, only="GET")
def breaches(request: HttpRequest) -> HttpResponse:
    """The register of breaches, the latest first, each with its clock."""
    rows = [(row, queries.status_of_breach(row, row.steps.all())) for row in queries.breaches(SHOWN)]
    return render(request, "retention/breaches.jinja", {"breaches": rows, "now": timezone.now(), "words": WORDS})


@page(Permission.BREACH_RECORD)
def breach_new(request: HttpRequest) -> HttpResponse:
    """A breach is written down; its 72 hours ran from when the force knew."""
    now, form = timezone.now(), forms.BreachNew(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        aware, _ = at_and_words(form.cleaned_data.pop("aware_at"), now)
        row = registers.record_breach(by=member_of(request), at=now, aware_at=aware, **form.cleaned_data)
        return redirect("breach", row.id)
    return render(request, "retention/breach_new.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


@page(Permission.BREACH_RECORD)
def breach(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """One breach: its clock, what is open, what was done; and a step more."""
    member, now = member_of(request), timezone.now()
    current_breach = access.breach_for(member, breach_id)
    steps = asked.steps_of(current_breach)
    breach_status = queries.status_of_breach(current_breach, steps)
    form = forms.BreachStepForm(
        submitted_or_draft(request), aware_at=current_breach.aware_at, open_codes=breach_status.open, now=now,
        auto_id="%s",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        at, _ = at_and_words(answers["at"], now)
        registers.breach_step(by=member, at=at, breach=current_breach, kind=answers["step"], words=answers["words"])
        return redirect("breach", current_breach.id)
    context = {"breach": current_breach, "stands": breach_status, "steps": steps, "form": form, "now": now, "words": WORDS}
    return render(request, "retention/breach.jinja", context, status=422 if request.method == "POST" else 200)


# --- what people ask about themselves ---------------------------------------------------------------------------------


@page(Permission.SUBJECT_REQUEST, only="GET")
def requests(request: HttpRequest) -> HttpResponse:
    """What people ask about themselves, what is open first, each with its time; never who asks."""
    today = on(timezone.now())
    waits, over = ([(row, asked.request_status(row, row.steps.all())) for row in rows] for rows in asked.subject_requests(SHOWN))
    late = sum(stands.due_on < today for _, stands in waits)
    late_first = sorted(waits, key=lambda line: line[1].due_on >= today)
    context = {"open": late_first, "over": over, "late": late, "today": today, "words": WORDS}
    return render(request, "retention/requests.jinja", context)


@page(Permission.SUBJECT_REQUEST)
def request_new(request: HttpRequest) -> HttpResponse:
    """A request is written down."""
    now, form = timezone.now(), forms.RequestNew(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        received_on = form.cleaned_data.pop("received_on") or on(now)
        row = registers.record_request(by=member_of(request), at=now, received_on=received_on, **form.cleaned_data)
        return redirect("subject-request", row.id)
    return render(request, "retention/request_new.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


@page(Permission.SUBJECT_REQUEST)
def subject_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: by when it is answered, what comes first, what was found and what of it is open; and a step more."""
    member, now = member_of(request), timezone.now()
    current_request = access.request_for(member, request_id, viewed=request.method != "POST")
    steps, lines = asked.steps_of(current_request), _request_task_lines(member, current_request)
    request_status = asked.request_status(current_request, steps, sum(line["is_open"] for line in lines))
    done = {step.kind for step in steps}
    form = forms.RequestStepForm(
        submitted_or_draft(request), request_status=request_status, done=done, received_on=current_request.received_on,
        now=now, auto_id="%s",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        registers.request_step(
            by=member, at=answers["happened_at"], request=current_request, kind=answers["step"], words=answers["words"]
        )
        return redirect("subject-request", current_request.id)
    searches, begin = asked.searches_of(current_request), _begin(request)
    context = {
        "asked": current_request,
        "stands": request_status,
        "steps": steps,
        "searches": [(presenters.sought_words(row), row) for row in searches],
        "found": lines[begin : begin + FOUND],
        "how_many": len(lines),
        "next": begin + FOUND if len(lines) > begin + FOUND else 0,
        "earlier": asked.earlier_meant(searches, SHOWN),
        "form": form,
        "words": WORDS,
    }
    return render(request, "retention/request.jinja", context, status=422 if request.method == "POST" else 200)


def _request_task_lines(member: Member, current_request: SubjectRequest) -> list[dict[str, Any]]:
    """What was found, open things first."""
    tasks = list(access.tasks_of(member, current_request)[:MOST_FOUND])
    holders = [task.case.owner_id or task.case.interim_owner_id for task in tasks]
    lines = presenters.task_lines(
        current_request, tasks, asked.latest_reviews(tasks), asked.disposals_of(current_request),
        queries.numbers_of(task.person for task in tasks),
        how_to_reach(holders, timezone.now()),
    )  # fmt: skip
    return sorted(lines, key=lambda line: not line["is_open"])


def _begin(request: HttpRequest) -> int:
    """Where among what was found the page begins."""
    typed_in = request.GET.get("from", "")
    return min(int(typed_in), MOST_FOUND) if typed_in.isascii() and typed_in.isdigit() and len(typed_in) < 4 else 0


@page(Permission.SUBJECT_REQUEST)
def request_search(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Looking for whoever asks, once it is certain who they are: whoever has a case that may hold them is asked."""
    member, now = member_of(request), timezone.now()
    current_request = access.request_for(member, request_id, viewed=request.method != "POST")
    form = forms.Search(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        try:
            registers.search_request(by=member, at=now, request=current_request, sought=form.cleaned_data["sought"])
            return redirect("subject-request", current_request.id)
        except registers.EarlierStepMissing as refusal:
            form.add_error(None, against_words("request_against", refusal.codes))
    context = {"asked": current_request, "form": form}
    return render(request, "retention/request_search.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.CASE_VIEW)
def request_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """For whoever has the case: whether it is they who ask, what may be given, what is withheld and why, what was done."""
    member, now = member_of(request), timezone.now()
    task = access.task_for(member, task_id, viewed=request.method != "POST")
    reviews = asked.reviews_of(task)
    initial = {"seen": len(reviews)}
    form = forms.TaskReview(submitted_or_draft(request), kind=task.request.kind, initial=initial, auto_id="%s")
    request_status = asked.request_status(task.request, asked.steps_of(task.request))
    person = access.person_of(task)
    may_say = person is not None and (not request_status.is_over or task.request.kind == "restrict")
    if request.method == "POST" and may_say and form.is_valid():
        answers = form.cleaned_data
        try:
            registers.review_task(by=member, at=now, task=task, seen=answers["seen"] or 0, task_verdict=answers["review"])
            return redirect("my-work")
        except ConcurrentEdit:
            sent = request.POST.copy()
            sent["seen"] = str(len(reviews))  # what is shown below now
            form = forms.TaskReview(sent, kind=task.request.kind, auto_id="%s")
            form.add_error("verdict", SEEN_ANOTHER)
    context = {
        "person": person,
        "may_say": may_say,
        "task": task,
        "asks": WORDS["asks"][task.request.kind],
        "called": presenters.called_words(asked.searches_of(task.request)),
        "why": reason_words(task.reasons),
        "due": day(request_status.due_on),
        "is_over": request_status.is_over,
        "said": [(presenters.review_sentences(task.request.kind, row), row) for row in reviews],
        "form": form,
    }
    return render(request, "retention/request_task.jinja", context, status=422 if request.method == "POST" else 200)

"""The short question of section 45 of the Modern Slavery Act 2015."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.actions import keep_draft
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import case_for, people_of, person_for
from lodestar.cases.models import Person
from lodestar.cases.presenters.people import with_age
from lodestar.design.when import on
from lodestar.kernel.ids import new_id
from lodestar.safety.forms import half_written
from lodestar.section45 import actions, presenters, queries
from lodestar.section45.forms import FirstQuestion

ASK_AFTER = timedelta(minutes=30)  # practice: later than this after the event the time it happened is asked
SHOWN = 5


@page(Permission.SECTION45_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def first_question(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One question for a person and all offences together, answered by the officer for themselves."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    person = person_for(member, person_id, Permission.SECTION45_ANSWER, viewed=request.method != "POST")
    form = FirstQuestion(typed(request), auto_id="%s")
    if request.method != "POST":
        return _shown(request, person, form)
    if not form.is_valid():
        return _shown(request, person, form, status=422)
    questions = queries.questions_of(person)
    told = form.cleaned_data
    actions.answer_first_question(
        by=member,
        at=told["at"].at if told["at"] else timezone.now(),
        person=person,
        answer=told["answer"],
        why=told["why"],
        questions=[row for row in questions if row.state == "open"] or questions,
    )
    return redirect(f"/cases/{person.case.reference}/do-now#{queries.CODE}")


@page(Permission.SECTION45_ANSWER)
@require_http_methods(["POST"])
def first_questions(request: HttpRequest, reference: str) -> HttpResponse:
    """The same question answered on the first screen, for each person ticked there; nobody ticked leads to its page."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    case = case_for(member, reference, Permission.SECTION45_ANSWER)
    here = f"/cases/{case.reference}/do-now"
    forms = [
        (person, FirstQuestion(request.POST, auto_id="%s", prefix=f"q{person.number}"))
        for person in people_of(case)
        if request.POST.get(f"q{person.number}-answer")
    ]
    used = {form.add_prefix(name) for _, form in forms for name in form.fields}
    for person, form in forms:
        if not form.is_valid():
            others = half_written(request.POST, used=[form.add_prefix(name) for name in form.fields])
            request.form_stands_on = here  # type: ignore[attr-defined]  # this address only takes forms: the shell's
            return _shown(request, person, form, carried=others, status=422)
    for person, form in forms:
        questions = queries.questions_of(person)
        actions.answer_first_question(
            by=member,
            at=timezone.now(),
            person=person,
            answer=form.cleaned_data["answer"],
            why=form.cleaned_data["why"],
            questions=[row for row in questions if row.state == "open"] or questions,
        )
    rest = half_written(request.POST, used=used)
    if rest:
        keep_draft(user=member.user, path=here, key=new_id(), typed=rest)
    query = ({"draft": "1"} if rest else {}) | ({} if forms else {"unanswered": "1"})
    if any(name.startswith(f"{queries.CODE}_") for name in rest):
        query["open"] = queries.CODE
    return redirect(f"{here}{'?' if query else ''}{urlencode(query)}{f'#{queries.CODE}' if forms else ''}")


def _shown(
    request: HttpRequest,
    person: Person,
    form: FirstQuestion,
    *,
    carried: Mapping[str, str] = MappingProxyType({}),
    status: int = 200,
) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    now, case = timezone.now(), person.case
    context = {
        "person": person,
        "case": case,
        "who": with_age(person, on(case.encountered_at)),
        "form": form,
        "carried": list(carried.items()),
        "asks_time": now - case.encountered_at > ASK_AFTER,
        "told": presenters.told_words(queries.to_be_told(person, now), case.sealed, member.user),
        "acts": presenters.acts(queries.suspected_of(person), now),
        "earlier": presenters.earlier(queries.answers_of(person)[:SHOWN], member.user, now),
    }
    return render(request, "section45/first_question.jinja", context, status=status)

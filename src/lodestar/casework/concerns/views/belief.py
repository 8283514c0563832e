"""A supervisor's decision on the signs: whether there are reasonable grounds."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import person_for
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.concerns import queries
from lodestar.casework.concerns.actions import decide_belief
from lodestar.casework.concerns.forms.decisions import BeliefForm
from lodestar.casework.concerns.models import BeliefDecision
from lodestar.casework.concerns.presenters import BELIEFS, seen
from lodestar.casework.concerns.rules import signs_on
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.tenancy.concurrent_edit import retry_from_reading
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.time.days import london_date


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
        "seen": seen(queries.signs_of(case), person, signs),
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

"""A supervisor's review of an investigation, with directions."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed, version_seen
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import case_for
from lodestar.cases.forms.when import at_and_words
from lodestar.cases.models import Case
from lodestar.design.when import moment
from lodestar.investigations import actions, presenters, queries
from lodestar.investigations.forms import Directions
from lodestar.investigations.rules import of_review

SHOWN = 10


@page(Permission.INVESTIGATION_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """What is directed next. It answers every review that is overdue, and otherwise the next that is open."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    case = case_for(member, reference, Permission.INVESTIGATION_REVIEW, viewed=request.method != "POST")
    form = Directions(typed(request), auto_id="%s")
    if request.method != "POST":
        return _shown(request, case, form)
    if not form.is_valid():
        return _shown(request, case, form, status=422)
    now = timezone.now()
    at, words = at_and_words(form.cleaned_data["at"], now)
    seen = request.POST.get("version", "")
    try:
        actions.review(
            by=member,
            at=at,
            case=case,
            directions=form.cleaned_data["directions"],
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 6 else 0,
            words=words,
        )
    except actions.NotYet as not_yet:
        form.add_error("directions", str(not_yet))
        return _shown(request, case, form, status=422)
    except actions.Meanwhile as meanwhile:
        return _shown(request, case, form, status=422, note=_meanwhile(meanwhile.theirs, now))
    return redirect("case-review", case.reference)


def _meanwhile(theirs: Any, now: datetime) -> str:
    return (
        f"{theirs.by.name} reviewed this at {moment(theirs.recorded_at, now)}, while you were writing. It is below. "
        "Nothing is lost. If yours is still right, send it again."
    )


def _shown(request: HttpRequest, case: Case, form: Directions, status: int = 200, note: str = "") -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    now = timezone.now()
    rows, seen = queries.reviews_of(case), version_seen(typed(request))
    allocations, answers = queries.allocations_of(case), queries.answers_to_directions([case.id])
    context = {
        "case": case,
        "form": form,
        "version": len(rows) if note or seen is None else seen,
        "reviews": [
            presenters.reviewed(row, member.user, now, answers.get((case.id, of_review(row.number)))) for row in rows[:SHOWN]
        ],
        "owed": presenters.wanted(queries.review_owed(case), now)[:3],
        "next": queries.review_owed(case),
        "holding": presenters.holding(case, allocations, now),
        "note": note,
        "now": now,
    }
    return render(request, "investigations/review.jinja", context, status=status)

"""Facts that no longer hold: the dated records."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.design.when import day as day_words
from lodestar.design.when import on
from lodestar.guidance import access
from lodestar.guidance.actions.facts import end_fact, keep_fact
from lodestar.guidance.forms.facts import StaleFact as StaleFactForm
from lodestar.guidance.models import StaleFact
from lodestar.guidance.presenters import facts as words
from lodestar.guidance.queries import keeping

FORM = ["GET", "HEAD", "POST"]


@page(Permission.GUIDANCE_EDIT)
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """The facts that no longer hold, each with what does and since when."""
    rows = words.cells(keeping.every_fact(), on(timezone.now()))
    return render(request, "guidance/facts.jinja", {"rows": rows})


@page(Permission.GUIDANCE_EDIT)
@require_http_methods(FORM)
def add(request: HttpRequest) -> HttpResponse:
    """One more fact that no longer holds."""
    return _fact(request, None)


@page(Permission.GUIDANCE_EDIT)
@require_http_methods(FORM)
def change(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """Changes such a fact, or takes it out of use."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    row = access.fact_for(member, fact_id)
    if request.method == "POST" and "end" in request.POST:
        end_fact(by=member, at=timezone.now(), fact=row)
        return redirect("/guidance/facts")
    return _fact(request, row)


def _fact(request: HttpRequest, row: StaleFact | None) -> HttpResponse:
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    form = StaleFactForm(typed(request), today=on(timezone.now()), auto_id="%s", initial=_said(row, member))
    if request.method == "POST" and form.is_valid():
        keep_fact(by=member, at=timezone.now(), fact=row, said=form.cleaned_data)
        return redirect("/guidance/facts")
    context = {"form": form, "fact": row}
    return render(request, "guidance/fact.jinja", context, status=422 if request.method == "POST" else 200)


def _said(row: StaleFact | None, member: Member) -> dict[str, str]:
    """What the form begins with."""
    if row is None:
        return {"owner": member.name}
    told = {name: getattr(row, name) for name in ("called", "replaced_by", "source", "states_it", "does_not", "owner")}
    told["says"] = ", ".join(row.says)
    return told | {name: day_words(getattr(row, name)) for name in ("from_date", "review_by")}

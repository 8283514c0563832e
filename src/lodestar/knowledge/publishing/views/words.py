"""The thesaurus and the facts that no longer hold: kept by an editor with dates to look at them again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.knowledge.library.models import StaleFact
from lodestar.knowledge.publishing import queries
from lodestar.knowledge.publishing.access import row_for
from lodestar.knowledge.publishing.actions.keeping import Row, end_row, keep_row
from lodestar.knowledge.publishing.forms.keeping import StaleFact as StaleFactForm
from lodestar.knowledge.publishing.forms.keeping import Words
from lodestar.knowledge.publishing.presenters import cells, initial_values
from lodestar.knowledge.search.models import ThesaurusEntry
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.when import on
from lodestar.platform.text.text_normalise import whole_number

EACH = 30


@page(Permission.GUIDANCE_EDIT, only="GET")
def thesaurus(request: HttpRequest) -> HttpResponse:
    """The groups of the thesaurus, and the entries of one."""
    groups = queries.groups()
    group_names = [name for name, _ in groups]
    group = request.GET.get("group", "")
    group = group if group in group_names else (group_names or [""])[0]
    start = whole_number(request.GET.get("after", ""))
    rows = queries.entries(group, start, EACH + 1)
    context = {
        "groups": groups,
        "group": group,
        "entries": rows[:EACH],
        "after": start + EACH if len(rows) > EACH else None,
        "today": on(timezone.now()),
    }
    return render(request, "publishing/words.jinja", context)


@page(Permission.GUIDANCE_EDIT)
def entry(request: HttpRequest, entry_id: UUID | None = None) -> HttpResponse:
    """A new entry of the thesaurus; or one that is changed, or taken out of use."""
    row = row_for(member_of(request), ThesaurusEntry, entry_id) if entry_id else ThesaurusEntry()
    names = ("says", "means", "both_ways", "group", "owner", "review_by")
    form = Words(submitted_or_draft(request), auto_id="%s", initial=_begins(request, row, names))
    return _entry_page(request, row, form, "/guidance/words", "publishing/words_entry.jinja", entry=row if entry_id else None)


@page(Permission.GUIDANCE_EDIT, only="GET")
def facts(request: HttpRequest) -> HttpResponse:
    """The facts that no longer hold, each with what does and since when."""
    rows = cells(queries.every_fact(), on(timezone.now()))
    return render(request, "publishing/facts.jinja", {"rows": rows})


@page(Permission.GUIDANCE_EDIT)
def fact(request: HttpRequest, fact_id: UUID | None = None) -> HttpResponse:
    """One more fact that no longer holds; or one that is changed, or taken out of use."""
    row = row_for(member_of(request), StaleFact, fact_id) if fact_id else StaleFact()
    names = ("called", "says", "replaced_by", "source", "states_it", "does_not", "owner", "from_date", "review_by")
    initial = _begins(request, row, names)
    form = StaleFactForm(submitted_or_draft(request), auto_id="%s", initial=initial)
    return _entry_page(request, row, form, "/guidance/facts", "publishing/fact.jinja", fact=row if fact_id else None)


def _begins(request: HttpRequest, row: Row, names: Sequence[str]) -> dict[str, Any]:
    return {"owner": member_of(request).name} if row._state.adding else initial_values(row, names)


def _entry_page(request: HttpRequest, row: Row, form: Form, back: str, template: str, **shown: Any) -> HttpResponse:
    """Keeps what was sent, or takes the row out of use; else the page of the form."""
    member, is_sent = member_of(request), request.method == "POST"
    if is_sent and not row._state.adding and "end" in request.POST:
        end_row(by=member, at=timezone.now(), row=row)
        return redirect(back)
    if is_sent and form.is_valid():
        keep_row(by=member, at=timezone.now(), row=row, fields=form.cleaned_data)
        return redirect(back)
    return render(request, template, {"form": form, **shown}, status=422 if is_sent else 200)

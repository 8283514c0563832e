"""The thesaurus and the facts that no longer hold: kept by an editor with dates to look at them again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.knowledge.library.actions import end_fact, keep_fact
from lodestar.knowledge.library.models import StaleFact
from lodestar.knowledge.publishing import queries
from lodestar.knowledge.publishing.access import row_for
from lodestar.knowledge.publishing.actions.keeping import end_words, keep_words
from lodestar.knowledge.publishing.forms.keeping import StaleFact as StaleFactForm
from lodestar.knowledge.publishing.forms.keeping import Words
from lodestar.knowledge.publishing.presenters import cells
from lodestar.knowledge.search.models import ThesaurusEntry
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.when import day as day_words
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
    member = member_of(request)
    row = row_for(member, ThesaurusEntry, entry_id) if entry_id else None
    if row and request.method == "POST" and "end" in request.POST:
        end_words(by=member, at=timezone.now(), entry=row)
        return redirect("/guidance/words")
    initial = {
        "says": ", ".join(row.says), "means": ", ".join(row.means), "both_ways": row.both_ways, "group": row.group,
        "owner": row.owner, "review_by": day_words(row.review_by),
    } if row else {"owner": member.name}  # fmt: skip
    form = Words(submitted_or_draft(request), auto_id="%s", initial=initial)
    if request.method == "POST" and form.is_valid():
        keep_words(by=member, at=timezone.now(), entry=row, fields=form.cleaned_data)
        return redirect("/guidance/words")
    context = {"form": form, "entry": row}
    return render(request, "publishing/words_entry.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.GUIDANCE_EDIT, only="GET")
def facts(request: HttpRequest) -> HttpResponse:
    """The facts that no longer hold, each with what does and since when."""
    rows = cells(queries.every_fact(), on(timezone.now()))
    return render(request, "publishing/facts.jinja", {"rows": rows})


@page(Permission.GUIDANCE_EDIT)
def fact(request: HttpRequest, fact_id: UUID | None = None) -> HttpResponse:
    """One more fact that no longer holds; or one that is changed, or taken out of use."""
    member = member_of(request)
    row = row_for(member, StaleFact, fact_id) if fact_id else None
    if row and request.method == "POST" and "end" in request.POST:
        end_fact(by=member, at=timezone.now(), fact=row)
        return redirect("/guidance/facts")
    form = StaleFactForm(
        submitted_or_draft(request), today=on(timezone.now()), auto_id="%s", initial=_initial_values(row, member)
    )
    if request.method == "POST" and form.is_valid():
        keep_fact(by=member, at=timezone.now(), fact=row, fields=form.cleaned_data)
        return redirect("/guidance/facts")
    context = {"form": form, "fact": row}
    return render(request, "publishing/fact.jinja", context, status=422 if request.method == "POST" else 200)


def _initial_values(row: StaleFact | None, member: Member) -> dict[str, str]:
    """What the form begins with."""
    if row is None:
        return {"owner": member.name}
    values = {name: getattr(row, name) for name in ("called", "replaced_by", "source", "states_it", "does_not", "owner")}
    values["says"] = ", ".join(row.says)
    return values | {name: day_words(getattr(row, name)) for name in ("from_date", "review_by")}

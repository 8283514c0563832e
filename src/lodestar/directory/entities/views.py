"""Places and organisations: the list with its search, one page, adding and changing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.directory.entities import presenters as words
from lodestar.directory.entities.actions import ProtectedValue, change_entity, record_entity
from lodestar.directory.entities.forms import FORMS
from lodestar.directory.entities.models import Entity
from lodestar.directory.entities.queries import KINDS, entity_for, listed, model_of, same_as
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import one_line

MOST = 50
CHANGED = "A colleague has changed this meanwhile. Look at what they wrote, and save again"


@page(Permission.ENTITY_RECORD, asks=True)
def entities(request: HttpRequest) -> HttpResponse:
    """Every place and organisation by name; what is searched for is answered by the same page, so that no address holds it."""
    sought = one_line(request.POST.get("sought", ""))[:120]
    found = {kind: listed(model, sought, MOST + 1) for kind, model in KINDS.items()}
    groups = [(kind, words.lines(kind, rows[:MOST]), len(rows) > MOST) for kind, rows in found.items()]
    return render(request, "entities/entities.jinja", {"sought": sought, "groups": groups, "most": MOST})


@page(Permission.ENTITY_RECORD, only="GET")
def entity(request: HttpRequest, entity_kind: str, entity_id: UUID) -> HttpResponse:
    """One place or organisation."""
    row = entity_for(member_of(request), entity_kind, entity_id)
    context = {"entity": row, "kind": entity_kind, "called": words.name_of(row), "facts": words.facts(row)}
    return render(request, "entities/entity.jinja", context)


@page(Permission.ENTITY_RECORD)
def entity_form(request: HttpRequest, entity_kind: str, entity_id: UUID | None = None) -> HttpResponse:
    """Adding or changing one. What is recorded under the same key is shown before another is added, and the writer decides. After
    a refusal it leads to an empty form that says so: a redirect keeps the refusal in the log and nothing that was typed."""
    member, now, model = member_of(request), timezone.now(), model_of(entity_kind)
    row = entity_for(member, entity_kind, entity_id) if entity_id else None
    initial = words.typed_of(row) | {"version": row.version} if row else {}
    form = FORMS[entity_kind](submitted_or_draft(request), auto_id="%s", initial=initial)
    found: list[Entity] = []
    if request.method == "POST" and form.is_valid():
        found = [] if row or form.cleaned_data["is_another"] else same_as(model, form.values)
        try:
            if row:
                seen = form.cleaned_data["version"] or 0
                change_entity(by=member, at=now, entity=row, values=form.values, seen=seen)
                return redirect("entity", entity_kind, row.id)
            if not found:
                made = record_entity(by=member, at=now, model=model, values=form.values)
                return redirect("entity", entity_kind, made.id)
        except ProtectedValue:
            return redirect(f"{request.path}?refused=1")
        except ConcurrentEdit:
            form.add_error(None, CHANGED)
    context = {
        "kind": entity_kind,
        "form": form,
        "entity": row,
        "found": words.lines(entity_kind, found),
        "is_refused": "refused" in request.GET,
    }
    return render(request, "entities/form.jinja", context, status=422 if request.method == "POST" else 200)

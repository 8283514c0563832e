"""Partners: the list with its filters, one page, adding, changing and confirming."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.directory.partners import actions
from lodestar.directory.partners import presenters as words
from lodestar.directory.partners.access import agreements_of, contacts_of, part_for, partner_for, partners_seen
from lodestar.directory.partners.forms import PARTS, PartnerFilter, PartnerForm
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

MOST = 100
CHANGED = "A colleague has changed this meanwhile. Look at what they wrote, and save again"


@page(Permission.SIGNED_IN, only="GET")
def partners(request: HttpRequest) -> HttpResponse:
    """Every partner by name, narrowed by name, kind and what is due for a check; those that are over come last."""
    form = PartnerFilter(request.GET, auto_id="%s")
    lines = partners_seen(member_of(request), timezone.localdate())
    names = {line.body.key: line.body.name for line in lines}
    found = [line for line in lines if form.is_valid() and words.fits(line, **form.cleaned_data)]
    context = {
        "form": form,
        "rows": words.partner_rows(found[:MOST], names),
        "has_more": len(found) > MOST,
        "most": MOST,
        "may_edit": member_of(request).may(Permission.PARTNERS_EDIT),
    }
    return render(request, "partners/partners.jinja", context)


@page(Permission.SIGNED_IN, only="GET")
def partner(request: HttpRequest, partner_id: str) -> HttpResponse:
    """One partner: what it can do, whom to ring, what was agreed, and its successor."""
    member, today = member_of(request), timezone.localdate()
    line, names = partner_for(member, partner_id, today)
    may_edit = member.may(Permission.PARTNERS_EDIT)
    context = {
        "line": line,
        "ended": words.ended_words(line, names),
        "successor": line.body.successor if line.is_over and line.body.successor in names else "",
        "confirmed": words.confirmed_cell(line),
        "facts": words.facts(line),
        "contacts": [
            *words.national_rows(partner_id, today),
            *words.contact_rows(contacts_of(line.row), partner_id, may_edit=may_edit),
        ],
        "agreements": words.agreement_rows(agreements_of(line.row), partner_id, today, may_edit=may_edit),
        "may_edit": may_edit,
    }
    return render(request, "partners/partner.jinja", context)


@page(Permission.PARTNERS_EDIT)
def partner_form(request: HttpRequest, partner_id: str = "") -> HttpResponse:
    """Adding a partner of the force's own, or changing one: of a national body what the force adds."""
    member, now = member_of(request), timezone.now()
    lines = partners_seen(member, timezone.localdate(now))
    row = partner_for(member, partner_id, timezone.localdate(now))[0].row if partner_id else None
    form = PartnerForm(
        submitted_or_draft(request), auto_id="%s", is_national=bool(row and row.body),
        initial=words.typed_of(row, PartnerForm.base_fields) if row else {},
        others=[(line.body.key, line.body.name) for line in lines if line.body.key != partner_id and not line.is_over],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            if row is None:
                return redirect("partner", actions.record_partner(by=member, at=now, values=form.values).id)
            seen = form.cleaned_data["version"] or 0
            actions.change_partner(by=member, at=now, partner=row, values=form.values, seen=seen)
            return redirect("partner", partner_id)
        except ConcurrentEdit:
            form.add_error(None, CHANGED)
    context = {"form": form, "key": partner_id}
    return render(request, "partners/partner_form.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.PARTNERS_EDIT, only="POST")
def partner_confirm(request: HttpRequest, partner_id: str) -> HttpResponse:
    """Saying that everything on the page was checked today and is right."""
    line, _ = partner_for(member_of(request), partner_id, timezone.localdate())
    actions.confirm_partner(by=member_of(request), at=timezone.now(), partner=line.row)
    return redirect("partner", partner_id)


@page(Permission.PARTNERS_EDIT)
def partner_part(request: HttpRequest, partner_id: str, partner_part: str) -> HttpResponse:
    """A contact of a partner or an agreement with it: adding, changing, removing."""
    if partner_part not in PARTS:
        raise Http404
    member, now, (made, model) = member_of(request), timezone.now(), PARTS[partner_part]
    line, _ = partner_for(member, partner_id, timezone.localdate(now))
    part = part_for(model, line.row, request.GET.get("row", ""))
    initial = words.typed_of(part, made.base_fields) if part else {}
    form = made(submitted_or_draft(request), auto_id="%s", initial=initial)
    if request.method == "POST" and part and "remove" in request.POST:
        actions.remove_part(by=member, at=now, part=part)
        return redirect("partner", partner_id)
    if request.method == "POST" and form.is_valid():
        actions.record_part(by=member, at=now, partner=line.row, part=part or model(), values=form.values)
        return redirect("partner", partner_id)
    context = {"form": form, "key": partner_id, "part": partner_part, "is_there": part is not None}
    return render(request, "partners/part_form.jinja", context, status=422 if request.method == "POST" else 200)

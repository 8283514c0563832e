"""A force's numbers to ring: the list, and one contact with its history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.directory.contacts import actions, queries
from lodestar.directory.contacts.forms import ContactForm, initial_of
from lodestar.directory.contacts.presenters import pages as words
from lodestar.directory.contacts.rules import Kind, kinds
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

CHANGED = "A colleague has changed this contact meanwhile. Look at what they wrote, below, and save again"


@page(Permission.CONTACTS_SET)
def contacts(request: HttpRequest) -> HttpResponse:
    """Every number of the force, the missing and the old first; ticking those that were checked today."""
    member, now = member_of(request), timezone.now()
    if request.method == "POST":
        keys = [words.read_key(key) for key in request.POST.getlist("checked")[:1000] if key.count(":") >= 2]
        actions.check_contacts(by=member, at=now, contacts=keys)
        return redirect("contacts")
    rows = queries.latest(now)
    book = queries.book_of(rows, now)
    checked_by = {(row.kind, row.district): row.checked_by.name for row in rows if row.checked_by}
    lines = words.contact_lines(book, checked_by, timezone.localdate(now))
    context = {"lines": lines, "stale_days": book.stale_days, "by_district": words.by_district_links()}
    return render(request, "contacts/contacts.jinja", context)


@page(Permission.CONTACTS_SET)
def contact(request: HttpRequest, contact_kind: str) -> HttpResponse:
    """One contact: adding or changing it, and every version there was."""
    member, now = member_of(request), timezone.now()
    kind = kinds().get(contact_kind)
    if kind is None:
        raise Http404
    sent = submitted_or_draft(request)
    district = (request.GET if sent is None else sent).get("district", "").strip() if kind.by_district else ""
    versions = list(queries.history(kind.code, district))
    version = versions[0].version if versions else 0
    before = queries.as_contact(versions[0]) if versions and not versions[0].is_removed else None
    initial = initial_of(kind, before, version) | {"district": district}
    form = ContactForm(sent, kind=kind, today=timezone.localdate(now), before=before, initial=initial, auto_id="%s")
    if request.method == "POST" and _is_saved(request, member, form, kind, district):
        return redirect("contacts")
    context = {
        "kind": kind,
        "form": form,
        "is_there": before is not None,
        "version": version,
        "districts": queries.contact_book(now).districts,
        "roles": [role.name for role in ROLES.values()],
        "versions": words.history_lines(versions),
    }
    return render(request, "contacts/contact.jinja", context, status=422 if request.method == "POST" else 200)


def _is_saved(request: HttpRequest, member: Member, form: ContactForm, kind: Kind, district: str) -> bool:
    """Saves or removes the contact; False, with the reason on the form, where that cannot be."""
    now, is_valid = timezone.now(), form.is_valid()
    seen = form.cleaned_data.get("version") or 0
    try:
        if "remove" in request.POST:
            actions.remove_contact(by=member, at=now, kind=kind.code, district=district, seen=seen)
            return True
        if is_valid and form.contact is not None:
            actions.set_contact(by=member, at=now, contact=form.contact, seen=seen)
            return True
    except ConcurrentEdit:
        form.add_error(None, CHANGED)
    return False

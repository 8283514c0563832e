"""A force's numbers to ring: the list, one contact with its history, and files of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.directory.contacts import actions, queries
from lodestar.directory.contacts.contact_files import as_csv, read_in, rows_of, template_csv
from lodestar.directory.contacts.forms import ContactForm, initial_of
from lodestar.directory.contacts.presenters import pages as words
from lodestar.directory.contacts.rules import Kind, kinds
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.files import to_save
from lodestar.platform.settings.rules import Line
from lodestar.platform.settings.settings_file import NotSettings
from lodestar.platform.settings.views import show_file_read
from lodestar.platform.tables.table_files import NotRead
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

CSV = "text/csv; charset=utf-8"
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


@page(Permission.CONTACTS_SET, only="GET")
def contacts_csv(request: HttpRequest, contact_file: str) -> HttpResponse:
    """The force's contacts as a file, or (`template`) the file to fill in with those that are missing."""
    now = timezone.now()
    if contact_file == "template":
        return to_save(template_csv(now), "contacts-to-fill-in.csv", CSV)
    return to_save(as_csv(queries.contact_book(now).contacts), "contacts.csv", CSV)


def _read(member: Member, text: str, applies: bool) -> list[Line]:
    try:
        rows = [(f"Line {number}", cells) for number, cells in rows_of(text.encode())]
    except NotRead as fault:
        raise NotSettings(f"It cannot be read: {fault}") from None
    return list(read_in(member, timezone.now(), rows, applies=applies))


PAGE: dict[str, Any] = {
    "title": "Import contacts",
    "look": "contacts-file",
    "take": "contacts-file-take",
    "back": "contacts",
    "intro": "A CSV file with the headings of the template. A row without a number is left out. What it does not name stays.",
}


@page(Permission.CONTACTS_SET, asks=True)
def contacts_file(request: HttpRequest) -> HttpResponse:
    """What a file of contacts would change."""
    return show_file_read(request, PAGE, _read)


@page(Permission.CONTACTS_SET)
def contacts_file_take(request: HttpRequest) -> HttpResponse:
    """Reads in a file of contacts that was looked at."""
    return show_file_read(request, PAGE, _read)

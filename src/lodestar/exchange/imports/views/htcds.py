"""Cases of another body's system: looked at first, then taken in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import came_in_by
from lodestar.exchange.imports import presenters
from lodestar.exchange.imports.actions import htcds
from lodestar.exchange.imports.actions.earlier_reports import SaysOtherwise, erased_concerns, own_key
from lodestar.exchange.imports.forms.htcds import TakeIn
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.text.text_normalise import whole_number

SHOWN = 20


@page(Permission.TAKE_IN, asks=True)
def look(request: HttpRequest) -> HttpResponse:
    """What taking in a file of another body's system would do, of which nothing is kept; and what was taken in lately."""
    member = member_of(request)
    now = timezone.now()
    if request.method != "POST":
        return _to_look_at(request, TakeIn(auto_id="%s", now=now))
    form = TakeIn(request.POST, request.FILES, auto_id="%s", now=now)
    if not form.is_valid() or _has_erased_case(member, form):
        return _to_look_at(request, form, status=422)
    context = {
        "form": TakeIn(auto_id="%s", now=now),
        "fingerprint": form.mark,
        "coming": presenters.coming(form.found, [htcds.import_status(member, incoming) for incoming in form.found], now),
        "left_behind": presenters.left_behind(form.found),
    }
    return render(request, "imports/take_in.jinja", context)


def _to_look_at(request: HttpRequest, form: TakeIn, *, status: int = 200) -> HttpResponse:
    taken = came_in_by(member_of(request), SHOWN)
    left = whole_number(request.GET.get("left", ""))
    context = {"form": form, "taken": [(case.reference, case.recorded_at) for case in taken], "left": left}
    return render(request, "imports/look.jinja", context, status=status)


@page(Permission.TAKE_IN)
def take_in(request: HttpRequest) -> HttpResponse:
    """Makes cases of a file that was looked at. All of it or none; what says otherwise than before is left as it stands."""
    member = member_of(request)
    now = timezone.now()
    if request.method != "POST":
        return _to_take_in(request, TakeIn(auto_id="%s", now=now))
    form = TakeIn(request.POST, request.FILES, auto_id="%s", now=now)
    if form.is_valid() and form.is_looked_at() and not _has_erased_case(member, form):
        left = 0
        for incoming in form.found:
            try:
                htcds.import_case(by=member, at=now, incoming=incoming)
            except SaysOtherwise:
                left += 1
        return redirect(reverse("imports-htcds") + (f"?left={left}" if left else ""))
    return _to_take_in(request, form, status=422)


def _has_erased_case(by: Member, form: TakeIn) -> bool:
    """Whether a case of the file was let go. Then the form says so, and nothing of the file is taken in."""
    keys = [(key := htcds.key_of(incoming), own_key(by, key)) for incoming in form.found]
    erased_keys = erased_concerns(key for both in keys for key in both)
    for number, (key, own) in enumerate(keys, 1):
        if words := erased_keys.get(key) or erased_keys.get(own):
            form.add_error("file", f"Nothing can be imported. Case {number} of the file: {words}")
    return bool(erased_keys)


def _to_take_in(request: HttpRequest, form: TakeIn, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "fingerprint": request.POST.get("looked_at", "")[:64], "coming": (), "left_behind": ()}
    return render(request, "imports/take_in.jinja", context, status=status)

"""Leaflets: the list, the page that is shown to the person, and filing a checked translation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.actions.leaflets import file_translation, withdraw_translation
from lodestar.cases.forms.leaflets import FileTranslation, Withdraw
from lodestar.cases.presenters import leaflets as words
from lodestar.cases.queries import leaflets as queries
from lodestar.cases.rules.leaflets import ENGLISH, Language, languages, version_on
from lodestar.design.when import on

HISTORY = 20


@page(Permission.SIGNED_IN)
@require_safe
def leaflets(request: HttpRequest) -> HttpResponse:
    """Every language, and what its place holds."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    context = {
        "places": words.places(queries.held(), on(timezone.now())),
        "may_file": member.may(Permission.LEAFLET_FILE),
    }
    return render(request, "cases/leaflets.jinja", context)


@page(Permission.SIGNED_IN)
@require_safe
def leaflet(request: HttpRequest, language: str) -> HttpResponse:
    """The leaflet in one language: nothing of any case and nobody's name stands on it."""
    shown = words.leaflet(_language(language), queries.in_force(language), on(timezone.now()))
    return render(request, "cases/leaflet.jinja", {"leaflet": shown})


@page(Permission.LEAFLET_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def file_leaflet(request: HttpRequest, language: str) -> HttpResponse:
    """Files a checked translation, or takes back the one that holds; what was filed before stays to be read."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    of, today = _language(language), on(timezone.now())
    version = version_on(today)
    if of.code == ENGLISH or version is None:
        raise Http404
    holds, takes_back = queries.in_force(language), "withdraw" in request.POST
    form = FileTranslation(None if takes_back else typed(request), auto_id="%s")
    back = Withdraw(request.POST if takes_back else None, auto_id="back-%s")
    now = timezone.now()
    if takes_back and holds is not None and back.is_valid():
        withdraw_translation(by=member, at=now, filed=holds, because=back.cleaned_data["because"])
        return redirect("leaflets")
    if request.method == "POST" and not takes_back and form.is_valid():
        file_translation(by=member, at=now, language=language, english_version=version, **form.cleaned_data)
        return redirect("leaflet", language)
    context = {
        "language": of,
        "form": form,
        "back": back if holds is not None else None,
        "says": words.state(of, holds, today),
        "english": words.leaflet(languages()[ENGLISH], None, today),
        "history": words.history(queries.filed(language)[:HISTORY]),
    }
    return render(request, "cases/leaflet_file.jinja", context, status=422 if request.method == "POST" else 200)


def _language(code: str) -> Language:
    found = languages().get(code)
    if found is None:
        raise Http404
    return found

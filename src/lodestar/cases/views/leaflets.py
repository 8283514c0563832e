"""Leaflets: the list, the page that is shown to the person, and filing a checked translation."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.accounts.access import Member, member_of
from lodestar.accounts.actions import keep_draft
from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.cases.actions.leaflets import file_translation, withdraw_translation
from lodestar.cases.forms.leaflets import FileTranslation, Withdraw
from lodestar.cases.presenters import leaflets as words
from lodestar.cases.queries import leaflets as queries
from lodestar.cases.rules.leaflets import ENGLISH, Language, languages, version_on
from lodestar.design.when import on
from lodestar.kernel.ids import new_id

HISTORY = 20


@page(Permission.SIGNED_IN, only="GET")
def leaflets(request: HttpRequest) -> HttpResponse:
    """Every language, and what its place holds."""
    member = member_of(request)
    context = {
        "places": words.places(queries.translations_in_force(), on(timezone.now())),
        "may_file": member.may(Permission.LEAFLET_FILE),
    }
    return render(request, "cases/leaflets.jinja", context)


@page(Permission.SIGNED_IN, only="GET")
def leaflet(request: HttpRequest, language: str) -> HttpResponse:
    """The leaflet in one language: nothing of any case and nobody's name stands on it."""
    shown = words.leaflet(_language(language), queries.in_force(language), on(timezone.now()))
    return render(request, "cases/leaflet.jinja", {"leaflet": shown})


@page(Permission.LEAFLET_FILE)
def file_leaflet(request: HttpRequest, language: str) -> HttpResponse:
    """Files a checked translation, or takes back the one that holds; what was filed before stays to be read."""
    member = member_of(request)
    of, today = _language(language), on(timezone.now())
    version = version_on(today)
    if of.code == ENGLISH or version is None:
        raise Http404
    holds, sent = queries.in_force(language), submitted_or_draft(request)
    form, back, takes_back = _forms(sent)
    now, there, seen = timezone.now(), queries.how_many(language), version_seen(sent)
    moved = request.method == "POST" and seen is not None and seen != there
    if request.method == "POST" and takes_back and not moved and holds is not None and back.is_valid():
        withdraw_translation(by=member, at=now, filed=holds, because=back.cleaned_data["because"])
        return _taken_back(request, member)
    if request.method == "POST" and not takes_back and not moved and form.is_valid():
        file_translation(by=member, at=now, language=language, english_version=version, **form.cleaned_data)
        return redirect("leaflet", language)
    context = {
        "version": there if moved or seen is None else seen,
        "moved": moved,
        "language": of,
        "form": form,
        "back": back if holds is not None else None,
        "says": words.state(of, holds, today),
        "english": words.leaflet(languages()[ENGLISH], None, today),
        "history": words.history(queries.filed(language)[:HISTORY]),
    }
    return render(request, "cases/leaflet_file.jinja", context, status=422 if request.method == "POST" else 200)


def _forms(sent: QueryDict | None) -> tuple[FileTranslation, Withdraw, bool]:
    """The two forms of the page, with all that was typed into either, and whether the second is meant: the other one is not
    looked at, and loses nothing."""
    takes_back = sent is not None and "withdraw" in sent
    beside = sent.dict() if sent is not None else {}
    form = FileTranslation(None if takes_back else sent, auto_id="%s", initial=beside)
    return form, Withdraw(sent if takes_back else None, auto_id="back-%s", initial=beside), takes_back


def _taken_back(request: HttpRequest, member: Member) -> HttpResponse:
    """The list of leaflets; or the page again, where another translation stood half written on it."""
    rest = QueryDict(mutable=True)
    for name in FileTranslation.base_fields:
        rest[name] = request.POST.get(name, "")
    key = new_id()
    is_saved = keep_draft(user=member.user, path=request.path, key=key, typed=rest)
    return redirect(f"{request.path}?draft={key}") if is_saved else redirect("leaflets")


def _language(code: str) -> Language:
    language = languages().get(code)
    if language is None:
        raise Http404
    return language

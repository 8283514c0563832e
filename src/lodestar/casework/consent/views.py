"""The talk about referral with one person, alone."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import case_for, or_404, people_shown, person_for
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import person_heading, with_age
from lodestar.casework.cases.rules import Ladder
from lodestar.casework.consent import presenters, queries
from lodestar.casework.consent.actions import (
    InterpreterBlocked,
    NotASound,
    Talk,
    file_translation,
    keep_sound,
    record_talks,
    withdraw_translation,
)
from lodestar.casework.consent.forms import NOTHING_WRITTEN, Consent, FileTranslation, Heard, Withdraw, facts_of
from lodestar.casework.consent.rules import ENGLISH, LEAFLET, TEXTS, Language, languages, to_translate, version_on
from lodestar.casework.ledger.queries.facts import age_of
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.actions import keep_draft
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import moment, on
from lodestar.platform.design.words import curly
from lodestar.platform.files.filestore import LARGEST, FileStore
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import new_id

ANSWERED_BEFORE = "They answered before. Tick what they say now, or answer only one of “the rest” and keep the earlier answer"
MEANWHILE = (
    "{} recorded a talk with them at {}, while you were writing. It is below, and nothing is lost. If yours was a "
    "different talk, or theirs is wrong, send yours again: both are kept, and the later one counts."
)
SHOWN = 5
CHILDREN = 3  # on one page, which has a budget
TOLD, NOT_SAID = "told_what_happens", "wishes_not_said"


@page(Permission.CONSENT_RECORD)
def consent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The short form of one talk."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.CONSENT_RECORD, viewed=request.method != "POST")
    is_child = age_of(person).is_child
    form = (Heard if is_child else Consent)(submitted_or_draft(request), auto_id="%s")
    if request.method != "POST":
        return _consent_page(request, person, form, is_child)
    answered_before = form.is_valid() and bool(queries.answered_before([person]))
    leaves_referral = answered_before and form.is_about_the_rest
    if answered_before and not form.cleaned_data["answer"] and not leaves_referral:
        form.add_error("answer", ANSWERED_BEFORE)
    if not form.is_valid():
        return _consent_page(request, person, form, is_child)
    try:
        talk = _talk(person, form, is_child, leaves_referral, version_seen(request.POST))
        record_talks(by=member, at=talk.at, case=person.case_id, talks=[talk])
    except InterpreterBlocked as blocked:
        form.add_error("job_number", str(blocked))
        return _consent_page(request, person, form, is_child)
    except ConcurrentEdit as meanwhile:
        return _consent_page(request, person, form, is_child, _newer_talk_note(meanwhile))
    if "stop" in request.POST:
        return redirect("case-do-now", person.case.reference)
    return redirect("person-route", person.id)


def _talk(person: Person, form: Consent, is_child: bool, leaves_referral: bool, seen: int | None) -> Talk:
    """The talk that a form says."""
    answers = form.cleaned_data
    at = answers["at"].at if answers["at"] else timezone.now()
    leaflet_shown = queries.shown_at(answers["leaflet"], at)
    return Talk(
        person=person,
        at=at,
        answer=facts_of(answers) | {"leaves_referral": leaves_referral, "leaflet": leaflet_shown},
        is_heard=is_child and TOLD in answers["said"] and bool(answers.get("wants") or NOT_SAID in answers["said"]),
        wants=answers.get("wants", ""),
        seen=seen,
    )


def _newer_talk_note(meanwhile: ConcurrentEdit) -> str:
    theirs = meanwhile.theirs
    return MEANWHILE.format(theirs.recorded_by.name, moment(theirs.recorded_at, timezone.now()))


@page(Permission.CONSENT_RECORD)
def children(request: HttpRequest, reference: str) -> HttpResponse:
    """The talks with several children of a case on one page: of each their own answers and wishes, none taken from another's.
    A child of whom nothing is filled in stays to be told and heard."""
    member = member_of(request)
    case = case_for(member, reference, Permission.CONSENT_RECORD)
    sent = submitted_or_draft(request)
    drawn = [name[1:-8] for name in sent or () if name.startswith("c") and name.endswith("-version")]
    people = queries.children_to_hear(case, [int(number) for number in drawn if number.isdecimal() and len(number) < 6])
    if not people:
        return redirect("case-do-now", case.reference)
    people = people[:CHILDREN]
    forms = [Heard(sent, auto_id="%s", prefix=f"c{person.number}") for person in people]
    note, filled = "", []
    if request.method == "POST":
        filled = [(person, form) for person, form in zip(people, forms, strict=True) if form.is_filled]
        note = "" if filled else NOTHING_WRITTEN
        if filled and not any(form.errors for _, form in filled):
            before = queries.answered_before(people)  # what they answered then stays
            talks = [_talk(person, form, True, person.id in before, version_seen(form.own_data)) for person, form in filled]
            try:
                record_talks(by=member, at=timezone.now(), case=case.id, talks=talks)
                return redirect("case-do-now", case.reference)
            except InterpreterBlocked as blocked:
                note = str(blocked)
            except ConcurrentEdit as meanwhile:
                note = _newer_talk_note(meanwhile)
    else:
        people_shown(member, [person.id for person in people], case=case)
    met = on(case.encountered_at)
    context = {
        "case": case,
        "note": note,
        "children": [(person.id, with_age(person, met), form) for person, form in zip(people, forms, strict=True)],
        "versions": queries.talks_with(people),
        "errors": [form for _, form in filled],
    }
    return render(request, "consent/children.jinja", context, status=422 if request.method == "POST" else 200)


def _consent_page(request: HttpRequest, person: Person, form: Consent, is_child: bool, note: str = "") -> HttpResponse:
    member, now = member_of(request), timezone.now()
    # whoever was not told of a talk is told of it when they send
    seen = None if note else version_seen(submitted_or_draft(request))
    talks = list(queries.talks_of(person)[:SHOWN])
    if seen is None:
        seen = len(talks) if len(talks) < SHOWN else queries.talks_of(person).count()
    context = person_heading(person) | {
        "form": form,
        "is_child": is_child,
        "version": seen,
        "note": note,
        "talks": talks,
        "words": presenters,
        "user": member.user,
        "now": now,
        "ladder": queries.ladder_of(person),
        "options": queries.options_of(person, now),
        "not_asked": Ladder(),
    }
    return render(request, "consent/consent.jinja", context, status=422 if request.method == "POST" else 200)


HISTORY = 20


@page(Permission.SIGNED_IN, only="GET")
def leaflets(request: HttpRequest) -> HttpResponse:
    """Every language, and what its place holds."""
    member = member_of(request)
    context = {
        "languages": languages().values(),
        "translations": queries.translations_in_force(),
        "state": presenters.state,
        "today": on(timezone.now()),
        "may_file": member.may(Permission.LEAFLET_FILE),
    }
    return render(request, "consent/leaflets.jinja", context)


@page(Permission.SIGNED_IN, only="GET")
def leaflet(request: HttpRequest, language: str) -> HttpResponse:
    """The leaflet in one language, and texts for the person read out in it: nothing of any case and nobody's name is on it."""
    shown = presenters.leaflet(_language(language), queries.in_force(language), on(timezone.now()))
    rows = {code: row for code in TEXTS if (row := queries.in_force(language, code)) and row.sound}
    sound = rows.get(request.GET.get("sound", ""))
    if sound is not None:
        content = _files().get(sound.tenant, sound.sound)
        return to_save(content, f"{language}.{sound.media_type.removeprefix('audio/')}", sound.media_type)
    sounds = [(code, TEXTS[code]) for code in rows]
    return render(request, "consent/leaflet.jinja", {"leaflet": shown, "sounds": sounds})


def _files() -> FileStore:
    return FileStore(settings.VAR / "files", settings.FILE_KEYS)


@page(Permission.LEAFLET_FILE)
def file_leaflet(request: HttpRequest, language: str) -> HttpResponse:
    """Files a checked translation, or takes back the one that holds; what was filed before stays to be read."""
    member = member_of(request)
    of, today = _language(language), on(timezone.now())
    sent = submitted_or_draft(request)
    text_of = (sent or request.GET).get("text_of", LEAFLET)
    text_of = text_of if text_of in TEXTS else LEAFLET
    version = version_on(today, text_of)
    if of["code"] == ENGLISH or version is None:
        raise Http404
    holds = queries.in_force(language, text_of)
    form, back, takes_back = _forms(sent, text_of, request.FILES)
    now, there, seen = timezone.now(), queries.how_many(language), version_seen(sent)
    moved = request.method == "POST" and seen is not None and seen != there
    if request.method == "POST" and takes_back and not moved and holds is not None and back.is_valid():
        withdraw_translation(by=member, at=now, filed=holds, because=back.cleaned_data["because"])
        return _taken_back(request, member)
    if request.method == "POST" and not takes_back and not moved and form.is_valid():
        sound = form.cleaned_data.pop("sound")
        try:
            columns = keep_sound(_files(), member.tenant, sound.read(LARGEST + 1)) if sound else {}
            answers = form.cleaned_data | columns
            file_translation(by=member, at=now, language=language, english_version=version, **answers)
            return redirect("leaflet", language)
        except NotASound as refusal:
            form.add_error("sound", str(refusal))
    context = {
        "version": there if moved or seen is None else seen,
        "moved": moved,
        "language": of,
        "form": form,
        "back": back if holds is not None else None,
        "says": presenters.state(of, holds, today, text_of),
        "parts": to_translate(today, text_of),
        "curly": curly,
        "texts": TEXTS,
        "about": TEXTS[text_of],
        "history": queries.filed(language, text_of)[:HISTORY],
    }
    return render(request, "consent/leaflet_file.jinja", context, status=422 if request.method == "POST" else 200)


def _forms(sent: QueryDict | None, text_of: str, files: Any) -> tuple[FileTranslation, Withdraw, bool]:
    """The two forms of the page, with all that was typed into either, and whether the second is meant: the other one is not
    looked at, and loses nothing."""
    takes_back = sent is not None and "withdraw" in sent
    beside = sent.dict() if sent is not None else {"text_of": text_of}
    form = FileTranslation(None if takes_back else sent, files or None, auto_id="%s", initial=beside)
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
    return or_404(languages().get(code))

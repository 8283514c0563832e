"""Keeping the library: adding a document, the steps of a version, what is said of it, what waits."""

from dataclasses import replace
from pathlib import PurePath
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.knowledge.library import access
from lodestar.knowledge.library.models import Document, Version
from lodestar.knowledge.library.presenters.documents import ALONE
from lodestar.knowledge.library.queries import library
from lodestar.knowledge.library.queries.library import document_of, letter_text
from lodestar.knowledge.library.rules.documents import clean_file_name
from lodestar.knowledge.publishing import presenters as words
from lodestar.knowledge.publishing import queries
from lodestar.knowledge.publishing.access import asked_for
from lodestar.knowledge.publishing.actions import letters, stages
from lodestar.knowledge.publishing.actions.intake import About
from lodestar.knowledge.publishing.actions.keeping import deal_with
from lodestar.knowledge.publishing.actions.newsletters import may_be_about
from lodestar.knowledge.publishing.forms.keeping import AddDocument, ChangeAbout, Dealt, LetterText, Stage
from lodestar.knowledge.publishing.queries import is_newsletter, mailing_of
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.when import on
from lodestar.platform.files.document_text import NotRead, read_file
from lodestar.platform.files.filestore import LARGEST
from lodestar.platform.reference.queries import exploitation_names
from lodestar.platform.text.text_normalise import whole_number

EACH = 10
FEW = 3  # of the pages that nobody has to look at today
LISTED = 40  # on a page of their own
OTHERS = 100
TOO_LARGE = "The file is larger than 25 MB. Split it, or have it imported with ./lodestar guidance import"
NO_ROOM = "The file could not be saved right now. Keep it and add it later"


@page(Permission.GUIDANCE_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """A file for the library. It is a draft until a second person has approved it."""
    member = member_of(request)
    form = AddDocument(submitted_or_draft(request), request.FILES or None, auto_id="%s", initial=words.NEW)
    if request.method == "POST" and form.is_valid():
        cleaned = dict(form.cleaned_data)
        try:
            return redirect(_added(member, cleaned.pop("file"), cleaned))
        except NotRead as refusal:
            form.add_error("file", str(refusal))
        except OSError:
            form.add_error("file", NO_ROOM)
    return render(request, "publishing/add.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


def _added(member: Member, file: Any, details: dict[str, Any]) -> str:
    """Takes the file in, with what came with it where it is a letter; where the editor goes from there.

    Raises NotRead and OSError."""
    if file.size > LARGEST:
        raise NotRead(TOO_LARGE)
    content, now = file.read(), timezone.now()
    captions = details.pop("captions")
    read = read_file(content, PurePath(file.name).suffix.removeprefix("."), captions.read(LARGEST) if captions else b"")
    if read["kind"] == "eml":  # what the letter says of itself stands before what the form begins with
        details = {name: value for name, value in details.items() if value != words.NEW.get(name)}
    else:
        details["title"] = details["title"] or queries.title_of(file.name)  # a next version keeps the title that is there
    first, *others = letters.arrived(file.name, content, read)
    about = letters.merge_about(first.about, About(**details))
    taken = letters.take_arrived(by=member, at=now, arrival=first, about=about)
    # Two letters with next versions of the same files hold them one after the other.
    others.sort(key=lambda arrival: clean_file_name(arrival.file))
    came = [
        letters.take_arrived(by=member, at=now, arrival=arrival, about=replace(arrival.about, owner=about.owner))
        for arrival in others
        if isinstance(arrival.read, dict)
    ]
    asked = {"stood": not taken.is_new, "with": len(came), "without": len(others) - len(came)}
    query = urlencode({name: int(value) for name, value in asked.items() if value})
    return f"/guidance/versions/{taken.version.id}/stage{'?' if query else ''}{query}"


@page(Permission.GUIDANCE_EDIT)
def stage(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """What can be done with a version: approve it, publish it, confirm it, withdraw it, refuse it."""
    member = member_of(request)
    row = access.version_for(member, version_id)
    step = next((name for name in words.BUTTONS if name in request.POST), "")
    is_on_its_way = row.state in ("draft", "approved")
    form = Stage(submitted_or_draft(request), step=step, is_on_its_way=is_on_its_way, auto_id="%s")
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(f"/guidance/versions/{_step(member, row, step, form.cleaned_data['because']).id}/stage")
        except stages.NotNow as refusal:
            refused = str(refusal)
    context = {
        "version": row,
        "document": document_of(row),
        "form": form,
        "refused": refused,
        "steps": words.steps(row, member),
        "state": words.state(row),
        "alone": ALONE if row.is_alone and row.confirmed_at is None else "",
        "stood": "stood" in request.GET,
        "came_with": whole_number(request.GET.get("with", "")),
        "without": whole_number(request.GET.get("without", "")),
        "may_be_edited": letters.may_be_edited(row),
        "stale": library.stale_in(row),
        "is_first": row.number == 1,
        "mailing": mailing_of(row),
        "may_mail": is_newsletter(row.document) and row.state == "published" and row.approved_at,
        "personal": _about_somebody(row) if row.state in ("draft", "approved", "published") else "",
    }
    return render(request, "publishing/stage.jinja", context, status=422 if request.method == "POST" else 200)


def _about_somebody(row: Version) -> str:
    return may_be_about(row, timezone.now()) if is_newsletter(document_of(row)) else ""


TAKE = {"approve": stages.approve, "publish": stages.publish, "confirm": stages.confirm}
END = {"withdraw": stages.withdraw, "refuse": stages.refuse}  # with the reason


def _step(member: Member, row: Version, step: str, because: str) -> Version:
    """Takes the step, and returns the version to go on with. Raises NotNow, with why it could not be taken."""
    now = timezone.now()
    if step in ("approve", "publish") and _about_somebody(row):
        raise stages.NotNow(
            "It may be about one person. A newsletter must not name or describe anyone. Add it again without that."
        )
    if step in TAKE:
        TAKE[step](by=member, at=now, version=row)
    elif step in END:
        END[step](by=member, at=now, version=row, because=because)
    elif step == "bring_back":
        return stages.bring_back(by=member, at=now, version=row)
    else:
        raise stages.NotNow("Choose what to do with it.")
    return row


@page(Permission.GUIDANCE_EDIT)
def about(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Changes what is said of a document, or confirms what another editor changed."""
    member = member_of(request)
    row = access.document_for(member, document_id)
    is_confirming, refused = "confirm" in request.POST, ""
    if is_confirming:
        try:
            stages.confirm_about(by=member, at=timezone.now(), document=row)
            return redirect(f"/guidance/documents/{row.id}")
        except stages.NotNow as refusal:
            refused = str(refusal)
    sent = None if is_confirming else submitted_or_draft(request)
    form = ChangeAbout(sent, document=row, auto_id="%s", initial=words.said_of(row))
    if request.method == "POST" and not is_confirming and form.is_valid():
        stages.change_about(by=member, at=timezone.now(), document=row, changes=_document_fields(row, form.cleaned_data))
        return redirect(f"/guidance/documents/{row.id}")
    context = {
        "form": form, "document": row, "refused": refused, "alone": words.said_alone(row, member),
        "others": queries.others(row, OTHERS),
    }  # fmt: skip
    return render(request, "publishing/about.jinja", context, status=422 if request.method == "POST" else 200)


def _document_fields(row: Document, cleaned: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in cleaned.items() if name != "supersedes"}
    fields["supersedes_id"] = cleaned["supersedes"].id if cleaned["supersedes"] else None
    for name in ("origin", "nation", "owner", "classification"):  # what must not be blank stays as it was
        fields[name] = fields[name] or getattr(row, name)
    known_kinds = exploitation_names()  # a manifest may have said another kind, which the form does not show
    fields["exploitation"] = [*cleaned["exploitation"], *(kind for kind in row.exploitation if kind not in known_kinds)]
    return fields


@page(Permission.GUIDANCE_EDIT, only="GET")
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the editors, ten of each kind; of one kind all, page by page."""
    today, start = on(timezone.now()), whole_number(request.GET.get("after", ""))
    kind = request.GET.get("of", "")
    sizes = {kind: LISTED} if kind in words.WAITS else {each: FEW if each == "lodestar" else EACH for each in words.WAITS}
    rows = {each: words.some_waiting(each, today, most + 1, start) for each, most in sizes.items()}
    context = {
        "kinds": {each: rows[each][:most] for each, most in sizes.items()},
        "longer": [each for each, most in sizes.items() if len(rows[each]) > most],
        "waits": words.WAITS,
        "counts": queries.counts(sizes, today),
        "only": kind if kind in words.WAITS else "",
        "after": start + LISTED,
        "unknown": queries.without_a_known_word() if kind == "searches" else 0,
        "past": queries.past_their_review(today),
    }
    return render(request, "publishing/waiting.jinja", context)


@page(Permission.GUIDANCE_EDIT)
def dealt(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """Says what was done about a search without an answer."""
    member = member_of(request)
    row = asked_for(member, asked_id)
    form = Dealt(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        deal_with(by=member, at=timezone.now(), row=row, done=form.cleaned_data["done"])
        return redirect("/guidance/keeping")
    context = {"form": form, "row": row, "words": ", ".join(row.words)}
    return render(request, "publishing/dealt.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.GUIDANCE_EDIT)
def text(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Edits what a letter says, before a second person approves it."""
    member = member_of(request)
    row = access.version_for(member, version_id)
    form = LetterText(submitted_or_draft(request), auto_id="%s", initial={"text": letter_text(row)})
    if request.method == "POST" and form.is_valid():
        try:
            letters.edit_letter(by=member, at=timezone.now(), version=row, text=form.cleaned_data["text"])
            return redirect(f"/guidance/versions/{row.id}/stage")
        except stages.NotNow as refusal:
            form.add_error("text", str(refusal))
    context = {"form": form, "version": row, "document": row.document, "may": letters.may_be_edited(row)}
    return render(request, "publishing/letter.jinja", context, status=422 if request.method == "POST" else 200)

"""A transcript for a scan that is in the library; the text of a letter."""

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.guidance import access
from lodestar.guidance.actions.stages import NotNow
from lodestar.guidance.actions.transcripts import (
    edit_letter,
    letter_text,
    may_be_edited,
    may_have_transcript,
    transcribe,
)
from lodestar.guidance.forms.keeping import LetterText, Transcript
from lodestar.kernel.document_text import NotRead, read_document
from lodestar.kernel.filestore import LARGEST

KINDS = ("txt", "text", "md", "markdown", "docx", "odt")
NO_KIND = "A transcript is text, Markdown, a Word or an OpenDocument file. Choose one of these"


@page(Permission.GUIDANCE_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def transcript(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Gives a scan its transcript, or another in its place."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    row = access.version_for(member, version_id)
    form = Transcript(typed(request), request.FILES or None, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        try:
            transcribe(by=member, at=timezone.now(), version=row, read=read_transcript(form.cleaned_data["transcript"]))
            return redirect(f"/guidance/versions/{row.id}/stage")
        except NotNow as refusal:
            form.add_error("transcript", str(refusal))
    context = {"form": form, "version": row, "document": row.document, "may": may_have_transcript(row)}
    return render(request, "guidance/transcript.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.GUIDANCE_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Edits what a letter says, before a second person approves it."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    row = access.version_for(member, version_id)
    form = LetterText(typed(request), auto_id="%s", initial={"text": letter_text(row)})
    if request.method == "POST" and form.is_valid():
        try:
            edit_letter(by=member, at=timezone.now(), version=row, text=form.cleaned_data["text"])
            return redirect(f"/guidance/versions/{row.id}/stage")
        except NotNow as refusal:
            form.add_error("text", str(refusal))
    context = {"form": form, "version": row, "document": row.document, "may": may_be_edited(row)}
    return render(request, "guidance/letter.jinja", context, status=422 if request.method == "POST" else 200)


def read_transcript(file: Any) -> dict[str, Any]:
    """What an uploaded transcript says. Raises NotNow with why it is not read."""
    ending = PurePath(file.name).suffix.removeprefix(".").lower()
    if ending not in KINDS or file.size > LARGEST:
        raise NotNow(NO_KIND)
    try:
        read = read_document(file.read(), ending)
    except NotRead as refusal:
        raise NotNow(str(refusal)) from None
    if not read["blocks"]:
        raise NotNow("The transcript contains no text.")
    return read

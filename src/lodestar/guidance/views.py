"""The pages of the guidance library: a search, a document at its passage, its original, and what had no answer."""

import re
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page
from lodestar.accounts.permissions import Permission
from lodestar.guidance import presenters as words
from lodestar.guidance.access import version_for
from lodestar.guidance.actions import keep_search, original, say_did_not_answer
from lodestar.guidance.models.library import NATIONS, ORIGINS
from lodestar.guidance.queries.kept import facts
from lodestar.guidance.queries.reading import (
    AT_ONCE,
    passages_from,
    replaced_by,
    said_not_to_answer,
    topics,
    unanswered,
)
from lodestar.guidance.queries.search import Found, Wanted, find, in_force
from lodestar.kernel.filestore import NotAccepted, without_metadata

LONGEST = 300  # characters of a question
SHOWN, OWN = 8, 2
WAITING = 40


@page(Permission.GUIDANCE_READ)
@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    """A question in an officer's own words, and the passages that answer it."""
    question = " ".join(request.GET.get("q", "").split())[:LONGEST]
    nation, origin = request.GET.get("nation", ""), request.GET.get("origin", "")
    context: dict[str, Any] = {
        "q": question, "nation": nation, "origin": origin, "nations": NATIONS, "origins": ORIGINS, "found": None,
        "topics": () if question else topics(),
    }  # fmt: skip
    if question:
        wanted = Wanted(
            nation=nation if nation in NATIONS else "", origin=origin if origin in ORIGINS else "", own=True
        )
        context |= _answered(find(question, on=timezone.localdate(), wanted=wanted, limit=SHOWN + OWN + 5))
    return render(request, "guidance/search.jinja", context)


def _answered(answer: Found) -> dict[str, Any]:
    keep_search(
        words=list(answer.words), dropped=answer.dropped, found=len(answer.results), has_answer=answer.has_answer
    )
    own = [one for one in answer.results if one.document.is_own][:OWN]
    others = [one for one in answer.results if not one.document.is_own][:SHOWN]
    return {
        "own": [words.shown(one) for one in own],
        "found": [words.shown(one) for one in others],
        "has_answer": answer.has_answer,
        "about_custody": answer.is_about_custody,
        "ring": words.to_ring(timezone.localdate()) if answer.is_about_custody else (),
        "kept": " ".join(answer.words),
    }


@page(Permission.GUIDANCE_READ)
@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A document from one of its passages on."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    version = version_for(member, document_id)
    asked = request.GET.get("from", "0")
    place = int(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else 0
    start = max(0, place - 1)
    passages = passages_from(version, start)
    later = replaced_by(version.document)
    holds = in_force(version.document, timezone.localdate(), is_replaced=later is not None)
    context = {
        "version": version,
        "document": version.document,
        "standing": words.standing(version, holds=holds, later=later.title if later else ""),
        "later": later,
        "details": words.details(version),
        "parts": words.parts(passages[:AT_ONCE], facts()),
        "place": place,
        "before": max(0, start - AT_ONCE) if start else None,
        "after": passages[AT_ONCE].number if len(passages) > AT_ONCE else None,
        "is_past_review": version.document.review_by and version.document.review_by < timezone.localdate(),
    }
    return render(request, "guidance/document.jinja", context)


@page(Permission.GUIDANCE_READ)
@require_safe
def original_file(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The file as it came, to be kept and not to be opened here; a PDF without what tells of its making."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    version = version_for(member, document_id)
    try:
        content = original(version)
        content = without_metadata(content) if version.media_type == "application/pdf" else content
    except (FileNotFoundError, NotAccepted):
        raise Http404 from None
    is_inert = version.media_type.startswith("application/")
    response = HttpResponse(content, content_type=version.media_type if is_inert else "application/octet-stream")
    name = version.document.file_name.rsplit("/", 1)[-1]
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@page(Permission.GUIDANCE_READ)
@require_POST
def did_not_answer(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Somebody says that a result did not answer what they looked for; its owner is told, without their name."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    version = version_for(member, document_id)
    looked_for = find(request.POST.get("kept", "")[:LONGEST], on=timezone.localdate(), limit=1).words
    say_did_not_answer(by=member, at=timezone.now(), document=version.document, words=list(looked_for))
    return redirect(f"/guidance/{document_id}?said=1")


@page(Permission.GUIDANCE_EDIT)
@require_safe
def no_answer(request: HttpRequest) -> HttpResponse:
    """What was looked for without a good answer, and results that did not answer: the owner's work."""
    context = {"searches": unanswered(WAITING), "results": said_not_to_answer(WAITING)}
    return render(request, "guidance/no_answer.jinja", context)

"""The answer to whoever asked for a paper that cannot be made."""

import logging
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lodestar.platform.accounts.form_envelope import words_typed
from lodestar.platform.accounts.request_flow import keep_typed
from lodestar.platform.documents.description import BrokenDocument, NotMade
from lodestar.platform.documents.saved import render_refusal
from lodestar.web.actions import record_paper_refusal

logger = logging.getLogger(__name__)


class PapersNotMade:
    """The middleware that answers whatever view raises NotMade, after its transaction is undone: no view has to catch it."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page that says why a paper cannot be made; None for every other fault."""
        return paper_not_made(request, exception) if isinstance(exception, NotMade) else None


def paper_not_made(request: HttpRequest, fault: NotMade) -> HttpResponse:
    """Answer with a page in plain words; what a form was sent with stays a draft, or is given back where none is kept.

    503 with Retry-After while typst is busy; 422 for a text that its writer has to shorten; 503 without Retry-After for a
    fault of Lodestar: it is the server's, but neither unforeseen (500) nor mended by asking again.
    """
    kept_href = keep_typed(request)
    is_of_work = getattr(request, "member", None) is not None
    context = {
        "fault": fault,
        "is_broken": isinstance(fault, BrokenDocument),
        "is_told": isinstance(fault, BrokenDocument) and _report(request, fault),
        "word_href": _word_version(request) if fault.word_works else "",
        "kept_href": kept_href,
        "typed": words_typed(request.POST) if request.method == "POST" and is_of_work and not kept_href else [],
    }
    return render_refusal(request, "web/paper_not_made.jinja", context, fault)


def _report(request: HttpRequest, fault: BrokenDocument) -> bool:
    """Write the fault to the server's log and tell the administrators of the force. Return whether there is a force to tell."""
    page = (request.resolver_match and request.resolver_match.url_name) or ""
    logger.error("The paper of %s could not be made: %s", page, fault.structure)
    member = getattr(request, "member", None)
    if member is None:
        return False
    record_paper_refusal(by=member, at=timezone.now(), page=page)
    return True


def _word_version(request: HttpRequest) -> str:
    """Return the address of the same paper as Word where the address names its kind, else nothing."""
    asked = request.resolver_match
    if request.method != "POST" and asked is not None and asked.kwargs.get("kind") == "pdf":
        with suppress(NoReverseMatch):
            return reverse(asked.view_name, kwargs=asked.kwargs | {"kind": "docx"})
    return ""

"""A document as a page gives it away."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lodestar.platform.design.files import to_save
from lodestar.platform.documents.description import Document, NotMade
from lodestar.platform.documents.made import KINDS, made


def marking_of(request: HttpRequest, marking: str) -> str:
    """What stands above whatever goes out; made-up data says so."""
    is_made_up = settings.ENV != "production" and request.session.get("not_real")
    return f"NOT REAL DATA, {marking}" if is_made_up else marking


def document_file(request: HttpRequest, document: Document, kind: str, name: str) -> HttpResponse:
    """A document as one of `KINDS`, to be saved under a name. Raises NotMade."""
    marked = replace(document, marking=marking_of(request, document.marking))
    return to_save(made(marked, kind), f"{name}.{kind}", KINDS[kind].media_type)


def render_refusal(request: HttpRequest, template: str, context: dict[str, Any], fault: NotMade) -> HttpResponse:
    """Return the page that says why a document cannot be made, with the status of the fault and when to try again."""
    response = render(request, template, context, status=fault.status)
    if fault.retry_after:
        response.headers["Retry-After"] = str(fault.retry_after)
    return response

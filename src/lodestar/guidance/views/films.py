"""A film and its captions, as a page plays them: of their safe type, in the part that is asked for, and nothing that runs."""

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page
from lodestar.accounts.permissions import Permission
from lodestar.guidance import access
from lodestar.guidance.actions import original
from lodestar.guidance.models import Version

HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


@page(Permission.GUIDANCE_READ)
@require_safe
def film(request: HttpRequest, film_id: UUID) -> HttpResponse:
    """The film as it came, or the part of it that a player asks for."""
    row = _film(request, film_id)
    try:
        content = original(row)
    except FileNotFoundError:
        raise Http404 from None
    headers = {**HEADERS, "Accept-Ranges": "bytes", "Content-Disposition": "inline"}
    part = _part(request.headers.get("Range", ""), len(content))
    if part is None:
        return HttpResponse(content, content_type=row.media_type, headers=headers)
    first, last = part
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return HttpResponse(content[first : last + 1], content_type=row.media_type, headers=headers, status=206)


@page(Permission.GUIDANCE_READ)
@require_safe
def captions(request: HttpRequest, film_id: UUID) -> HttpResponse:
    """The captions of a film."""
    row = _film(request, film_id)
    if not row.captions:
        raise Http404
    return HttpResponse(row.captions, content_type="text/vtt; charset=utf-8", headers=HEADERS)


def _film(request: HttpRequest, film_id: UUID) -> Version:
    """The version of this id, if the member sees it and it is a film; Http404 otherwise."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    row = access.version_for(member, film_id)
    if not row.media_type.startswith("video/"):
        raise Http404
    return row


def _part(asked: str, length: int) -> tuple[int, int] | None:
    """The first and the last byte of the part that is asked for; None for all of it, and for what cannot be had."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        first, last = max(0, length - int(found[2])), length - 1
    else:
        first, last = int(found[1]), min(int(found[2] or length - 1), length - 1)
    return (first, last) if first <= last else None

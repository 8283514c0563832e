"""The essentials in one file, to carry along; a document: its versions, what changed, who has read it, its file, and films."""

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.directory.contacts.queries import contact_book
from lodestar.knowledge.library import access
from lodestar.knowledge.library.actions import open_version, see_withdrawal, understand
from lodestar.knowledge.library.models import Version
from lodestar.knowledge.library.presenters import documents as words
from lodestar.knowledge.library.presenters import essentials as kept
from lodestar.knowledge.library.presenters.documents import passage_rows
from lodestar.knowledge.library.queries import library
from lodestar.knowledge.library.queries.essentials import published_essentials
from lodestar.knowledge.library.queries.library import coverage as teams_of
from lodestar.knowledge.library.queries.library import document_of, facts, in_use, letter_text, name_of, original
from lodestar.knowledge.library.rules.documents import MEDIA_TYPES
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import on
from lodestar.platform.files.clean_copies import clean_copy
from lodestar.platform.files.document_text import NotRead
from lodestar.platform.text.text_normalise import whole_number


@page(Permission.GUIDANCE_READ, only="GET")
def pack_page(request: HttpRequest) -> HttpResponse:
    """What the file is, and until when one saved now holds."""
    return render(request, "library/pack_page.jinja", {"until": timezone.now() + kept.HOLDS})


@page(Permission.GUIDANCE_READ, only="GET")
def pack_file(request: HttpRequest) -> HttpResponse:
    """The file, to be saved."""
    member = member_of(request)
    now = timezone.now()
    made = kept.pack(name_of(member.tenant), published_essentials(on(now)), facts(), contact_book(now), now)
    return to_save(made.html, made.name)


EACH = 10  # passages on a page: some 120 words each, so that a page stays within its weight
VERSIONS = 8
TEAMS = 40


@page(Permission.GUIDANCE_READ, only="GET")
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A document: the version in use today, or what is left of it as history."""
    member = member_of(request)
    row = access.document_for(member, document_id)
    return _version(request, member, access.version_shown(member, row, in_use()))


@page(Permission.GUIDANCE_READ, only="GET")
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version, whichever: an older one as history, a draft for its editors."""
    member = member_of(request)
    return _version(request, member, access.version_for(member, version_id))


def _version(request: HttpRequest, member: Member, row: Version) -> HttpResponse:
    today = on(timezone.now())
    start = whole_number(request.GET.get("at", "")) // EACH * EACH
    rows = library.passages(row, start, EACH + 1)
    document = document_of(row)
    replaced = library.replaced_by(document, today)
    is_published = row.state == "published"
    holds = is_published and library.holds(document, today)
    if row.state == "withdrawn":
        see_withdrawal(by=member, at=timezone.now(), version=row)
    read = open_version(by=member, at=timezone.now(), version=row) if is_published else None
    before = library.read_before(member.user, row) if read is not None and read.understood_at is None else None
    versions = access.visible_versions(member).filter(document=row.document).order_by("-number")
    people = ("added_by", "approved_by", "published_by", "confirmed_by")
    context = {
        "version": row,
        "document": document,
        "source": words.source(document),
        "force": words.force_words(document),
        "standing": words.tag(row, holds=holds),
        "holds": holds,
        "notes": words.notes(row, document, today, replaced_by=replaced),
        "replaced": replaced,
        "passages": passage_rows(rows[:EACH], facts(), document.title),
        "before": max(0, start - EACH) if start else None,
        "after": start + EACH if len(rows) > EACH else None,
        "start": start,
        "about": words.about(row, document, library.stale_in(row)),
        "history": words.history(versions.select_related(*people)[:VERSIONS], row),
        "kind": words.kind(row),
        "is_film": row.media_type.startswith("video/"),
        "read": read,
        "read_before": before,
        "may_edit": access.may_edit(member),
        "may_count": is_published and access.may_count(member),
        "here": f"/guidance/documents/{row.document_id}" if is_published else f"/guidance/versions/{row.id}",
    }
    return render(request, "library/document.jinja", context)


@page(Permission.GUIDANCE_READ, only="GET")
def file(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The file without its author and place, to be saved; of a letter its text as edited. Nothing in it runs as a part of
    Lodestar."""
    member = member_of(request)
    row = access.version_for(member, version_id)
    try:
        content, media_type = (
            (letter_text(row).encode(), "text/plain; charset=utf-8")
            if row.media_type == MEDIA_TYPES["eml"]
            else clean_copy(original(row), row.media_type)
        )
    except FileNotFoundError:
        raise Http404 from None
    except NotRead:
        return render(request, "library/file_busy.jinja", {"version": row}, status=503)
    ending = words.KINDS.get(row.media_type, ("", "bin"))[1]
    return to_save(content, f"guidance-{str(row.document_id)[-6:]}-v{row.number}.{ending}", media_type)


@page(Permission.GUIDANCE_READ, only="GET")
def changed(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """What changed in a version since the one before it, or since the one that is named by its number."""
    member = member_of(request)
    row = access.version_for(member, version_id)
    older = access.visible_versions(member).filter(document=row.document, number__lt=row.number).order_by("-number")
    since = whole_number(request.GET.get("since", ""))
    before = (older.filter(number=since).first() if since else None) or older.first()
    start = whole_number(request.GET.get("after", ""))
    changes = words.changes_between(library.texts(before), library.texts(row)) if before else []
    context = {
        "version": row,
        "document": document_of(row),
        "before": before,
        "changes": words.change_rows(changes, start, row, facts()),
        "total": len(changes),
        "after": words.next_after(changes, start),
        "is_current": row.state == "published",
        "understood": library.find_reading(member.user, row),
    }
    return render(request, "library/changed.jinja", context)


@page(Permission.GUIDANCE_READ, only="GET")
def coverage(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """How many of each team have opened the published version, and have understood it: for who leads them, and the editors."""
    member = member_of(request)
    units = access.units_counted(member)
    today = on(timezone.now())
    row = access.version_shown(member, access.document_for(member, document_id), in_use())
    teams = teams_of(row, units, today) if row.state == "published" else []
    start = whole_number(request.GET.get("after", ""))
    context = {
        "version": row,
        "document": row.document,
        "rows": words.teams(teams[start : start + TEAMS]),
        "total": words.all_teams_line(teams),
        "after": start + TEAMS if len(teams) > start + TEAMS else None,
    }
    return render(request, "library/coverage.jinja", context)


@page(Permission.GUIDANCE_READ, only="POST")
def understood(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Somebody says that they have read and understood the published version."""
    member = member_of(request)
    row = access.version_for(member, version_id)
    if row.state == "published":
        understand(by=member, at=timezone.now(), version=row)
    return redirect(f"/guidance/documents/{row.document_id}")


HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


@page(Permission.GUIDANCE_READ, only="GET")
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


@page(Permission.GUIDANCE_READ, only="GET")
def captions(request: HttpRequest, film_id: UUID) -> HttpResponse:
    """The captions of a film."""
    row = _film(request, film_id)
    if not row.captions:
        raise Http404
    return HttpResponse(row.captions, content_type="text/vtt; charset=utf-8", headers=HEADERS)


def _film(request: HttpRequest, film_id: UUID) -> Version:
    """The version of this id, if the member sees it and it is a film; Http404 otherwise."""
    member = member_of(request)
    row = access.version_for(member, film_id)
    if not row.media_type.startswith("video/"):
        raise Http404
    return row


def _part(asked: str, length: int) -> tuple[int, int] | None:
    """The first and the last byte of the part that is asked for; None for all of it, and for what cannot be had."""
    match = _RANGE.fullmatch(asked.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        first, last = max(0, length - int(match[2])), length - 1
    else:
        first, last = int(match[1]), min(int(match[2] or length - 1), length - 1)
    return (first, last) if first <= last else None

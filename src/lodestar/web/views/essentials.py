"""The essentials: a file to carry along, and a page that stands while the database is away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, public
from lodestar.accounts.permissions import Permission
from lodestar.cases.queries.settings import settings_in_force
from lodestar.design.when import on
from lodestar.guidance.queries.essentials import published_essentials
from lodestar.guidance.queries.force import facts, name_of
from lodestar.web.presenters import essentials as words
from lodestar.web.presenters.bare import bare_essentials


@page(Permission.GUIDANCE_READ)
@require_safe
def pack_page(request: HttpRequest) -> HttpResponse:
    """What the file is, and until when one saved now holds."""
    return render(request, "web/pack_page.jinja", {"until": timezone.now() + words.HOLDS})


@page(Permission.GUIDANCE_READ)
@require_safe
def pack_file(request: HttpRequest) -> HttpResponse:
    """The file, to be saved."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    now = timezone.now()
    own = settings_in_force().on(on(now))
    made = words.pack(name_of(member.tenant), published_essentials(on(now)), facts(), own, now)
    return HttpResponse(
        made.html,
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


@public
@require_GET
def essentials(request: HttpRequest) -> HttpResponse:
    """Who to ring, the first steps and the topics of the first night, without sign-in and without a database."""
    return HttpResponse(bare_essentials(words.essentials_kept(timezone.now())))

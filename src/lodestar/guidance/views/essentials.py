"""The essentials in one file, to carry along."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.accounts.access import member_of
from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page
from lodestar.cases.queries.settings import settings_in_force
from lodestar.design.files import to_save
from lodestar.design.when import on
from lodestar.guidance.presenters import essentials as kept
from lodestar.guidance.queries.essentials import published_essentials
from lodestar.guidance.queries.facts import facts
from lodestar.guidance.queries.force import name_of


@page(Permission.GUIDANCE_READ, only="GET")
def pack_page(request: HttpRequest) -> HttpResponse:
    """What the file is, and until when one saved now holds."""
    return render(request, "guidance/pack_page.jinja", {"until": timezone.now() + kept.HOLDS})


@page(Permission.GUIDANCE_READ, only="GET")
def pack_file(request: HttpRequest) -> HttpResponse:
    """The file, to be saved."""
    member = member_of(request)
    now = timezone.now()
    own = settings_in_force().on(on(now))
    made = kept.pack(name_of(member.tenant), published_essentials(on(now)), facts(), own, now)
    return to_save(made.html, made.name)

"""The dated lists that the rules read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lodestar.accounts.door import page
from lodestar.accounts.permissions import Permission
from lodestar.web.presenters import lists as words


@page(Permission.RULE_VIEW)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every list, and how much of it waits for somebody to confirm it."""
    return render(request, "web/lists.jinja", {"lists": words.every_list(timezone.localdate())})


@page(Permission.RULE_VIEW)
@require_safe
def one_list(request: HttpRequest, app: str, name: str) -> HttpResponse:
    """One list: where it comes from, and its rows with their days."""
    after = request.GET.get("after", "0")
    found = words.one_list(app, name, int(after) if after.isascii() and after.isdecimal() and len(after) < 6 else -1)
    if found is None:
        raise Http404
    return render(request, "web/list.jinja", {"list": found})

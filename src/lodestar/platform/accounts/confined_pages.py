"""Pages of members whose role is a lesser one of the database: their views run as it, and read only what it is granted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import ProgrammingError
from django.http import Http404, HttpRequest, HttpResponse
from psycopg.errors import InsufficientPrivilege

from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.tenancy.tenant_transaction import confined

View = Callable[..., HttpResponse]


def about_oneself(view: View) -> View:
    """Declares a view that shows and changes nothing but one's own sign-in and drafts: it runs as the application always."""
    view.about_oneself = True  # type: ignore[attr-defined]  # read by `confined_view`
    return view


def confined_view(request: HttpRequest, view: View, where: Mapping[str, Any], allowed: Sequence[Permission]) -> HttpResponse:
    """The answer of a view, as the database role of whoever asks. A page that reads what this role is not granted is no page to
    them: Http404."""
    role = "" if getattr(view, "about_oneself", False) else member_of(request).database
    if role and Permission.SIGNED_IN in allowed:  # what every colleague has is not for who is none
        raise Http404
    try:
        with confined(role):
            return view(request, **where)
    except ProgrammingError as error:
        if role and isinstance(error.__cause__, InsufficientPrivilege):
            raise Http404 from None
        raise

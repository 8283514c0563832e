"""The addresses of Lodestar and one more: a form behind the door that does one small thing, for the door's own tests."""

import threading
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils import timezone

from lodestar.platform.accounts.models import Draft, Unit
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.text.ids import new_id
from tests.factories.administering import administering

ONCE = new_id()
BOTH = threading.Barrier(2, timeout=30)


@page(Permission.CONCERN_RECORD)
def probe(request: HttpRequest, **_where: Any) -> HttpResponse:
    """Shows what the form would show. Sent, it makes a unit of that name, refuses "wrong" and falls over "crash".

    "both" makes a unit of the name that a file holds, and one thing that is there once: two at once both find it missing.
    """
    values = submitted_or_draft(request)
    if request.method != "POST":
        return HttpResponse(values["what"] if values else "empty")
    if request.POST["what"] == "both":
        return _both(request)
    with administering():
        Unit.objects.create(name=request.POST["what"])
    if request.POST["what"] == "crash":
        raise RuntimeError("crash")
    return HttpResponse("again", status=422) if request.POST["what"] == "wrong" else redirect("/probe/done")


def _both(request: HttpRequest) -> HttpResponse:
    with administering():
        Unit.objects.create(name=request.FILES["name"].read().decode())
    if not Draft.objects.filter(key=ONCE).exists():
        BOTH.wait()
        Draft.objects.create(user=request.user, key=ONCE, path="/once", typed="{}", saved_at=timezone.now())
    return redirect("/probe/done")


urlpatterns = [path("", include("lodestar.config.urls")), path("probe", probe), path("probe/done", probe)]
handler400 = "lodestar.web.views.shell.bad_request"
handler403 = "lodestar.web.views.shell.forbidden"
handler404 = "lodestar.web.views.shell.not_found"
handler500 = "lodestar.web.views.shell.server_error"

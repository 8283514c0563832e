"""Ends a session that is idle or old, without losing what its person was typing."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lodestar.platform.accounts import request_flow
from lodestar.platform.accounts.form_envelope import way_here, words_typed

REMEMBERED_EVERY = 60  # seconds; a session is written at most this often


class SessionLimits:
    """Sixty minutes without a page, or twelve hours in all, end a session."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if getattr(view, "permission", None) is None:
            return None  # who to ring stands without a session, also while the database is away
        session = request.session
        if "began" not in session:
            return None
        now = timezone.now()
        seen, began = datetime.fromisoformat(session["seen"]), datetime.fromisoformat(session["began"])
        if now - seen > settings.SESSION_IDLE or now - began > settings.SESSION_ABSOLUTE:
            draft_address = request_flow.keep_typed(request)
            logout(request)
            if request.method == "POST" and not draft_address and (words_typed(request.POST) or request.FILES):
                return request_flow.signed_out(request)  # what cannot be kept is given back at once
            back_to = draft_address or ("/" if request.method == "POST" else way_here(request))
            return redirect(request_flow.to_sign_in(back_to, ended="1"))
        if (now - seen).total_seconds() > REMEMBERED_EVERY:
            session["seen"] = now.isoformat()
        return None

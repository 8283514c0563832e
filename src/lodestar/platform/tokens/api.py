"""The door for other systems: a token instead of a session, JSON in and JSON out, one transaction within the force."""

import re
from codecs import BOM_UTF8
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from lodestar.platform.accounts import actions
from lodestar.platform.accounts.access import SentToken, member_from, sent_token, token_at
from lodestar.platform.accounts.models import ApiToken
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import members_by_username
from lodestar.platform.tenancy.tenant_transaction import is_busy, within

Answer = Callable[..., tuple[int, dict[str, Any]]]
AS = "Lodestar-As"  # the header with the user name of whom another system records for
BUSY = {"Retry-After": "10"}  # seconds
LARGEST = 64_000  # bytes; an encounter with one person takes about 1,500
_JSON = re.compile(r"application/json\s*(;\s*charset=\"?utf-8\"?\s*)?", re.IGNORECASE)


def by_token(
    permission: Permission, asked_of: Permission | None = None
) -> Callable[[Answer], Callable[[HttpRequest], HttpResponse]]:
    """Declares the permission that a token must hold, and puts the answer behind the door.

    The answer is given the body and the token, within the force of the token. There is no session here, so no cookie
    can be misused and no form has to prove where it came from. Who has no right learns only that. For what is written it is
    given the member too, whom the header `Lodestar-As` names, who has to be at work in the force of the token and have the
    permission `asked_of`: another system decides nothing by itself.
    """

    def declare(answer: Answer) -> Callable[[HttpRequest], HttpResponse]:
        @csrf_exempt
        @wraps(answer)
        def api_view(request: HttpRequest) -> HttpResponse:
            if request.method != "POST":
                return problem(405, "takes POST only", Allow="POST")
            sent = sent_token(request.headers.get("Authorization", "").removeprefix("Bearer ").strip())
            unfit = _unfit(request)
            if sent is None or unfit:
                return unfit or _unknown()
            given: list[Any] = [request.body.removeprefix(BOM_UTF8)]  # some systems begin every text with it
            try:
                token = _admitted(sent, permission)
                if isinstance(token, HttpResponse):
                    return token
                with within(sent.tenant):
                    given.append(token)
                    if asked_of is not None:
                        name = request.headers.get(AS, "").strip().lower()
                        place = members_by_username([name], asked_of).get(name) if name else None
                        if place is None:
                            return problem(422, f"the header {AS} must name someone working today who may do this")
                        given.append(member_from(place))
                    status, content = answer(*given)
            except OperationalError as error:
                if not is_busy(error):
                    raise
                return problem(503, "nothing was kept, because others keep this busy: send it again", **BUSY)
            return JsonResponse(content, status=status)

        api_view.permission = None  # type: ignore[attr-defined]  # no session: the list of such addresses is in tests/access.toml
        api_view.token_permission = permission  # type: ignore[attr-defined]  # read by the tests of every URL
        return api_view

    return declare


def _admitted(sent: SentToken, permission: Permission) -> ApiToken | HttpResponse:
    """The token, with this request counted, or the answer that refuses it. In a transaction of its own: what is counted stays
    counted, and no request waits for the end of another."""
    with within(sent.tenant):
        token = token_at(sent)
        if token is None:
            return _unknown()
        if token.permission != permission:
            return problem(403, "this token may not ask this")
        seconds = actions.token_used(token, at=timezone.now())
        return problem(429, "this token has asked too often", **{"Retry-After": str(seconds)}) if seconds else token


def problem(status: int, message: str, **headers: str) -> HttpResponse:
    """An answer that says what is wrong with the question as a whole."""
    return JsonResponse({"reference": None, "errors": [{"path": "", "message": message}]}, status=status, headers=headers)


def _unknown() -> HttpResponse:
    """No token, a wrong one, a revoked one and one of a force that is none look the same."""
    return problem(401, "needs a token in force: Authorization: Bearer", **{"WWW-Authenticate": 'Bearer realm="Lodestar"'})


def _unfit(request: HttpRequest) -> HttpResponse | None:
    """What cannot be read whoever sends it."""
    if not _JSON.fullmatch(request.headers.get("Content-Type", "")):
        return problem(415, "must be application/json in UTF-8")
    length = request.headers.get("Content-Length", "")
    if not length.isascii() or not length.isdecimal():
        return problem(411, "needs a Content-Length")
    return problem(413, f"must not be longer than {LARGEST} bytes") if int(length) > LARGEST else None

"""What is let in, and what every answer carries: nothing of it is kept, and nobody else's page may hold it."""

from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
LARGEST = 60_000_000  # bytes of one request, files and all

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class NothingIsKept:
    """Adds the headers to every page; static files, which hold nothing of anyone, pass before it."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class OnlyWhatIsMeant:
    """Refuses what no page of Lodestar sends: another host's name, other methods, the character NUL, huge bodies.

    PostgreSQL keeps no NUL, so that one in an address would be a fault of the server instead of the visitor's.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost, which is answered with 400
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\0" in request.path or b"\0" in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
            raise BadRequest("NUL in the address")
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            raise BadRequest("The request is too large")
        return self.get_response(request)

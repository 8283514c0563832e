"""What is let in, and what every answer carries: nothing of it is kept, and nobody else's page may hold it."""

import io
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
API = "/api/"  # its addresses say themselves which one they take
LARGEST = 60_000_000  # bytes of one request, files and all
LONGEST = 300  # characters of a path

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class WholeBody:
    """The body of a request. Raises ConnectionResetError where it ends before its length: half a form is not a whole one."""

    def __init__(self, body: Any, length: int) -> None:
        self.body = body
        self.remaining = length

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, all of them unless the length is reached."""
        piece: bytes = self.body.read(size)
        if len(piece) < min(size, self.remaining):
            raise ConnectionResetError
        self.remaining -= len(piece)
        return piece

    def readline(self, size: int) -> bytes:
        """Up to `size` bytes of the next line. Nothing that reads a form reads by lines, but Django holds the method."""
        line: bytes = self.body.readline(size)
        if not line and size and self.remaining:
            raise ConnectionResetError
        self.remaining -= len(line)
        return line


def whole_requests(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """The WSGI application, which is given bodies that end at their length."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdecimal():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return answer


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

    PostgreSQL keeps no NUL, so that one in an address would be a fault of the server instead of the visitor's. Whatever
    a visitor says of its letters, they are read as UTF-8: other readings bring back a NUL, or cannot be read at all.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost, which is answered with 400
        if request.method not in METHODS and not request.path.startswith(API):
            return HttpResponseNotAllowed(METHODS)
        if "\0" in request.path or b"\0" in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
            raise BadRequest("NUL in the address")
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            raise RequestDataTooBig("The request is too large")
        if len(request.path) > LONGEST:
            raise Http404
        request.encoding = "utf-8"
        return self.get_response(request)


class NeverOnTheDisk(FileUploadHandler):
    """Takes a file in memory: on the disk it lies encrypted only. Of one too large to keep only the size is told."""

    def new_file(self, *arguments: Any, **more: Any) -> None:
        super().new_file(*arguments, **more)
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.kept = io.BytesIO()
        else:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

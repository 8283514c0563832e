"""A file that a page gives away."""

from django.http import HttpResponse


def to_save(content: bytes | str, name: str, media_type: str | None = None) -> HttpResponse:
    """A file to be saved under this name, which tells nothing of whom it is about, and opened elsewhere: nothing in it runs here,
    whatever it holds, and no browser opens it as a page."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)

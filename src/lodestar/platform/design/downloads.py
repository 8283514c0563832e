"""A file that a page gives to keep."""

from django.http import HttpResponse


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep, which no browser opens as a page. Its name tells nothing of whom it is about."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)

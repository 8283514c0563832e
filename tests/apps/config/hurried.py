"""A server of one page that has no patience: gunicorn's settings and its application, for the tests of patience."""

from collections.abc import Callable, Iterable
from typing import Any

from lodestar.config import patience

patience.FIRST, patience.LEAST = 0.3, 200_000
worker_class = patience.PatientWorker
workers, threads, keepalive = 1, 2, 5


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers with how much it was sent."""
    read = len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(str(read))))])
    return [str(read).encode()]

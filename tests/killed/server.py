"""The production server on a database of its own, told to die at one point of the door; and sending to it until it does."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from launcher.serving import GUNICORN

SRC = Path(__file__).resolve().parents[2] / "src"
PATIENCE = 30.0  # seconds


@contextmanager
def dying(point: str, log_level: str = "critical", **settings: str) -> Iterator[int]:
    """The port of a server whose worker ends at this point of every form, and is started anew each time.

    It serves the database of the environment's DATABASE_URL. The application is loaded once and forked.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        listener.set_inheritable(True)
        process = subprocess.Popen(
            [
                *(sys.executable, *GUNICORN, "--preload", "--workers", "1"),
                *("--threads", "2", "--bind", f"fd://{listener.fileno()}", "--log-level", log_level),
                *("--graceful-timeout", "1", "lodestar.config.wsgi"),
            ],
            cwd=SRC,
            env=os.environ | {"PYTHONPATH": str(SRC), "LODESTAR_ENV": "test", "LODESTAR_KILL_AT": point} | settings,
            pass_fds=[listener.fileno()],
        )
        try:
            yield listener.getsockname()[1]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE)


def send_to_death(port: int, client: Client, address: str, values: dict[str, Any]) -> None:
    """Sends the form from this browser, and makes sure that the server died of it instead of answering."""
    multipart = any(hasattr(value, "read") for value in values.values())
    body: bytes | str = encode_multipart(BOUNDARY, values) if multipart else urllib.parse.urlencode(values, doseq=True)
    headers = {
        "Host": "localhost",
        "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()),
        "Content-Type": MULTIPART_CONTENT if multipart else "application/x-www-form-urlencoded",
    }
    until = time.monotonic() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("POST", address, body, headers)
            status = connection.getresponse().status
        except (ConnectionError, http.client.RemoteDisconnected):
            return
        finally:
            connection.close()
        assert status == 502, f"{address} was answered with {status}"
        assert time.monotonic() < until

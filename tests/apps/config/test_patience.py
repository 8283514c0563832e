"""Visitors who send their request a letter at a time, or never to its end, hold nobody else up."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from lodestar.config import patience
from tests.launcher.clones import ROOT

HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"


@pytest.fixture
def port() -> Iterator[int]:
    """Where a server of one page with two threads and little patience listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [sys.executable, "-m", "gunicorn", "--config", "python:tests.apps.config.hurried"]
        words = ["--bind", f"fd://{listener.fileno()}", "--log-level", "error", "tests.apps.config.hurried:application"]
        server = subprocess.Popen([*command, *words], cwd=ROOT, pass_fds=[listener.fileno()])
        try:
            yield listener.getsockname()[1]
        finally:
            server.terminate()
            server.wait(timeout=20)


@contextmanager
def connected(port: int) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        yield connection
    finally:
        connection.close()


def asked(connection: http.client.HTTPConnection, body: Iterable[bytes]) -> bytes:
    pieces = list(body)
    connection.request("POST", "/", iter(pieces), {"Content-Length": str(sum(map(len, pieces)))})
    return connection.getresponse().read()


def test_who_never_ends_holds_nobody_up(port):
    with ExitStack() as open_still:
        for words in [HEAD, HEAD[:20], HEAD + b"half", b"P"]:
            slow = open_still.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            slow.sendall(words)
        with connected(port) as other:
            assert asked(other, [b"whole"]) == b"5", "more of them than there are threads"


def test_a_long_body_has_the_time_that_its_length_takes(port):
    with connected(port) as one:
        assert asked(one, [b"x" * 1000] * 2000) == b"2000000"
        assert asked(one, [b"next"]) == b"4", "and the next on the same connection has a time of its own"


def test_time_runs_from_the_beginning_and_grows_with_what_came(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(patience.time, "monotonic", lambda: now[0])
    ours, theirs = socket.socketpair()
    expected = patience.Expected(fileno=ours.detach())
    with expected, theirs:
        expected.begins()
        theirs.sendall(b"x" * int(patience.LEAST))
        assert len(expected.recv(50_000)) == patience.LEAST
        assert expected.until == 100 + patience.FIRST + 1
        now[0] = expected.until
        with pytest.raises(ConnectionResetError, match="too slowly"):
            expected.recv(1)
        expected.settimeout(0.001)
        with pytest.raises(TimeoutError):
            expected.recv(1)  # whoever sets a time of their own has that

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
        for words in [HEAD, HEAD[:20], HEAD + b"half", b"P", b"", HEAD.replace(b"1000", b"100000") + b"x" * 70_000] * 3:
            slow = open_still.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            slow.sendall(words)
        with connected(port) as other:
            assert asked(other, [b"whole"]) == b"5", "more of them than there are threads"


def test_who_does_not_hang_up_holds_nobody_up(port):
    with ExitStack() as open_still:
        for _ in range(20):
            slow = open_still.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert slow.recv(12) == b"HTTP/1.1 200"


def test_a_long_body_has_the_time_that_its_length_takes(port):
    with connected(port) as one:
        assert asked(one, [b"x" * 1000] * 2000) == b"2000000"
        assert asked(one, [b"next"]) == b"4", "and the next on the same connection has a time of its own"


def test_a_request_that_comes_in_pieces_and_the_next_before_its_answer_are_both_answered(port):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        one.sendall(HEAD)
        one.sendall(b"x" * 1000 + HEAD.replace(b"1000", b"12") + b"x" * 6)
        assert answered(one, b"\r\n\r\n1000")
        one.sendall(b"x" * 6)
        assert answered(one, b"\r\n\r\n12")


def test_who_asks_first_is_told_to_go_on(port):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        one.sendall(HEAD.replace(b"Host", b"Expect: 100-continue\r\nHost"))
        assert answered(one, b"HTTP/1.1 100 Continue\r\n\r\n")
        one.sendall(b"x" * 1000)
        assert answered(one, b"\r\n\r\n1000")


def answered(connection: socket.socket, end: bytes) -> bool:
    told = b""
    while not told.endswith(end) and (piece := connection.recv(1000)):
        told += piece
    return told.endswith(end)


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\ncontent-LENGTH:  3 \r\n\r\nab", False),
        (b"POST / HTTP/1.1\r\ncontent-LENGTH:  3 \r\n\r\nabc", True),
        (b"POST / HTTP/1.1\r\nX: 1\r\nContent-Length: 9\r\nY: 1\r\n\r\nabc", False),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", False),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", True),
        (b"x" * (patience.ENOUGH - 1), False),
        (b"x" * patience.ENOUGH, True),
        (HEAD.replace(b"1000", b"99999999") + b"x" * patience.ENOUGH, True),
    ],
)
def test_a_request_is_whole_or_there_is_enough_of_it(came, expected):
    assert patience.is_whole(came) is expected


def test_time_runs_from_the_beginning_and_grows_with_what_came(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(patience.time, "monotonic", lambda: now[0])
    ours, theirs = socket.socketpair()
    expected = patience.Expected(fileno=ours.detach())
    with expected, theirs:
        theirs.sendall(b"P" * 2000)
        assert not expected.take_in(b"")
        assert expected.until == 100 + patience.FIRST + 2000 / patience.LEAST
        assert expected.recv(1500) + expected.recv(1500) == b"P" * 2000
        now[0] = expected.until - 0.01
        assert not expected.is_late()
        now[0] = expected.until
        assert expected.is_late()
        with pytest.raises(ConnectionResetError, match="too slowly"):
            expected.recv(1)
        expected.settimeout(0.001)
        with pytest.raises(TimeoutError):
            expected.recv(1)  # whoever sets a time of their own has that
        expected.ends()
        assert not expected.is_late()
        theirs.close()
        assert expected.take_in(b""), "an end is for whoever reads next"

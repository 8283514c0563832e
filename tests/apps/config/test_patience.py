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
def serving() -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """A server of one page with two threads and little patience, and where it listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [sys.executable, "-m", "gunicorn", "--config", "python:tests.apps.config.hurried"]
        words = ["--bind", f"fd://{listener.fileno()}", "--log-level", "error", "tests.apps.config.hurried:application"]
        server = subprocess.Popen([*command, *words], cwd=ROOT, pass_fds=[listener.fileno()])
        try:
            yield listener.getsockname()[1], server
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture
def port(serving) -> int:
    return serving[0]


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
        for _ in range(80):
            slow = open_still.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        with connected(port) as other:
            assert asked(other, [b"whole"]) == b"5"


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


def test_who_is_half_way_when_the_server_is_told_to_stop_is_answered(serving):
    port, server = serving
    with (
        socket.create_connection(("127.0.0.1", port), timeout=20) as silent,
        socket.create_connection(("127.0.0.1", port), timeout=20) as one,
        connected(port) as other,
    ):
        one.sendall(HEAD)
        assert asked(other, [b"whole"]) == b"5", "so those before are known too"
        server.terminate()
        assert silent.recv(1) == b"", "who sent nothing is let go first"
        one.sendall(b"x" * 500)
        one.sendall(b"x" * 500)
        assert answered(one, b"\r\n\r\n1000")
    assert server.wait(timeout=20) == 0


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
    ("head", "size"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0),
        (b"POST / HTTP/1.1\r\ncontent-LENGTH:  3 \r\n\r\n", 3),
        (b"POST / HTTP/1.1\r\nX: 1\r\nContent-Length: 0009\r\nY: 1\r\n\r\n", 9),
        (b"POST / HTTP/1.1\r\nX-Content-Length: 7\r\n\r\n", 0),
        (b"POST / HTTP/1.1\r\nContent-Length: 0000000000000000000001000\r\n\r\n", None),
        (b"POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\n", None),
        (b"POST / HTTP/1.1\r\nContent-Length : 3\r\n\r\n", None),
        (b"POST / HTTP/1.1\r\nContent-Length:\r\n\r\n", None),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", None),
    ],
)
def test_a_head_says_plainly_how_much_follows_or_is_refused(head, size):
    if size is None:
        with pytest.raises(patience.Dropped):
            patience.needed(head)
    else:
        assert patience.needed(head) == size


def test_a_form_that_ends_too_soon_is_no_form(pair):
    expected, theirs = pair
    theirs.sendall(HEAD + b"half")
    assert not expected.take_in()
    theirs.close()
    with pytest.raises(patience.Dropped):
        expected.take_in()


def test_a_long_form_that_ends_too_soon_is_no_form(pair):
    expected, theirs = pair
    theirs.sendall(HEAD.replace(b"1000", b"99999") + b"x" * patience.ENOUGH)
    assert expected.take_in()
    theirs.close()
    with pytest.raises(patience.Dropped):
        read_to_the_end(expected)
    assert expected.is_dropped


def read_to_the_end(expected: patience.Expected) -> None:
    while expected.recv(8192):
        pass


def test_a_head_without_an_end_is_dropped(pair):
    expected, theirs = pair
    theirs.sendall(b"x" * (patience.LONGEST_HEAD + 1))
    with pytest.raises(patience.Dropped):
        expected.take_in()


def test_who_reads_nothing_is_sent_nothing_more_after_a_time(pair, monkeypatch):
    expected, _ = pair
    monkeypatch.setattr(patience, "FIRST", 0.05)
    monkeypatch.setattr(patience, "LEAST", 10**9)
    with pytest.raises(patience.Dropped):
        expected.sendall(b"x" * 50_000_000)
    assert expected.is_dropped
    assert expected.gettimeout() is None


def test_what_comes_in_chunks_is_told_to_say_how_long_it_is(port):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        one.sendall(HEAD.replace(b"Content-Length: 1000", b"Transfer-Encoding: chunked"))
        assert one.recv(1000).startswith(b"HTTP/1.1 411 ")


@pytest.fixture
def pair() -> Iterator[tuple[patience.Expected, socket.socket]]:
    """Our end of a connection and a visitor's."""
    ours, theirs = socket.socketpair()
    with patience.Expected(fileno=ours.detach()) as expected, theirs:
        yield expected, theirs


def test_time_runs_from_the_beginning_and_grows_with_what_came(pair, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(patience.time, "monotonic", lambda: now[0])
    expected, theirs = pair
    theirs.sendall(b"P" * 2000)
    assert not expected.take_in()
    assert expected.until == 100 + patience.FIRST + 2000 / patience.LEAST
    assert expected.recv(1500) + expected.recv(1500) == b"P" * 2000
    now[0] = expected.until - 0.01
    assert not expected.is_late()
    now[0] = expected.until
    assert expected.is_late()
    with pytest.raises(patience.Dropped, match="too slowly"):
        expected.recv(1)
    expected.settimeout(0.001)
    with pytest.raises(TimeoutError):
        expected.recv(1)  # whoever sets a time of their own has that
    expected.ends()
    assert not expected.is_late()
    theirs.close()
    assert expected.take_in(), "an end before anything is for whoever reads next"


def test_the_rest_of_a_long_one_is_waited_for_a_shorter_time(pair, monkeypatch):
    monkeypatch.setattr(patience.time, "monotonic", lambda: 100.0)
    expected, theirs = pair
    theirs.sendall(HEAD.replace(b"1000", b"99999999") + b"x" * patience.ENOUGH)
    assert expected.take_in()
    assert expected.until == 100 + patience.REST

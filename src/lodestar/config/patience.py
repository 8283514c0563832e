"""How long the web server waits for the words of a visitor, and that those who send slowly hold nobody else up.

A thread of gunicorn's reads a request to its end, however slowly it comes: as many visitors as there are threads, who send a
letter now and then, would hold up all others. Here a thread is given to a request only once it has come, or enough of it to
believe the rest; until then it is waited for without one. Whoever falls behind is dropped. A proxy that takes in whole
requests first (DEVELOPERS.md) is still what a force should put before it.
"""

import errno
import re
import socket
import time
from typing import Any

from gunicorn import util
from gunicorn.workers import gthread

FIRST = 20.0  # seconds until a request must have come, and as much more as its length takes
LEAST = 20_000  # bytes a second: a phone at the edge of its network sends more
ENOUGH = 65_536  # bytes of a request, of which a thread reads the rest: no form of a page is as long
LINGER = 0.05  # seconds for which the one loop of a worker waits until a visitor hangs up
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:", re.IGNORECASE)
_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class TooSlow(ConnectionResetError):
    """A request did not come in its time. gunicorn takes it for a visitor who has gone."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "The request came too slowly.")


def is_whole(came: bytes) -> bool:
    """Whether this is a whole request, or enough of one."""
    head, end, body = came.partition(b"\r\n\r\n")
    if not end:
        return len(came) >= ENOUGH
    if _CHUNKED.search(head):
        return body.endswith(b"0\r\n\r\n") or len(came) >= ENOUGH
    length = _LENGTH.search(head + b"\r\n")
    return length is None or len(body) >= int(length[1]) or len(came) >= ENOUGH


class Expected(socket.socket):
    """The socket of a visitor, with what came of a request before a thread was given to it.

    What is read with a time of its own is given that time.
    """

    came = b""
    until = 0.0  # by then the request must have come; nothing is awaited at 0
    is_dropped = False  # a thread waited for the rest in vain
    is_told = False  # to send the body of which the visitor asked whether it is wanted

    def take_in(self, before: bytes) -> bool:
        """Takes in what has come, without waiting for it, and says whether that is enough: a whole request, or an end.

        `before` is what was read of the request already.
        """
        self.until = self.until or time.monotonic() + FIRST
        try:
            while not is_whole(before + self.came):
                self._ask_for_body(before)
                piece = super().recv(ENOUGH, socket.MSG_DONTWAIT)
                if not piece:
                    return True
                self._add(piece)
        except BlockingIOError:
            return False
        except OSError:
            return True  # whoever reads next is told why
        return True

    def is_late(self) -> bool:
        """Whether what is awaited should have come by now."""
        return bool(self.until) and time.monotonic() >= self.until

    def ends(self) -> None:
        """The request has been answered: the next has a time of its own."""
        self.until, self.is_told = 0.0, False

    def recv(self, most: int, flags: int = 0) -> bytes:
        """What came, and then as ever. Raises TooSlow."""
        if self.came:
            piece, self.came = self.came[:most], self.came[most:]
            return piece
        if self.gettimeout() is not None:
            return super().recv(most, flags)
        try:
            self.settimeout(max(self.until - time.monotonic(), 0.001))
            piece = super().recv(most, flags)
        except TimeoutError:
            self.is_dropped = True
            raise TooSlow from None
        finally:
            self.settimeout(None)
        self.until += len(piece) / LEAST
        return piece

    def _add(self, piece: bytes) -> None:
        self.came += piece
        self.until += len(piece) / LEAST

    def _ask_for_body(self, before: bytes) -> None:
        head, end, _ = (before + self.came).partition(b"\r\n\r\n")
        if end and not self.is_told and _EXPECTS.search(head):
            self.is_told = True
            self.send(_GO_ON)


class Visitor(gthread.TConn):
    """A connection of gunicorn's."""

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, Expected(fileno=sock.detach()), client, server)

    def close(self, graceful: bool = False) -> None:
        """Hangs up; `graceful` when they were answered."""
        if not graceful:
            super().close()
            return
        self.sock.setblocking(True)
        util.close_graceful(self.sock, timeout=LINGER)


class PatientWorker(gthread.ThreadWorker):
    """Threads for the requests that have come."""

    def handle(self, conn: Visitor) -> Any:
        """Handles a request on a connection, in a thread, or has more of it waited for. Raises TooSlow."""
        if not conn.sock.take_in(conn.parser.unreader.buf.getvalue() if conn.parser else b""):
            if conn.sock.is_late():
                raise TooSlow
            return gthread._DEFER
        conn.data_ready = True
        goes_on = super().handle(conn)
        if conn.sock.is_dropped:
            raise TooSlow
        conn.sock.ends()
        if goes_on and conn.sock.came:  # the next was sent before this was answered
            conn.parser.unreader.unread(conn.parser.unreader.take_buffered() + conn.sock.came)
            conn.sock.came = b""
        return goes_on

    def murder_pending(self) -> None:
        """Hangs up on those whose requests are late."""
        for conn in [each for each in self.pending_conns if each.sock.is_late()]:
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()


gthread.TConn = Visitor

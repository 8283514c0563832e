"""How long the web server waits for visitors, and that those who send or read slowly hold nobody else up (ADR 31).

A thread of gunicorn's reads a request to its end, however slowly it comes: as many visitors as there are threads, who send a
letter now and then, would hold up all others. Here a thread is given to a request only once it has come, or enough of it to
believe the rest; until then, and until whoever was answered hangs up, they are waited for without one.
"""

import errno
import re
import selectors
import socket
import time
from collections import deque
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.workers import gthread

FIRST = 20.0  # seconds until a request must have come, and as much more as its length takes
REST = 5.0  # seconds until the next of a long one must have come, once a thread reads it
LEAST = 20_000  # bytes a second, sent or read: a phone at the edge of its network does more
ENOUGH = 65_536  # bytes of a request, of which a thread reads the rest: no form of a page is as long
LONGEST_HEAD = 32_768  # bytes; a browser's has some two thousand
LINGER = 2.0  # seconds until whoever was answered has to hang up
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n", re.IGNORECASE)
_SAYS_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:", re.IGNORECASE)
_IN_CHUNKS = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)
_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
_SAY_HOW_LONG = b"HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Dropped(ConnectionResetError):
    """A request did not come in its time, or not whole. gunicorn takes it for a visitor who has gone."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "The request came too slowly, or not whole.")


def needed(head: bytes) -> int:
    """How many bytes follow the head of a request. Raises Dropped for what no browser sends and Lodestar does not read: a
    body in chunks, or a length that is no plain number."""
    if _IN_CHUNKS.search(head):
        raise Dropped
    if not _SAYS_LENGTH.search(head):
        return 0
    length = _LENGTH.search(head)
    if length is None or len(length[1]) > 12:
        raise Dropped
    return int(length[1])


class Expected(socket.socket):
    """The socket of a visitor, with what came of a request before a thread was given to it.

    What is read with a time of its own is given that time.
    """

    until = 0.0  # by then the request must have come; nothing is awaited at 0
    size = 0  # of the request, once its head has come
    is_dropped = False

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.came = bytearray()
        self._looked_at = 0

    def take_in(self) -> bool:
        """Takes in what has come, without waiting for it, and says whether a thread can go on: with a whole request, with
        enough of one, or with the end of a visitor who sent nothing more. Raises Dropped where an end comes sooner."""
        self.until = self.until or time.monotonic() + FIRST
        while not self._is_enough():
            try:
                piece = super().recv(ENOUGH, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return False
            if not piece and self.came:
                raise Dropped
            if not piece:
                return True
            self.came += piece
            self.until += len(piece) / LEAST
        if len(self.came) < self.size:
            self.until = min(self.until, time.monotonic() + REST)
        return True

    def is_late(self) -> bool:
        """Whether what is awaited should have come by now."""
        return bool(self.until) and time.monotonic() >= self.until

    def ends(self) -> None:
        """The request has been answered: the next has a time of its own."""
        self.until, self.size, self._looked_at = 0.0, 0, 0

    def recv(self, most: int, flags: int = 0) -> bytes:
        """What came, and then as ever. Raises Dropped."""
        if self.came:
            piece = bytes(self.came[:most])
            del self.came[:most]
            return piece
        if self.gettimeout() is not None:
            return super().recv(most, flags)
        try:
            self.settimeout(max(self.until - time.monotonic(), 0.001))
            piece = super().recv(most, flags)
        except TimeoutError:
            self.is_dropped = True
            raise Dropped from None
        finally:
            self.settimeout(None)
        if not piece and self.size:
            self.is_dropped = True
            raise Dropped
        self.until += len(piece) / LEAST
        return piece

    def sendall(self, data: Any, flags: int = 0) -> None:
        """As ever, for as long as is fair. Raises Dropped."""
        if self.gettimeout() is not None:
            super().sendall(data, flags)
            return
        self.settimeout(FIRST + len(data) / LEAST)
        try:
            super().sendall(data, flags)
        except TimeoutError:
            self.is_dropped = True
            raise Dropped from None
        finally:
            self.settimeout(None)

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """As ever; each piece for as long as is fair. Raises Dropped."""
        self.settimeout(FIRST)
        try:
            return super().sendfile(file, offset, count)
        except TimeoutError:
            self.is_dropped = True
            raise Dropped from None
        finally:
            self.settimeout(None)

    def _is_enough(self) -> bool:
        if not self.size:
            end = self.came.find(_END, max(self._looked_at - len(_END), 0))
            self._looked_at = len(self.came)
            if end < 0:
                if len(self.came) > LONGEST_HEAD:
                    raise Dropped
                return False
            head = bytes(self.came[: end + len(_END)])
            try:
                self.size = len(head) + needed(head)
            except Dropped:
                self.send(_SAY_HOW_LONG)
                raise
            if len(self.came) < self.size and _EXPECTS.search(head):
                self.send(_GO_ON)
        return len(self.came) >= min(self.size, ENOUGH)


class Visitor(gthread.TConn):
    """A connection of gunicorn's."""

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, Expected(fileno=sock.detach()), client, server)


class PatientWorker(gthread.ThreadWorker):
    """Threads for the requests that have come."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.leaving: deque[Visitor] = deque()  # answered, and to hang up by their `timeout`

    def handle(self, conn: Visitor) -> Any:
        """Handles a request on a connection, in a thread, or has more of it waited for. Raises Dropped."""
        if conn.parser:
            conn.sock.came[:0] = conn.parser.unreader.take_buffered()
        if not conn.sock.take_in():
            if conn.sock.is_late():
                raise Dropped
            return gthread._DEFER
        conn.data_ready = True
        goes_on = super().handle(conn)
        if conn.sock.is_dropped:
            raise Dropped
        conn.sock.ends()
        if goes_on and conn.sock.came:  # the next was sent before this was answered
            conn.parser.unreader.unread(conn.parser.unreader.take_buffered() + conn.sock.came)
            conn.sock.came.clear()
        return goes_on

    def finish_request(self, conn: Visitor, fs: "Future[Any]") -> None:
        """In the one loop of the worker: waits for more of a request, or for the visitor to hang up."""
        result = None if fs.cancelled() or fs.exception() else fs.result()
        if result is gthread._DEFER and (self.alive or conn.sock.came):
            self._wait_for(conn, self.pending_conns, self.on_pending_socket_readable)
        elif result is False or result is gthread._DEFER:
            self._see_off(conn)
        else:
            super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Hangs up on those whose requests are late, on those who do not hang up, and at the end on whoever sent nothing."""
        now = time.monotonic()
        late = [one for one in self.pending_conns if one.sock.is_late() or not (self.alive or one.sock.came)]
        for waiting, gone in ((self.pending_conns, late), (self.leaving, [one for one in self.leaving if one.timeout < now])):
            for conn in gone:
                self._hang_up(conn, waiting)

    def _wait_for(self, conn: Visitor, waiting: "deque[Visitor]", then: Any) -> None:
        conn.sock.setblocking(False)
        waiting.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(then, conn))

    def _see_off(self, conn: Visitor) -> None:
        """Says that nothing more comes, and leaves the visitor time to read it: what they still send would else undo it."""
        conn.timeout = time.monotonic() + LINGER
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.nr_conns -= 1
            conn.close()
            return
        self._wait_for(conn, self.leaving, self._hears_from)

    def _hears_from(self, conn: Visitor, _sock: Any) -> None:
        try:
            if conn.sock.recv(ENOUGH):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._hang_up(conn, self.leaving)

    def _hang_up(self, conn: Visitor, waiting: "deque[Visitor]") -> None:
        waiting.remove(conn)
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()


gthread.TConn = Visitor

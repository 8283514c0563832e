"""How long the web server waits for the words of a visitor.

A thread of gunicorn's reads a request to its end, however slowly it comes: a handful of visitors who send a letter now
and then would hold up all of them. Where a request falls behind, its connection is dropped and the thread is free. A
proxy that takes in whole requests first (DEVELOPERS.md) is still what a force should put before it.
"""

import errno
import socket
import time
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

FIRST = 20.0  # seconds until a request must have come, and as much more as its length takes
LEAST = 20_000  # bytes a second: a phone at the edge of its network sends more


class Expected(socket.socket):
    """The socket of a visitor whose request is awaited no longer than it may take.

    What is read otherwise than a request is (without waiting, or with a time of its own) is as ever.
    """

    until = 0.0

    def begins(self) -> None:
        """A request is awaited from now on."""
        self.until = time.monotonic() + FIRST

    def recv(self, *arguments: Any) -> bytes:
        """As ever. Raises ConnectionResetError, which gunicorn takes for a visitor who has gone, when it is too late."""
        if self.gettimeout() is not None:
            return super().recv(*arguments)
        left = self.until - time.monotonic()
        try:
            self.settimeout(max(left, 0.001))
            read = super().recv(*arguments)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "The request came too slowly.") from None
        finally:
            self.settimeout(None)
        self.until += len(read) / LEAST
        return read


class PatientWorker(ThreadWorker):
    """Threads that wait for a request as long as is fair."""

    def handle(self, conn: TConn) -> Any:
        """Handles a request on a connection, in a thread."""
        if not isinstance(conn.sock, Expected):
            conn.sock = Expected(fileno=conn.sock.detach())
        conn.sock.begins()
        return super().handle(conn)

"""Locks between the commands of one clone. The system frees them when a command dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.say import progress


class Lock:
    """An open lock file, held by nobody yet."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def share(self) -> None:
        """Holds it beside others who share it; waits while somebody holds it alone."""
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def alone(self, *, wait: bool) -> bool:
        """Holds it alone. Without `wait`, returns False at once when somebody else holds it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Gives it up."""
        os.close(self._file)


@contextmanager
def alone(path: Path, waiting: str = "") -> Iterator[None]:
    """One command at a time in here; `waiting` is said when there is a queue."""
    lock = Lock(path)
    try:
        if not lock.alone(wait=False):
            if waiting:
                progress(waiting)
            lock.alone(wait=True)
        yield
    finally:
        lock.close()

"""The clock of the demo force: its two years are recorded through the actions of the pages, each at the time at which it was."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from django.utils import timezone

from lodestar.platform.text import ids


class Clock:
    """A time that is set, and goes on by itself from there. It never shows one after `ends`."""

    def __init__(self, at: datetime, ends: datetime) -> None:
        self.ends = ends
        self.set(at)

    def set(self, at: datetime) -> None:
        """From now on it is `at`."""
        self._at, self._since = at, time.perf_counter_ns()

    def now(self) -> datetime:
        """The time that it shows."""
        return min(self._at + timedelta(microseconds=(time.perf_counter_ns() - self._since) // 1000), self.ends)

    def pass_by(self, minutes: float) -> datetime:
        """Lets some minutes pass; the time then."""
        self.set(self.now() + timedelta(minutes=minutes))
        return self.now()

    def time_ns(self) -> int:
        """The same in nanoseconds since 1970, of which ids are made."""
        return round(self._at.timestamp() * 1_000_000) * 1000 + time.perf_counter_ns() - self._since


@contextmanager
def clock_at(at: datetime, ends: datetime) -> Iterator[Clock]:
    """While this lasts, Django and the ids of rows go by a clock that begins at `at` and stops at `ends`."""
    clock = Clock(at, ends)
    with patch.object(timezone, "now", clock.now), patch.object(ids, "time", SimpleNamespace(time_ns=clock.time_ns)):
        yield clock

"""A plug-in for pytest that collects the tests once and runs them for each broken module in a fork of its own.

Most breaks lie inside a function: the fork exchanges the code of the living functions, and nothing is imported again.
"""

import functools
import gc
import inspect
import json
import os
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import hypothesis
import pytest

from launcher.mutant_plugin import ANSWERS, CALLS, COLLECTED, ORDERS, PATIENCE

BUSY = 120  # seconds of a processor, after which it is taken for one that never ends
BUSY_AT_DOORS = 600  # the tests of a door take two minutes and more
NEVER_ENDED = 124


_called: dict[str, set[str]] = {}


class _Fork(NamedTuple):
    number: int
    process: int
    until: float


def pytest_configure() -> None:
    """The same examples for every mutant; which of them is the shortest does not matter."""
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    hypothesis.settings.register_profile("mutants", phases=phases, database=None, derandomize=True)
    hypothesis.settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """In a fork: breaks the module and lets pytest go on. In the parent: answers `NUMBER CODE` for every order."""
    if ORDERS not in os.environ or session.testsfailed:
        return None
    orders = deque(enumerate(json.loads(Path(os.environ[ORDERS]).read_text())))
    calls, running = json.loads(Path(os.environ[CALLS]).read_text()), list[_Fork]()
    living = _living()
    gc.freeze()  # forks share what they do not touch
    while orders or running:
        while orders and len(running) < (os.cpu_count() or 1):
            number, order = orders.popleft()
            process = os.fork()
            if process == 0:
                os.setsid()
                busy = BUSY_AT_DOORS if order["path"].endswith("/access.py") else BUSY
                resource.setrlimit(resource.RLIMIT_CPU, (busy, busy))
                _exchange(living, order["path"], order["code"])
                session.items[:] = _wanted(session.items, order["function"], calls)
                return None
            running.append(_Fork(number, process, time.monotonic() + PATIENCE))
        for fork, code in list(_ended(running)):
            running.remove(fork)
            os.write(int(os.environ[ANSWERS]), f"{fork.number} {code}\n".encode())
        time.sleep(0.005)
    return True


@functools.cache
def _broken(path: str) -> bool:
    return "/lodestar/" in path and ("/rules/" in path or path.endswith(("/rules.py", "/access.py")))


def _wanted(items: list[pytest.Item], function: str, calls: dict[str, list[str]]) -> list[pytest.Item]:
    """The tests that call the broken function, those that call little else first and those that draw examples last: the
    first failure ends the run. All of them where none does: what it gives is kept, and was asked for once."""

    def turn(item: pytest.Item) -> tuple[bool, int]:
        draws = bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))
        return draws, len(calls.get(item.nodeid, []))

    return sorted([item for item in items if function in calls.get(item.nodeid, [])] or items, key=turn)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Notes what each test calls, for the order of later runs."""
    if not _is_noting():
        return (yield)
    for kept in _keeping():
        kept.cache_clear()  # what an earlier test asked for is asked for again, and so noted
    _note(item.nodeid)
    try:
        return (yield)
    finally:
        sys.setprofile(None)


def pytest_collection_finish() -> None:
    """Ends the note of what is called as modules are read and tests collected: it was asked for once, before any fork."""
    if _is_noting():
        sys.setprofile(None)


def _is_noting() -> bool:
    return CALLS in os.environ and ORDERS not in os.environ


def _note(under: str) -> None:
    called = _called[under] = set[str]()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and _broken(code.co_filename):
            called.add(f"{code.co_filename}:{code.co_qualname}")

    sys.setprofile(note)


if _is_noting():
    _note(COLLECTED)


def pytest_sessionfinish() -> None:
    """Writes down what was noted."""
    if _called:
        Path(os.environ[CALLS]).write_text(json.dumps({test: sorted(called) for test, called in _called.items()}))


def _ended(running: list[_Fork]) -> Iterator[tuple[_Fork, int]]:
    for fork in running:
        if time.monotonic() > fork.until:
            os.killpg(fork.process, signal.SIGKILL)
            os.waitpid(fork.process, 0)
            yield fork, NEVER_ENDED
            continue
        ended, status = os.waitpid(fork.process, os.WNOHANG)
        if ended:
            yield fork, os.waitstatus_to_exitcode(status)


@functools.cache
def _keeping() -> list[Any]:
    """The functions of rules and doors that keep what they gave."""
    kept = [each for each in _living() if not isinstance(each, FunctionType)]
    return [each for each in kept if _broken(each.__wrapped__.__code__.co_filename)]


def _living() -> list[Any]:
    """Our functions, and what our functions keep of earlier calls."""
    kinds = (FunctionType, functools._lru_cache_wrapper)
    return [each for each in gc.get_objects() if isinstance(each, kinds) and _is_ours(each)]


def _is_ours(function: Any) -> bool:
    return str(getattr(function, "__module__", "")).startswith(("lodestar.", "tests."))


def _exchange(living: list[Any], path: str, text: str) -> None:
    """Gives the functions of the module at `path` the code that `text` has for them, and forgets what was kept."""
    new = dict(_functions(compile(text, path, "exec")))
    for each in living:
        if not isinstance(each, FunctionType):
            each.cache_clear()
        elif each.__code__.co_filename == path:
            each.__code__ = new.get(each.__code__.co_qualname, each.__code__)


def _functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """The functions of a module and the methods of its classes, by their qualified names."""
    for each in code.co_consts:
        if isinstance(each, CodeType) and each.co_flags & inspect.CO_OPTIMIZED:
            yield each.co_qualname, each
        elif isinstance(each, CodeType):
            yield from _functions(each)

"""A plug-in for pytest that collects the tests once and runs them for each broken module in a fork of its own.

Most breaks lie inside a function: the fork exchanges the code of the living functions, and nothing is imported again. Of
those that lie outside it exchanges the values.
"""

import functools
import gc
import inspect
import json
import math
import os
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple

import hypothesis
import pytest

from launcher import mutant_values
from launcher.mutant_plugin import ANSWERS, CALLS, COLLECTED, ORDERS, PATIENCE, SURVIVED

# A test that never ends is given up after this much of a processor: so many seconds, and as many times as long as it took
# while it was noted what it calls, which is several times as long as it takes by itself.
BUSY, BUSY_TIMES = 3, 4
NEVER_ENDED = 124


_called: dict[str, set[str]] = {}
_took: dict[str, float] = {}  # seconds, by test


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
    noted, running = json.loads(Path(os.environ[CALLS]).read_text()), list[_Fork]()
    living, taken = _living(), mutant_values.taken_by_name(_is_our_module)
    gc.freeze()  # forks share what they do not touch
    while orders or running:
        while orders and len(running) < (os.cpu_count() or 1):
            number, order = orders.popleft()
            wanted = _wanted(session.items, order, noted, taken)
            if not wanted:
                _answer(number, SURVIVED)
                continue
            process = os.fork()
            if process == 0:
                os.setsid()
                _took.update(noted["took"])
                _break(living, order, taken)
                session.items[:] = wanted
                return None
            running.append(_Fork(number, process, time.monotonic() + PATIENCE))
        for fork, code in list(_ended(running)):
            running.remove(fork)
            _answer(fork.number, code)
        time.sleep(0.005)
    return True


def _answer(number: int, code: int) -> None:
    os.write(int(os.environ[ANSWERS]), f"{number} {code}\n".encode())


@functools.cache
def _broken(path: str) -> bool:
    return "/lodestar/" in path and ("/rules/" in path or "/access/" in path or path.endswith(("/rules.py", "/access.py")))


def _wanted(
    items: list[pytest.Item], order: dict[str, str], noted: dict[str, Any], taken: mutant_values.Taken
) -> list[pytest.Item]:
    """The tests that call the broken function, the quickest first: the first failure ends the run. Where none does it
    survives; what is called as tests are collected is tried again from a cold start. Of what lies in no function those
    that call any of the module, or of one that takes something from it."""
    broken: tuple[str, ...] = (order["function"],)
    if _is_outside(order):
        name = next(each.__name__ for each in sys.modules.values() if getattr(each, "__file__", None) == order["path"])
        files = {order["path"], *(str(one.__file__) for key in taken if key[0] == name for one, _ in taken[key])}
        broken = tuple({each for calls in noted["calls"].values() for each in calls if each.rpartition(":")[0] in files})
    calling = {test for test, calls in noted["calls"].items() if not set(broken).isdisjoint(calls)}

    def turn(item: pytest.Item) -> float:
        return float(noted["took"].get(item.nodeid, 0))

    return sorted([item for item in items if item.nodeid in calling], key=turn)


def _is_outside(order: dict[str, str]) -> bool:
    """Whether what is broken lies in no function."""
    return order["function"].endswith(":")


def _break(living: list[Any], order: dict[str, str], taken: mutant_values.Taken) -> None:
    """In a fork. Ends it at once, as one that survives, where there is nothing to exchange or the module cannot be read."""
    if not _is_outside(order):
        _exchange(living, order["path"], order["code"])
        return
    for each in living:
        if not isinstance(each, FunctionType):
            each.cache_clear()
    try:
        did = mutant_values.exchange(order["path"], order["code"], taken)
    except Exception:  # whatever it is: perhaps only because it was read twice
        did = False
    if not did:
        os._exit(SURVIVED)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Notes what each test calls and how long it takes, for the order of later runs."""
    if not _is_noting():
        if item.nodeid in _took:
            busy = time.process_time() + BUSY + BUSY_TIMES * _took[item.nodeid]
            resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(busy), resource.RLIM_INFINITY))
        return (yield)
    for kept in _keeping():
        kept.cache_clear()  # what an earlier test asked for is asked for again, and so noted
    _note(item.nodeid)
    began = time.monotonic()
    try:
        return (yield)
    finally:
        sys.setprofile(None)
        _took[item.nodeid] = time.monotonic() - began


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
    """Writes down what was noted of the tests: what each calls, and how long it took."""
    if _called:
        noted = {"calls": {test: sorted(called) for test, called in _called.items()}, "took": _took}
        Path(os.environ[CALLS]).write_text(json.dumps(noted))


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
    """Our functions, and what our functions keep of earlier calls; those too that were set apart from what Python looks
    through, which tells of none of them."""
    gc.unfreeze()
    kinds = (FunctionType, functools._lru_cache_wrapper)
    return [each for each in gc.get_objects() if isinstance(each, kinds) and _is_ours(each)]


def _is_our_module(module: ModuleType) -> bool:
    is_python = str(getattr(module, "__file__", "")).endswith(".py")
    return is_python and module.__name__.startswith(("lodestar.", "tests."))


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

"""Starting and stopping other programs, so that none outlives the command that started it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PATIENCE = 10.0  # seconds a program gets to end by itself
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


class Stopped(BaseException):
    """Somebody asked this command to stop; `number` is the signal."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


def _stop(number: int, _frame: object) -> None:
    for each in _STOPPING:
        signal.signal(each, signal.SIG_IGN)  # once is enough: what follows is tidying up
    raise Stopped(number)


def listen() -> None:
    """Takes the stopping signals, also where they were inherited as ignored (a shell does so for `command &`)."""
    for each in _STOPPING:
        signal.signal(each, _stop)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Tidying up that a signal must not cut short."""
    before = {each: signal.signal(each, signal.SIG_IGN) for each in _STOPPING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def clean_environment(**more: str) -> dict[str, str]:
    """This environment without what would send another Python astray, and with `more`."""
    unwanted = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    return {name: value for name, value in os.environ.items() if name not in unwanted} | more


def _with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def start(
    arguments: Sequence[str], environment: Mapping[str, str], *, group: bool = True, folder: Path | None = None, **more: Any
) -> "subprocess.Popen[str]":
    """A program that ends with us. In its own `group` the terminal's Ctrl-C passes it by: stopping it is up to us."""
    return subprocess.Popen(
        arguments,
        env=environment,
        cwd=folder,
        text=True,
        start_new_session=group,
        preexec_fn=_with_parent,  # safe: this process has no threads
        **more,
    )


def finish(process: "subprocess.Popen[str]", *, politely: int = signal.SIGTERM, patience: float = _PATIENCE) -> None:
    """Stops `process` and all that it started: politely, then firmly."""
    for number in (politely, signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(number)
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
    try:
        os.killpg(process.pid, signal.SIGKILL)  # whatever it left behind; only its own group has this number
    except (ProcessLookupError, PermissionError):
        if process.poll() is None:
            process.kill()
    process.wait()


def run(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    given: str | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> tuple[int, str, str]:
    """Runs a program to its end and returns its exit code, its output and its errors. Its output must fit into a pipe where
    something is done `meanwhile`."""
    pipe = subprocess.PIPE
    stdin = subprocess.DEVNULL if given is None else pipe
    process = start(arguments, environment, stdin=stdin, stdout=pipe, stderr=pipe)
    try:
        meanwhile()
        output, errors = process.communicate(given)
    except BaseException:
        finish(process)
        raise
    return process.returncode, output, errors


def run_through(
    arguments: Sequence[str], environment: Mapping[str, str], *, folder: Path | None = None, talks: bool = False
) -> int:
    """Runs a program with our own input and output and returns its exit code.

    On a terminal it stays in our group: it may ask questions, and Ctrl-C reaches it directly. To one that `talks` with
    a person Ctrl-C means to drop a line, not to end.
    """
    terminal = os.isatty(0)
    if terminal and talks:
        signal.signal(signal.SIGINT, lambda _number, _frame: None)
    process = start(arguments, environment, group=not terminal, folder=folder)
    try:
        code = process.wait()
    except Stopped:
        if terminal:
            _wait_quietly(process)
        raise
    finally:
        finish(process, politely=signal.SIGINT)
    return code if code >= 0 else 128 - code


def _wait_quietly(process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)

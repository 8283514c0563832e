"""The web server and the worker of the jobs."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping
from functools import partial

from launcher import database, frontend, keys, manage, packages, processes
from launcher.packages import PYTHON
from launcher.places import SRC
from launcher.say import Trouble, answer, progress
from launcher.words import options

PORT = 8000
_LAST_PORT = 65535
# No visitor is believed who says how they came. A proxy of ours is believed by the application (LODESTAR_BEHIND_PROXY).
GUNICORN = ("-m", "gunicorn", "--config", "python:lodestar.config.server", "--forwarded-allow-ips", "")
_PATIENCE = 60.0  # seconds until the first page
Part = Callable[[], "subprocess.Popen[str]"]  # starts one of the processes that serve
Running = dict[str, "subprocess.Popen[str]"]
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds before a part that ended by itself is started again


class Restart:
    """When a part that may end apart from the others is started again: after a pause, twice as long each time that it ends
    within a minute of its start."""

    def __init__(self) -> None:
        self.pause, self.due = _FIRST_PAUSE / 2, 0.0

    def ended(self) -> float:
        """Called when it ended; the seconds until it is due."""
        now = time.monotonic()
        ran_well = now - self.due > _LONGEST_PAUSE
        self.pause = _FIRST_PAUSE if ran_well else min(2 * self.pause, _LONGEST_PAUSE)
        self.due = now + self.pause
        return self.pause

    def is_due(self) -> bool:
        """Whether the pause is over."""
        return time.monotonic() >= self.due


def serve(words: list[str]) -> int:
    """`./lodestar serve`: the web server alone, until it is told to stop."""
    port = options(words, "serve").get("--port", PORT)
    packages.ensure("base")
    keys.kept()
    with listening(port) as listener, database.in_use() as used:
        manage.refuse_unmigrated(used.addresses)
        frontend.build()
        frontend.gather()
        return attend({"web server": partial(web, used.addresses, listener)}, used.revive, listener)


def work(words: list[str]) -> int:
    """`./lodestar work`: the jobs; with --staff what fulfils requests about staff, as the owner. Until it is told to stop."""
    asked = options(words, "work")
    packages.ensure("base")
    with database.in_use() as used:
        manage.refuse_unmigrated(used.addresses)
        if "--staff" in asked:
            return attend({"staff worker": partial(staff_worker, manage.as_owner(used.addresses))}, used.revive)
        return attend({"worker": partial(worker, used.addresses)}, used.revive)


def listening(port: int) -> socket.socket:
    """A socket on this machine's own address, taken before anything slow is done. Raises Trouble when it is taken."""
    if port > _LAST_PORT:
        raise Trouble(f"There is no port {port}: the last is {_LAST_PORT}.")
    listener = socket.socket(socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
    except OSError as error:
        listener.close()
        advice = f"stop what holds it, or add --port {port + 1}"
        raise Trouble(f"Port {port} is not to be had ({error.strerror}): {advice}.") from None
    return listener


def web(addresses: Mapping[str, str], listener: socket.socket) -> "subprocess.Popen[str]":
    """The production server, on a socket that we hold."""
    return processes.start(
        [
            *(str(PYTHON), *GUNICORN, "--workers", "2", "--threads", "8"),
            *("--bind", f"fd://{listener.fileno()}", "--log-level", "warning", "--graceful-timeout", "5"),
            "lodestar.config.wsgi",
        ],
        manage.environment(addresses),
        folder=SRC,
        pass_fds=[listener.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
    )


def worker(addresses: Mapping[str, str]) -> "subprocess.Popen[str]":
    """The process that does the jobs."""
    return processes.start(
        manage.command("procrastinate", "worker"), manage.environment(addresses), stdin=subprocess.DEVNULL, stdout=sys.stderr
    )


def staff_worker(addresses: Mapping[str, str]) -> "subprocess.Popen[str]":
    """The process that fulfils requests about staff, with the owner's address."""
    return processes.start(
        manage.command("staff_work"), manage.environment(addresses), stdin=subprocess.DEVNULL, stdout=sys.stderr
    )


def demo_filler(addresses: Mapping[str, str], began: float) -> "subprocess.Popen[str]":
    """The process that makes what is left of the demo force, with the owner's address; it ends when all is made. `began` is
    when the command was given, from which it counts the seconds."""
    return processes.start(
        manage.command("fill_demo", "--began", str(began)),
        manage.environment(addresses),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
    )


def attend(
    parts: Mapping[str, Part],
    revive: Callable[[], bool],
    listener: socket.socket | None = None,
    told: str = "",
    apart: Collection[str] = (),
    *,
    ending: Collection[str] = (),
    is_up: Callable[[], None] = lambda: None,
) -> int:
    """Starts the parts, says the address once the first page is served, then waits: for a signal, or for a part to end.

    When `revive` says that the database died and is back, all begin anew. Those named in `apart` end apart: the others go on,
    and it is started again after a pause; one of them that is `ending` is done when it ends well. `is_up` is called once the
    first page is served. Whatever happens, all are stopped. Raises Trouble when another ended by itself.
    """
    running: Running = {}
    restarts = {name: Restart() for name in apart}
    needed = [name for name in parts if name not in restarts]
    try:
        _start({name: parts[name] for name in needed}, running)  # the others follow once there is a page
        if listener is not None:
            _wait_for_page(running, needed, listener.getsockname()[1])
            answer(f"http://localhost:{listener.getsockname()[1]}")
        if told:
            answer(told)
        is_up()
        while True:
            if revive():
                _stop(running)
                _start(parts, running)
            _refuse_ended(running, needed)
            for name in [name for name in restarts if name in ending and name in running and running[name].poll() == 0]:
                processes.finish(running.pop(name))
                del restarts[name]
            for name, restart in restarts.items():
                _keep_up(name, parts[name], restart, running)
            time.sleep(0.2)
    except processes.Stopped:
        progress("Stopping.")
        return 0
    finally:
        _stop(running)


def _start(parts: Mapping[str, Part], running: Running) -> None:
    for name, start in parts.items():
        running[name] = start()  # one by one: what a signal finds started is stopped


def _stop(running: Running) -> None:
    with processes.undisturbed():
        for process in running.values():
            if process.poll() is None:
                process.terminate()
        for process in running.values():
            processes.finish(process)


def _keep_up(name: str, start: Part, restart: Restart, running: Running) -> None:
    """Starts a part again that ended, once its pause is over."""
    process = running.get(name)
    if process is None:
        if restart.is_due():
            running[name] = start()
    elif process.poll() is not None:
        processes.finish(running.pop(name))  # and what it started
        progress(
            f"The {name} ended by itself (exit code {process.returncode}); what it said is above."
            f" It is started again in {restart.ended():.0f} seconds; the pages go on."
        )


def _refuse_ended(running: Running, needed: Collection[str]) -> None:
    for name in needed:
        if running[name].poll() is not None:
            code = running[name].returncode
            raise Trouble(f"The {name} ended by itself (exit code {code}); what it said stands above.")


def _wait_for_page(running: Running, needed: Collection[str], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        _refuse_ended(running, needed)
        status = _status(port)
        if status is not None and status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Trouble(f"The sign-in page fails (status {status}); what the web server said stands above.")
        if status is not None:
            return
        time.sleep(0.1)
    raise Trouble(f"The web server gave no page within {_PATIENCE:.0f} seconds; what it said stands above.")


def _status(port: int) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        host = os.environ.get("LODESTAR_HOSTS", "localhost").split(",")[0].strip()
        connection.request("GET", "/sign-in", headers={"Host": host})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()

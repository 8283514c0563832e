"""Lodestar, served for a browser from a database of the test's own."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from select import select
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections

SRC = Path(__file__).resolve().parents[3] / "src"
PATIENCE = 30.0  # seconds until a server of its own process gives a page


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *_arguments: object) -> None:
        return


class AFew(ThreadedWSGIServer):
    """Serves by a few threads that stay, each with its connection to the database: a thread and a connection for each page
    are most of the work of many pages."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.asked: SimpleQueue[Any] = SimpleQueue()
        self.database = connections["default"].settings_dict | {"CONN_MAX_AGE": None}
        self.workers = [threading.Thread(target=self.work, daemon=True) for _ in range(3)]
        for worker in self.workers:
            worker.start()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.asked.put((request, client_address))

    def work(self) -> None:
        connections["default"].settings_dict = self.database
        for request, address in iter(self.asked.get, None):
            if select([request], [], [], 0.1)[0]:
                self.process_request_thread(request, address)
            else:  # opened ahead by a browser that has nothing to ask yet
                self.asked.put((request, address))
        connections.close_all()

    def server_close(self) -> None:
        super().server_close()
        for _ in self.workers:
            self.asked.put(None)
        for worker in self.workers:
            worker.join()
        while not self.asked.empty():
            self.shutdown_request(self.asked.get()[0])


@contextmanager
def within_this_process() -> Iterator[str]:
    """The address of the application, served by threads of this process: what the test commits, it sees."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
    from lodestar.config.wsgi import application

    server = AFew(("127.0.0.1", 0), Quiet)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def in_its_own_process(**settings: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The address and the process of the production server, for tests that kill it. `settings` go to its environment.

    It serves the database of `DATABASE_URL`, which the fixture `own_database` sets.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        listener.set_inheritable(True)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--config", "python:lodestar.config.server"),
                *("--workers", "1", "--threads", "4"),
                *("--bind", f"fd://{listener.fileno()}", "--log-level", "error", "--graceful-timeout", "1"),
                "lodestar.config.wsgi",
            ],
            cwd=SRC,
            env=os.environ | {"PYTHONPATH": str(SRC)} | settings,
            pass_fds=[listener.fileno()],
        )
        try:
            _wait_for(f"{address}/ring", process)
            yield address, process
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
        except urllib.error.HTTPError:
            return  # any answer is an answer
        except OSError:
            process.poll()
        else:
            return
    raise AssertionError(f"the server of its own process gave no page; exit code {process.poll()}")

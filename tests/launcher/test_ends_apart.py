"""What ends by itself: the worker, after which the pages go on; the web server; the database, after a full disk too. A demo of
another version does not begin."""

import signal
import subprocess
import sys
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from launcher import database, demo, processes, serving
from launcher.say import Trouble


def test_a_demo_made_by_other_migrations_is_refused_and_a_new_one_is_not(tmp_path):
    migration = tmp_path / "lodestar" / "casework" / "cases" / "migrations" / "0002_functions.sql"
    migration.parent.mkdir(parents=True)
    migration.write_text("select 1")
    for _ in range(2):
        demo.refuse_other_migrations(tmp_path, tmp_path)
    (tmp_path / demo.MADE).write_text("of the demo's users")
    demo.refuse_other_migrations(tmp_path, tmp_path)
    migration.write_text("select 2")
    with pytest.raises(Trouble, match="demo --reset"):
        demo.refuse_other_migrations(tmp_path, tmp_path)
    (tmp_path / "migrations.digest").unlink()
    with pytest.raises(Trouble, match="demo --reset"):  # made before digests were kept
        demo.refuse_other_migrations(tmp_path, tmp_path)


def part(code):
    return lambda: processes.start([sys.executable, "-c", code], {}, stdin=subprocess.DEVNULL)


def test_a_worker_that_ends_is_started_again_after_a_pause_and_the_web_server_goes_on(monkeypatch, capfd):
    monkeypatch.setattr(serving, "_FIRST_PAUSE", 0.02)
    started = []

    def worker():
        started.append("worker")
        return part("import sys; sys.exit(3)")()

    def web():
        started.append("web server")
        return part("import time; time.sleep(60)")()

    def look():
        if started.count("worker") == 3:
            raise processes.Stopped(signal.SIGINT)
        return False

    assert serving.attend({"web server": web, "worker": worker}, look, apart=("worker",)) == 0
    assert started.count("web server") == 1
    assert capfd.readouterr().err.count("The worker ended by itself (exit code 3)") == 2


def test_the_end_of_the_web_server_ends_the_command():
    parts = {"web server": part("import sys; sys.exit(4)"), "worker": part("import time; time.sleep(60)")}
    with pytest.raises(Trouble, match=r"The web server ended by itself \(exit code 4\)"):
        serving.attend(parts, lambda: False, apart=("worker",))


def test_the_pause_doubles_while_it_ends_soon_and_is_short_again_after_a_good_run(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(serving.time, "monotonic", lambda: now[0])
    restart, pauses = serving.Restart(), []
    for ran in (100, 1, 1, 1, 1, 1, 1, 59, 100):
        now[0] = max(now[0], restart.due) + ran
        pauses.append(restart.ended())
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 1]


class Cluster:
    """A server that died after it had told of a full disk."""

    def __init__(self, base):
        self.base, self.log, self.number, self.starts = base, "", 1, 0

    def make(self, _password):
        """It is there."""

    def start(self):
        """It runs."""

    def answers(self):
        return self.number is not None

    def process(self):
        return self.number

    def said(self, after=0):
        return self.log[after:]

    def start_again(self):
        self.number, self.log, self.starts = self.starts + 2, "", self.starts + 1


def test_a_database_that_died_after_a_full_disk_is_started_again_once_there_is_room(tmp_path, monkeypatch, capfd):
    free = [database.ROOM]
    monkeypatch.setattr(database.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free[0]))
    monkeypatch.setattr(database, "_door", nullcontext)
    monkeypatch.setattr(database.Server, "_let_the_roles_in", lambda _server: None)
    cluster = Cluster(tmp_path)
    server = database.Server(cluster, "lodestar")
    server.ready()
    assert not server.revive()
    cluster.number, cluster.log = None, "PANIC: could not write: No space left on device"
    assert server.revive(), "there is room again"
    free[0] -= 1
    cluster.number = None
    assert server.revive(), "the new log tells of no full disk"
    cluster.number, cluster.log = None, "FATAL: No space left on device"
    assert [server.revive() for _ in range(3)] == [False] * 3
    assert capfd.readouterr().err.count("the disk is full") == 1
    with pytest.raises(Trouble):
        server.refuse_full_disk()
    free[0] += 1
    assert server.revive()
    assert cluster.starts == 3

"""The drill of a production, whose server an administrator runs: it is lost, and its rows come back from the administrator's own
log to a moment between two writes, or from the newest dump.

What Lodestar does about it are the `sh` blocks of docs/runbooks/restore.md. What the administrator does is written here, with the
programs that come with PostgreSQL.
"""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from launcher import binaries, places, roles
from launcher.cluster import BOOTSTRAP, Cluster
from launcher.database import NAME, Server
from lodestar.platform.files.filestore import FileStore
from tests.launcher.test_drill import COUNTED, Machine, blocks, kept

__all__ = ["kept"]

SLOWEST = 60.0  # seconds for the log to be gone through
HANDS_OVER = 'archive_mode = on\narchive_command = \'test ! -d ../spool || cp "%p" "../spool/%f"\'\n'


def give(cluster: Cluster, *tops: Path) -> None:
    """Hands files and folders, with all that is in them, over to the server's user."""
    for top in tops if cluster._user else ():
        for path in (top, *top.rglob("*")):
            shutil.chown(path, cluster._user, cluster._user)


class Administrator:
    """Makes servers, each in a folder of its own that the server's user may enter, and keeps their files and their log."""

    def __init__(self, home: Path) -> None:
        self.home, self.servers = home, 0

    def server(self) -> Server:
        """A server without files, and without a database."""
        self.servers += 1
        base = self.home / str(self.servers)
        base.mkdir(mode=0o711)
        return Server(Cluster(base, binaries.programs(places.database_folder())), NAME)

    def keep_log(self, server: Server) -> None:
        """From here on the server hands over its log."""
        log = server.cluster.base / "spool"
        log.mkdir(mode=0o700)
        give(server.cluster, log)

    def keep_files(self, server: Server, to: Path) -> None:
        """A copy of the server's files, as they are while it runs."""
        words = ["-D", str(to), "-X", "none", "-c", "fast", "-d", server.url(BOOTSTRAP, "postgres")]
        subprocess.run([server.cluster.program("pg_basebackup"), *words], check=True)

    def lose(self, server: Server, to: Path) -> None:
        """The log is handed over to its end, and nothing else is left."""
        server.sql("postgres", "select pg_switch_wal()")
        server.cluster.stop()  # not before its log is handed over
        shutil.copytree(server.cluster.base / "spool", to / "log")
        shutil.copy2(server.cluster.base / "passwords.json", to)
        server.cluster.remove()

    def bring_back(self, files: Path, moment: str) -> Server:
        """Another server, with those files and that log as of a moment."""
        server = self.server()
        base = server.cluster.base
        shutil.copy2(files / "passwords.json", base)
        server = Server(server.cluster, NAME)  # it knows those passwords
        shutil.copytree(files / "data", base / "data")
        (base / "data" / "recovery.signal").touch()
        with open(base / "data" / "postgresql.conf", "a") as settings:
            settings.write(
                f'restore_command = \'cp "{files / "log"}/%f" "%p"\'\n'
                f"recovery_target_time = '{moment}'\nrecovery_target_action = promote\n"
            )
        give(server.cluster, base / "data", files / "log")
        server.cluster.start()
        until = time.monotonic() + SLOWEST
        while server.sql("postgres", "select pg_is_in_recovery()").strip() != "f":
            assert time.monotonic() < until, server.cluster.said()
        return server


@pytest.fixture
def administrator() -> Iterator[Administrator]:
    home = Path(tempfile.mkdtemp(prefix="outside-", dir=places.database_folder()))
    home.chmod(0o711)
    made = Administrator(home)
    servers: list[Server] = []
    make: Callable[[], Server] = made.server

    def remembered() -> Server:
        servers.append(make())
        return servers[-1]

    made.server = remembered  # type: ignore[method-assign]  # what is made is removed
    yield made
    for server in servers:
        if server.cluster.base.exists():
            server.cluster.remove()
    shutil.rmtree(home)


def counted(server: Server, database: str = NAME) -> list[int]:
    """Cases, people, entries of the log, as the application sees them."""
    with psycopg.connect(server.url(roles.APP, database)) as app:
        app.execute("select set_config('lodestar.tenant', 'lincolnshire', true)")
        return list(app.execute(COUNTED).fetchone())


@pytest.mark.long
def test_a_production_comes_back_at_a_moment_or_as_of_the_night(tmp_path, kept, administrator):
    production = kept | {"LODESTAR_ENV": "production", "LODESTAR_HOSTS": "lodestar.test"}
    files = administrator.home / "kept"
    files.mkdir(mode=0o711)

    theirs = administrator.server()
    theirs.ready()
    with open(theirs.cluster.data / "postgresql.conf", "a") as settings:
        settings.write(HANDS_OVER)
    theirs.cluster.stop()
    theirs.cluster.start_again()
    first = Machine(tmp_path / "first", tmp_path / "var1", **production, **theirs.addresses())
    first.with_keys("./lodestar migrate --verbosity 0")
    first.with_keys("./lodestar admin create robin --force lincolnshire --role frontline")
    first.report(1, "Thu Hà Nguyễn")
    (night,) = blocks("Every night")
    assert "read back and whole" in first.sh(night)
    at_night = counted(theirs)
    administrator.keep_log(theirs)
    administrator.keep_files(theirs, files / "data")

    first.report(2, "Ion Popescu")
    file_keys = re.search(r"LODESTAR_FILE_KEYS=(\S+)", Path(kept["KEYS"]).read_text())[1]
    address = FileStore(tmp_path / "var1" / "files", file_keys).put("lincolnshire", b"a letter")
    before, moment = counted(theirs), datetime.now(UTC).isoformat()
    first.report(3, "Wrongly Written")
    (minute,) = blocks("Every minute")
    assert "is noted" in first.sh(minute)
    shutil.copytree(tmp_path / "var1" / "files", tmp_path / "var2" / "files")  # the administrator's copy of the file store
    shutil.rmtree(tmp_path / "first")
    shutil.rmtree(tmp_path / "var1")
    administrator.lose(theirs, files)

    of_a_dump, of_a_moment = blocks("An outside server")
    again = administrator.bring_back(files, moment)
    second = Machine(tmp_path / "second", tmp_path / "var2", **production, **again.addresses())
    assert "The wall between forces holds" in second.sh(of_a_moment)
    cases, people, events = counted(again)
    assert [cases, people, events - 1] == before  # the log has one line more: that it was restored
    assert FileStore(tmp_path / "var2" / "files", file_keys).get("lincolnshire", address) == b"a letter"

    empty = Server(again.cluster, "of_the_night")
    empty._let_the_roles_in()  # as `./lodestar db roles` says
    third = Machine(tmp_path / "third", tmp_path / "var3", **production, **empty.addresses())
    assert "The wall between forces holds" in third.sh(of_a_dump)
    cases, people, events = counted(empty, "of_the_night")
    assert [cases, people, events - 1] == at_night

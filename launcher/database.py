"""The database that commands use: the embedded one, shared by all commands of a clone, or the one of DATABASE_URL."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from launcher import binaries, places, processes, roles
from launcher.cluster import BOOTSTRAP, Cluster, new_password
from launcher.locks import Lock, alone
from launcher.say import DISK_FULL, Trouble, blame, progress, tells_of_a_full_disk

NAME = "lodestar"
TEST_NAME = "lodestar_test"
ROOM = 32 << 20  # bytes: two files of the server's log of changes, without which it does nothing


class Server:
    """A cluster with its passwords and with `database` in it."""

    def __init__(self, cluster: Cluster, database: str):
        self.cluster, self.database = cluster, database
        self._passwords = passwords(cluster.base / "passwords.json")
        self._seen: int | None = None  # the server's process
        self._heard = 0  # bytes of its log
        self._waits = False  # for room on its disk

    def ready(self) -> None:
        """Makes and starts what is not there yet. Raises Trouble."""
        self.cluster.make(self._passwords[BOOTSTRAP])
        self.cluster.start()
        self._seen, self._heard = self.cluster.process(), len(self.cluster.said().encode())
        self._let_the_roles_in()

    def url(self, role: str, database: str = "") -> str:
        """The libpq address of the database for `role`."""
        socket = quote(str(self.cluster.socket), safe="")
        return f"postgresql://{role}:{self._passwords[role]}@/{database or self.database}?host={socket}"

    def addresses(self) -> dict[str, str]:
        """The variables that tell Django where the database is."""
        return {"DATABASE_URL": self.url(roles.APP), "LODESTAR_OWNER_URL": self.url(roles.OWNER)}

    def revive(self) -> bool:
        """Whether the server died since it was looked at last; it runs again then. While there is no room on its disk it is not
        started, or it would die of it again and again: what serves pages says meanwhile whom to ring. Raises Trouble.

        Commands that share it see it die together: the first starts it, the others find another process.
        """
        if self.cluster.process() == self._seen:
            return False
        if self._lacks_room():
            if not self._waits:
                progress("The database ended because the disk is full. Free some space: it is started again by itself.")
            self._waits = True
            return False
        with _door():
            if not self.cluster.answers():
                progress("The database ended by itself: starting it again.")
                self.cluster.start_again()
        self._seen, self._heard, self._waits = self.cluster.process(), len(self.cluster.said().encode()), False
        return True

    def _lacks_room(self) -> bool:
        """Whether it has told of a full disk since it was ready, and there is no room still."""
        is_told = tells_of_a_full_disk(self.cluster.said(self._heard))
        return is_told and shutil.disk_usage(self.cluster.base).free < ROOM

    def refuse_full_disk(self) -> None:
        """Raises Trouble when a full disk keeps the server from its work: what others see of it says less."""
        if self._lacks_room():
            raise Trouble(DISK_FULL)

    def _let_the_roles_in(self) -> None:
        instance_sql, schema_sql = roles.role_sql(self.database, self._passwords), roles.schema_sql()
        stamp = self.cluster.base / "roles.stamp"
        digest = hashlib.sha256((instance_sql + schema_sql).encode()).hexdigest()
        if stamp.exists() and stamp.read_text() == digest:
            return
        if self.database not in self.sql("postgres", "select datname from pg_database").split():
            self.sql("postgres", f"create database {self.database}")
        self.sql("postgres", instance_sql)
        self.sql(self.database, schema_sql)
        stamp.write_text(digest)

    def sql(self, database: str, text: str) -> str:
        """Runs `text` as the bootstrap role. Raises Trouble."""
        psql = [self.cluster.program("psql"), "-XqAtw", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        code, output, errors = processes.run(psql, self._client(BOOTSTRAP, database), given=text)
        if code:
            raise blame(errors, "The database refused to be set up")
        return output.strip()

    def shell(self, role: str) -> int:
        """Runs psql for a person, as `role`; returns its exit code."""
        return processes.run_through([self.cluster.program("psql"), "-w"], self._client(role, self.database), talks=True)

    def _client(self, role: str, database: str) -> dict[str, str]:
        return processes.clean_environment(
            PGHOST=str(self.cluster.socket), PGUSER=role, PGPASSWORD=self._passwords[role], PGDATABASE=database
        )


def passwords(kept: Path) -> dict[str, str]:
    """The random passwords of the roles, made once and kept beside the cluster for this user's eyes only."""
    names = (BOOTSTRAP, *roles.LOGINS)
    found: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
    if not set(names) <= found.keys():
        found = {name: new_password() for name in names} | found
        places.write_private(kept, json.dumps(found, indent=1))
    return found


def _shared() -> Server:
    base = places.database_folder()
    return Server(Cluster(base, binaries.programs(base)), NAME)


class InUse(NamedTuple):
    """The variables that point Django at the database, and what tells whether it died and was started again."""

    addresses: Mapping[str, str]
    revive: Callable[[], bool]


@contextmanager
def in_use() -> Iterator[InUse]:
    """The database, which answers for as long as this is open. The one of DATABASE_URL is its owner's care. Raises Trouble."""
    if os.environ.get("DATABASE_URL"):
        yield InUse({}, lambda: False)
        return
    with embedded() as server:
        yield InUse(server.addresses(), server.revive)


@contextmanager
def embedded() -> Iterator[Server]:
    """The server that the commands of one clone share: the first to come starts it, the last to go stops it."""
    places.VAR.mkdir(exist_ok=True)
    users = Lock(places.VAR / "database.in-use")
    server = None
    try:
        with _door():
            users.share()
            server = _shared()
            server.ready()
        yield server
    except Trouble:
        if server is not None:
            server.refuse_full_disk()
        raise
    finally:
        with processes.undisturbed(), _door():
            if users.alone(wait=False) and server is not None:
                server.cluster.stop()
            users.close()


def remove() -> None:
    """Removes the embedded database and all that is in it. Raises Trouble when another command uses it."""
    places.VAR.mkdir(exist_ok=True)
    users = Lock(places.VAR / "database.in-use")
    with _door():
        if not users.alone(wait=False) or _tests_run():
            raise Trouble("Another lodestar command uses the database: stop it first.")
        _shared().cluster.remove()
        users.close()


def _tests_run() -> bool:
    """Whether a run of the tests has its database beside the one that commands share."""
    locks = [Lock(base / "in-use") for base in (places.database_folder() / "tests").glob("run-*")]
    free = [lock.alone(wait=False) for lock in locks]
    for lock in locks:
        lock.close()
    return not all(free)


def _door() -> AbstractContextManager[None]:
    return alone(places.VAR / "database.lock", "Waiting for another command to start or stop the database.")


@contextmanager
def thrown_away(programs: Path | None = None) -> Iterator[Server]:
    """A server for one run of the tests, of `programs` or the embedded ones; removed afterwards.

    What a killed run left is removed first.
    """
    home = places.database_folder()
    folder = home / "tests"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)  # the server's user has to pass through
    with alone(folder / "lock"):
        _sweep(folder, home)
        base = Path(tempfile.mkdtemp(prefix="run-", dir=folder))
        base.chmod(0o711)
        used = Lock(base / "in-use")
        used.alone(wait=True)
    clients = binaries.programs(home)
    cluster = Cluster(base, programs or clients, clients=clients, throw_away=True)
    try:
        server = Server(cluster, TEST_NAME)
        server.ready()
        yield server
    finally:
        with processes.undisturbed():
            cluster.remove()
            used.close()


def _sweep(folder: Path, home: Path) -> None:
    for base in folder.glob("run-*"):
        lock = Lock(base / "in-use")
        if lock.alone(wait=False):
            Cluster(base, binaries.programs(home), throw_away=True).remove()
        lock.close()

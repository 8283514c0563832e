"""One PostgreSQL server of our own: made, started, stopped. It listens on a private Unix socket and nowhere else.

As root it runs as a user without a name, and is made by `nobody`, because initdb wants a name and the server must not
share a user with anybody. As an ordinary user it simply runs as that user.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from launcher.places import is_root, private, socket_folder
from launcher.say import Trouble, blame, progress

BOOTSTRAP = "lodestar_bootstrap"  # a superuser, who sees through the wall: it makes the other roles and no more
_NAMELESS = 59543  # the user of root's server
_PATIENCE = 30.0  # seconds for the server to come or go
_CLIENTS = ("psql", "pg_isready")
_SOCKET = ".s.PGSQL.5432"
_BARE = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
# The last three: a demo force of 100,000 people is one transaction of some gigabytes. With a log of one gigabyte at most the
# server spent a third of that time on checkpoints and on writing each changed page whole.
_SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
max_wal_size = 4GB
wal_compression = on
checkpoint_timeout = 15min
"""
_THROW_AWAY = (
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off", "autovacuum=off"),
    *("wal_level=minimal", "max_wal_senders=0"),
)


class Cluster:
    """A server whose files lie in `base`, run from the folder `programs`. One that is thrown away skips its syncs.

    `clients` is the folder of psql and pg_isready, where that is another.
    """

    def __init__(self, base: Path, programs: Path, *, clients: Path | None = None, throw_away: bool = False):
        self.base, self.programs, self.clients, self.throw_away = base, programs, clients or programs, throw_away
        self.data = base / "data"
        self.socket = socket_folder(base)
        self._log = base / "postgres.log"
        self._child: subprocess.Popen[bytes] | None = None
        self._user = _NAMELESS if is_root() else None

    def program(self, name: str) -> str:
        """The path of one of PostgreSQL's programs."""
        return str((self.clients if name in _CLIENTS else self.programs) / name)

    def answers(self) -> bool:
        """Whether the server takes connections."""
        asked = [self.program("pg_isready"), "-q", "-t", "2", "-h", str(self.socket)]
        return subprocess.run(asked, env=_BARE, check=False).returncode == 0

    def make(self, password: str) -> None:
        """Makes the database files, unless they are there. Raises Trouble."""
        if (self.data / "PG_VERSION").exists():
            self._refuse_other_version()
            return
        progress("Making the database's files.")
        maker = _maker()
        new, init = self.base / "data.new", self.base / "init"
        for folder in (self.data, new, init):
            shutil.rmtree(folder, ignore_errors=True)
        for folder in (new, init):
            folder.mkdir(mode=0o700)
            _give(folder, maker)
        secret = init / "password"
        secret.touch(mode=0o600)
        secret.write_text(password)
        _give(secret, maker)
        try:
            self._initdb(new, secret, maker)
        finally:
            shutil.rmtree(init)
        with open(new / "postgresql.conf", "a") as settings:
            settings.write(_SETTINGS)
        for path in (new, *new.rglob("*")):
            _give(path, self._user)
        new.rename(self.data)

    def _initdb(self, data: Path, secret: Path, maker: int | None) -> None:
        done = subprocess.run(
            [
                *(self.program("initdb"), "-D", str(data), "-U", BOOTSTRAP, "--auth=scram-sha-256"),
                *(f"--pwfile={secret}", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
                *("--data-checksums", *(["--no-sync"] if self.throw_away else [])),
            ],
            **_as(maker),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise blame(done.stdout, "The database's files could not be made")

    def _refuse_other_version(self) -> None:
        mine = (self.data / "PG_VERSION").read_text().strip()
        asked = [self.program("postgres"), "--version"]
        said = subprocess.run(asked, env=_BARE, capture_output=True, text=True, check=True).stdout
        if said.split()[2].split(".")[0] != mine:
            raise Trouble(
                f"{self.data} was made by PostgreSQL {mine}: dump it with that version, or run ./lodestar demo --reset."
            )

    def start_again(self) -> None:
        """Starts a server that died under us. Raises Trouble."""
        self._child = None
        self.start()

    def start(self) -> None:
        """Starts the server unless it runs, and returns when it answers. Raises Trouble."""
        self._make_socket_folder()
        until = time.monotonic() + _PATIENCE
        while not self.answers():
            if time.monotonic() > until:
                raise self._silent()
            if self.process() is None:
                self._launch()
            self._wait_a_little()

    def _make_socket_folder(self) -> None:
        if not is_root():
            private(self.socket)
            return
        if self.socket.parent == self.base:
            self.socket.mkdir(mode=0o700, exist_ok=True)
        elif not self.socket.exists():
            self.socket.mkdir(mode=0o700)
        if self.socket.is_symlink() or self.socket.lstat().st_uid not in (0, _NAMELESS):
            raise Trouble(f"{self.socket} belongs to somebody else: remove it.")
        _give(self.socket, _NAMELESS)

    def _launch(self) -> None:
        """Starts a process. No server of ours runs, so a pid file that is there tells of one that died."""
        if self._child is not None and self._child.poll() is not None:
            self._refuse_hopeless()
        for left in (self.data / "postmaster.pid", self.socket / _SOCKET, self.socket / f"{_SOCKET}.lock"):
            left.unlink(missing_ok=True)
        options = [part for setting in _THROW_AWAY if self.throw_away for part in ("-c", setting)]
        with open(os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as log:
            self._child = subprocess.Popen(
                [self.program("postgres"), "-D", str(self.data), "-k", str(self.socket), *options],
                **_as(self._user),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _refuse_hopeless(self) -> None:
        """Processes that a killed server left may hold its memory for a moment; any other failure stays one."""
        log = self.said()
        if "shared memory block" not in log and "lock file" not in log:
            raise blame(log, f"PostgreSQL does not start ({self._log})")

    def _wait_a_little(self) -> None:
        until = time.monotonic() + 0.5
        while time.monotonic() < until and (self._child is None or self._child.poll() is None):
            time.sleep(0.05)
            if (self.socket / _SOCKET).exists():
                return

    def _silent(self) -> Trouble:
        process = self.process()
        if process is None:
            return Trouble(f"PostgreSQL does not start: {self._log} says why.")
        return Trouble(f"PostgreSQL (process {process}) does not answer: kill -9 {process}, then try again.")

    def said(self, after: int = 0) -> str:
        """What the server has logged since it was started, or since its log held `after` bytes."""
        log = self._log.read_bytes() if self._log.exists() else b""
        return log[after if after <= len(log) else 0 :].decode(errors="replace")

    def process(self) -> int | None:
        """The number of the server's process, or None when none of ours runs."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return self._child.pid if self._child is not None and self._child.poll() is None else None
        if self._child is not None:
            self._child.poll()
        return number if os.fsencode(self.data) in _command_of(number) else None

    def stop(self) -> None:
        """Stops the server, if it runs."""
        polite = signal.SIGQUIT if self.throw_away else signal.SIGINT
        for number, patience in ((polite, _PATIENCE), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            process = self.process()
            if process is None:
                return
            os.kill(process, number)
            until = time.monotonic() + patience
            while self.process() == process and time.monotonic() < until:
                time.sleep(0.02)

    def remove(self) -> None:
        """Stops it and removes all its files."""
        self.stop()
        shutil.rmtree(self.socket, ignore_errors=True)
        shutil.rmtree(self.base)


def new_password() -> str:
    """A password for a database role."""
    return secrets.token_hex(24)


def _maker() -> int | None:
    """Who makes the files. Raises Trouble for a user without a name, whom initdb refuses."""
    try:
        if is_root():
            return pwd.getpwnam("nobody").pw_uid
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Trouble(
            f"User {os.geteuid()} has no name on this system, and PostgreSQL wants one: "
            "run as an ordinary user, or set DATABASE_URL."
        ) from None
    return None


def _give(path: Path, user: int | None) -> None:
    if user is None:
        return
    try:
        os.lchown(path, user, user)
    except OSError as error:
        raise Trouble(
            f"Root cannot act for other users here ({error.strerror}): run as an ordinary user, or set DATABASE_URL."
        ) from None


def _as(user: int | None) -> dict[str, Any]:
    """How a program is started bare, for itself, and, when `user` is given, as that user and nobody else."""
    bare: dict[str, Any] = {"cwd": "/", "env": _BARE, "umask": 0o077, "start_new_session": True}
    return bare if user is None else bare | {"user": user, "group": user, "extra_groups": []}


def _command_of(process: int) -> bytes:
    """The command line of a process; empty for one that is gone or waits to be reaped."""
    if os.path.isdir("/proc/self"):
        try:
            return Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            return b""
    return subprocess.run(["ps", "-p", str(process), "-o", "args="], capture_output=True, check=False).stdout

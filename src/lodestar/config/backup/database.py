"""What PostgreSQL's own programs write for a backup, as streams; and what the database says of itself."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from lodestar.config.backup.folder import READ, Fault

FULL = "No space left on device"
TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1
"""


class Programs:
    """PostgreSQL's programs in a folder (of the embedded server, or the one that LODESTAR_PG_PROGRAMS names)."""

    def __init__(self, folder: str, address: str) -> None:
        self.folder, self.address = Path(folder), address

    def _environment(self) -> dict[str, str]:
        """The password goes by the environment: a command line is read by everybody on the machine."""
        parts = conninfo_to_dict(self.address)
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
        names |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
        variables = {names[key]: str(value) for key, value in parts.items() if key in names and value}
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC", **variables}

    @property
    def database(self) -> str:
        """The name of the database."""
        return str(conninfo_to_dict(self.address).get("dbname", ""))

    def output(self, name: str, *arguments: str) -> Iterator[bytes]:
        """What a program writes, as it writes it. Raises Fault when it fails."""
        with self._running([name, "-w", *arguments], stdin=subprocess.DEVNULL) as process:
            while some := process.stdout.read(READ):  # type: ignore[union-attr]  # it is a pipe, as asked
                yield some

    def given(self, name: str, *arguments: str, plain: Iterator[bytes]) -> None:
        """Runs a program on what `plain` gives. Raises Fault when it fails, and what `plain` raises."""
        with self._running([name, "-w", *arguments], stdin=subprocess.PIPE) as process:
            for some in plain:
                process.stdin.write(some)  # type: ignore[union-attr]  # it is a pipe, as asked

    @contextmanager
    def _running(self, words: list[str], *, stdin: int) -> "Iterator[subprocess.Popen[bytes]]":
        """A program, which is waited for. Raises Fault when it fails; what goes wrong here ends it."""
        with TemporaryFile() as error_output:
            process = subprocess.Popen(
                [str(self.folder / words[0]), *words[1:]],
                env=self._environment(), stdin=stdin, stdout=subprocess.PIPE, stderr=error_output,
            )  # fmt: skip
            try:
                yield process
            except BrokenPipeError:
                pass  # it ended early, and its code says why
            except BaseException:
                process.kill()  # before it takes half of it for all
                raise
            finally:
                for pipe in (process.stdin, process.stdout):
                    if pipe is not None:
                        with suppress(BrokenPipeError):
                            pipe.close()
                code = process.wait()
            if code:
                error_output.seek(0)
                raise _blamed(words[0], error_output.read().decode(errors="replace"))


def _blamed(name: str, error_output: str) -> Fault:
    if FULL in error_output:
        return Fault("The disk is full: free some space and run the same command again.")
    lines = [line.strip() for line in error_output.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()] or lines
    return Fault(f"{name} failed: {errors[0] if errors else 'it did not say why'}")


def counts(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    """How many rows each table holds, as one who sees all tenants."""
    row_counts = {}
    for (table,) in connection.execute(TABLES).fetchall():
        query = sql.SQL("select count(*) from {}").format(sql.Identifier(table))
        row = connection.execute(query).fetchone()
        row_counts[table] = int(row[0]) if row else 0
    return row_counts


def migrations(connection: "psycopg.Connection[Any]") -> list[str]:
    """The migrations that were done, as app.name."""
    query = "select app || '.' || name from django_migrations order by 1"
    return [name for (name,) in connection.execute(query).fetchall()]

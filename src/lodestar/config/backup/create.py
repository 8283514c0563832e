"""A backup is taken: what it says of itself, the rows as of one moment, the files they name; and read back before it counts."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

import lodestar
from lodestar.config.backup import database, erased
from lodestar.config.backup.database import Programs
from lodestar.config.backup.folder import BUSY, DUMP, FORMAT, ITSELF, Fault, Folder, Manifest, Member, key_checks
from lodestar.platform.files.whole_file import PART

STORES = ("files", "guidance")  # below LODESTAR_VAR


@dataclass(frozen=True)
class Source:
    """What is backed up: the address of one who sees all rows, PostgreSQL's programs, the stored files."""

    address: str
    programs: str
    var: Path

    def connected(self) -> "psycopg.Connection[Any]":
        """A connection that commits each statement. Raises Fault."""
        try:
            return psycopg.connect(self.address, autocommit=True, connect_timeout=10, options="-c timezone=UTC")
        except psycopg.OperationalError as error:
            raise Fault(f"The database does not answer: {str(error).splitlines()[0]}", BUSY) from None


def note_erased(source: Source, folder: Folder) -> None:
    """Adds who was let go since the last time. Raises Fault."""
    with folder.locked(), source.connected() as server:
        if not folder.names():
            raise Fault(f"No backup of this database is in {folder.path} yet: run it once without --log.")
        erased.write(server, folder)


def take(source: Source, folder: Folder, *, keep: int) -> tuple[Manifest, int]:
    """Takes a backup, reads it back, and only then removes all but the newest `keep` (0: none); what it says of itself, and
    how many stored files it has. Raises Fault, OSError."""
    with folder.locked(), source.connected() as server:
        now, names = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"), folder.names()
        name = next(each for each in [now, *(f"{now}-{n}" for n in range(2, 100))] if each not in names)
        with server.transaction():
            server.execute("set transaction isolation level repeatable read, read only")
            row = server.execute("select pg_export_snapshot(), clock_timestamp()").fetchone()
            snapshot, at = row or ("", datetime.now(UTC))
            manifest: Manifest = {
                "format": FORMAT, "name": name, "lodestar": lodestar.__version__, "at": at.isoformat(), "keys": key_checks(),
                "counts": database.counts(server), "migrations": database.migrations(server),
            }  # fmt: skip
            erased.write(server, folder)
            dump = Programs(source.programs, source.address).output(
                "pg_dump", "-Fc", "-n", "public", "--no-comments", "--enable-row-security", f"--snapshot={snapshot}"
            )
            folder.write(folder.backup(name), name, _members(manifest, dump, source.var))
        files = check(folder, name)
        for old in folder.names()[:-keep] if keep else ():
            folder.backup(old).unlink()
    return manifest, files


def check(folder: Folder, name: str) -> int:
    """Reads a backup back whole; how many stored files it has. Raises Fault."""
    _, following = folder.opened(name)
    return sum(member != DUMP for member, _ in following)


def _members(manifest: Manifest, dump: Iterator[bytes], var: Path) -> Iterator[Member]:
    """The files after the rows: what those name is there."""
    yield ITSELF, json.dumps(manifest).encode()
    for piece in dump:
        yield DUMP, piece
    for place, path in _stored_files(var):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue  # erased while we looked
        yield place, content


def _stored_files(var: Path) -> Iterator[tuple[str, Path]]:
    for store in STORES:
        for folder, inside, names in os.walk(var / store):
            inside.sort()
            for name in sorted(names):
                path = Path(folder, name)
                if not name.endswith(PART) and path.is_file() and not path.is_symlink():
                    yield path.relative_to(var).as_posix(), path

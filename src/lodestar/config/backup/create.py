"""A backup is taken: the database first, then the files it names, then the manifest; and read back before it counts."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

import lodestar
from lodestar.config.backup import database, erased, log, stored_files
from lodestar.config.backup.database import Programs
from lodestar.config.backup.folder import BUSY, FORMAT, MANIFEST, Fault, Folder, key_checks
from lodestar.platform.files.sealed_stream import packed


@dataclass(frozen=True)
class Source:
    """What is backed up: the address of one who sees all rows, PostgreSQL's programs, the stored files, and the spool of
    the log where the server is the embedded one."""

    address: str
    programs: str
    var: Path
    spool: log.Spool | None

    def connected(self) -> "psycopg.Connection[Any]":
        """A connection that commits each statement. Raises Fault."""
        try:
            return psycopg.connect(self.address, autocommit=True, connect_timeout=10, options="-c timezone=UTC")
        except psycopg.OperationalError as error:
            raise Fault(f"The database does not answer: {str(error).splitlines()[0]}", BUSY) from None


def ship_log(source: Source, folder: Folder) -> tuple[datetime | None, int]:
    """The log since the last time, and the files that came since: until when it reaches, how many files. Of an outside server
    the files alone, and no time: its log is kept by whoever runs it. Raises Fault."""
    with folder.locked(), source.connected() as server:
        chain = source.spool.chain(folder) if source.spool else ""
        if not (chain if source.spool else folder.names()):
            raise Fault(f"No backup of this database is in {folder.path} yet: run it once without --log.")
        until = log.ship(server, source.spool, folder, chain) if source.spool else None
        files = stored_files.copy_new(source.var, folder)  # after the log: what it names is there
        erased.write(server, folder)
    return until, files


def take(source: Source, folder: Folder, *, as_dump: bool, keep: int) -> tuple[dict[str, Any], int]:
    """Takes a backup, verifies it, and only then removes all but the newest `keep` (0: none); its manifest, and how many stored
    files it has. Raises Fault, OSError."""
    with folder.locked(), source.connected() as server:
        now, taken = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"), set(folder.names())
        name = next(each for each in [now, *(f"{now}-{n}" for n in range(2, 100))] if each not in taken)
        part = folder.path / f"{name}.part"
        part.mkdir(mode=0o700)
        try:
            is_base = source.spool is not None and not as_dump
            manifest = _base(source, folder, name, server) if is_base else _dump(source, folder, name, server)
            _files(source, folder, name, manifest)
            erased.write(server, folder)
            folder.write_json(part / MANIFEST, f"{name}/manifest", manifest)
            os.replace(part, folder.path / name)
            _sync(folder.path)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        files = check(folder, name)
        if keep:
            _prune(folder, source.var, keep)
    return manifest, files


def check(folder: Folder, name: str) -> int:
    """Reads a backup back whole: each part, each piece of the log it needs, each stored file; how many of these. Raises Fault."""
    manifest = folder.manifest(name)
    folder.refuse_changed(name, manifest)
    for part in manifest["parts"]:
        for _ in folder.read(folder.part(name, part), f"{name}/{part.removesuffix('.sealed')}"):
            pass
    if manifest["kind"] == "base":
        _, last = log.reach(folder, manifest["chain"])
        for segment in log.names_from(folder, manifest["chain"], manifest["segment"], last, manifest["segment_size"]):
            for _ in log.read(folder, manifest["chain"], segment):
                pass
    return stored_files.refuse_changed(folder, name)


def ended(manifest: dict[str, Any]) -> datetime:
    """From when on a backup can be restored to."""
    return datetime.fromisoformat(manifest["ended_at"])


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _about(server: "psycopg.Connection[Any]", name: str, kind: str) -> dict[str, Any]:
    return {
        "format": FORMAT, "name": name, "kind": kind, "lodestar": lodestar.__version__, "started_at": _now(server),
        "postgresql": database.version(server), "keys": key_checks(), "parts": {},
    }  # fmt: skip


def _now(server: "psycopg.Connection[Any]") -> str:
    row = server.execute("select clock_timestamp()").fetchone()
    return str(row[0].isoformat()) if row else ""


def _describe_database(server: "psycopg.Connection[Any]", manifest: dict[str, Any]) -> None:
    manifest["counts"] = database.counts(server)
    manifest["migrations"] = database.migrations(server)
    manifest["shape"] = database.shape(server)


def _base(source: Source, folder: Folder, name: str, server: "psycopg.Connection[Any]") -> dict[str, Any]:
    """The embedded server's files as they are, with its log: a restore can stop at any moment after the end of this."""
    spool = source.spool
    if spool is None:
        raise Fault("Only the embedded server is backed up by its files.")
    row = server.execute("show archive_mode").fetchone()
    if row is None or row[0] == "off":
        raise Fault("The database was started by an older Lodestar: stop its commands and start them again, then back up.")
    manifest = _about(server, name, "base")
    manifest["chain"] = spool.begin(folder)
    manifest["segment"] = log.segment_now(server)
    row = server.execute("select setting::int from pg_settings where name = 'wal_segment_size'").fetchone()
    manifest["segment_size"] = row[0] if row else 0
    tar = Programs(source.programs, source.address).output(
        "pg_basebackup", "-D", "-", "-Ft", "-X", "none", "-c", "fast", "--manifest-checksums=SHA256"
    )
    where = folder.path / f"{name}.part" / "base.sealed"
    manifest["parts"]["base.sealed"] = folder.write(where, f"{name}/base", packed(tar))
    _describe_database(server, manifest)
    manifest["ended_at"] = _now(server)
    log.ship(server, spool, folder, manifest["chain"])
    return manifest


def _dump(source: Source, folder: Folder, name: str, server: "psycopg.Connection[Any]") -> dict[str, Any]:
    """The rows and all that holds them, as of one moment: the counts are of the same snapshot."""
    manifest = _about(server, name, "dump")
    with server.transaction():
        server.execute("set transaction isolation level repeatable read, read only")
        row = server.execute("select pg_export_snapshot()").fetchone()
        _describe_database(server, manifest)
        out = Programs(source.programs, source.address).output(
            "pg_dump", "-Fc", "-n", "public", "--no-comments", "--enable-row-security", f"--snapshot={row[0] if row else ''}"
        )
        where = folder.path / f"{name}.part" / "dump.sealed"
        manifest["parts"]["dump.sealed"] = folder.write(where, f"{name}/dump", out)
    manifest["ended_at"] = manifest["started_at"]  # it holds what stood at its beginning
    return manifest


def _files(source: Source, folder: Folder, name: str, manifest: dict[str, Any]) -> None:
    def lines() -> Iterator[bytes]:
        for row in stored_files.copy_and_tell(source.var, folder):
            yield json.dumps(row).encode() + b"\n"

    where = folder.path / f"{name}.part" / "files.sealed"
    manifest["parts"]["files.sealed"] = folder.write(where, f"{name}/files", lines())


def _prune(folder: Folder, var: Path, keep: int) -> None:
    names = folder.names()
    for name in names[:-keep]:
        shutil.rmtree(folder.path / name)
    needed: dict[str, str] = {}
    for name in reversed(names[-keep:]):  # the oldest last: its first segment stands
        manifest = folder.manifest(name)
        if manifest["kind"] == "base":
            needed[manifest["chain"]] = manifest["segment"]
    log.prune(folder, needed)
    stored_files.prune(folder, var, names[-keep:])

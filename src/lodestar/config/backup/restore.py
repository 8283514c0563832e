"""A backup is given back: which one, whether it can be trusted and used here, and its bytes where the launcher wants them."""

import os
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, Any, cast
from zoneinfo import ZoneInfo

import psycopg
from django.db.migrations.loader import MigrationLoader

from lodestar.config.backup import database, log
from lodestar.config.backup.database import Programs
from lodestar.config.backup.folder import READ, Fault, Folder, damaged, refuse_other_keys
from lodestar.platform.files.sealed_stream import unpacked

LONDON = ZoneInfo("Europe/London")
EMPTY = 65536  # bytes: so many of nothing in a row need no room on the disk


@dataclass(frozen=True)
class Chosen:
    """A backup, and the moment up to which its database is brought (None: as far as the backup reaches)."""

    name: str
    manifest: dict[str, Any]
    at: datetime | None
    until: datetime  # how far the backup reaches


def moment(text: str) -> datetime | None:
    """The time that somebody typed: with its zone, or as clocks in London show it. Raises Fault."""
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise Fault(f"{text!r} is no time: write 2026-11-26T03:10:00, with +00:00 or +01:00 behind it to be sure.") from None
    if parsed.tzinfo is not None:
        return parsed.astimezone(UTC)
    early, late = (parsed.replace(tzinfo=LONDON, fold=fold).utcoffset() for fold in (0, 1))
    if early != late:
        raise Fault(f"The clocks changed at {text}: write which time is meant, with +00:00 or +01:00 behind it.")
    return parsed.replace(tzinfo=LONDON).astimezone(UTC)


def choose(folder: Folder, name: str, at: datetime | None) -> Chosen:
    """The backup to restore: the one named, or the newest that can reach `at`. Raises Fault."""
    names = [name] if name else folder.names()[::-1]
    if name and name not in folder.names():
        raise Fault(f"There is no backup {name} in {folder.path}: ./lodestar backup --list {folder.path} tells which there are.")
    if not names:
        raise Fault(f"No backup that was finished is in {folder.path}.")
    for each in names:
        manifest = folder.manifest(each)
        if at is None or (manifest["kind"] == "base" and datetime.fromisoformat(manifest["ended_at"]) < at):
            chosen = _with_reach(folder, each, manifest, at)
            if chosen is not None:
                return chosen
    raise Fault(
        f"No backup here can be brought to {describe_moment(at)}: its time must lie after a backup and before the end of its log."
    )


def _with_reach(folder: Folder, name: str, manifest: dict[str, Any], at: datetime | None) -> Chosen | None:
    if manifest["kind"] != "base":
        return Chosen(name, manifest, at, datetime.fromisoformat(manifest["ended_at"]))
    until, _ = log.reach(folder, manifest["chain"])
    if at is not None and at > until:
        raise Fault(
            f"The log of the backups reaches until {describe_moment(until)}: choose a time up to then, or leave --at out."
        )
    return Chosen(name, manifest, at, until)


def describe_moment(at: datetime | None) -> str:
    """A moment as it is said to a person: to the second, with its zone."""
    return at.astimezone(LONDON).isoformat(sep=" ", timespec="seconds") if at else "its end"


def program_migrations() -> set[str]:
    """The migrations that this program knows, as app.name."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def refuse_unusable(chosen: Chosen, major: int) -> None:
    """Raises Fault when the keys are others, or this program or its PostgreSQL cannot run what is in the backup."""
    refuse_other_keys(chosen.manifest["keys"])
    known_migrations = program_migrations()
    unknown = [name for name in chosen.manifest["migrations"] if name not in known_migrations]
    if unknown:
        raise Fault(
            f"Backup {chosen.name} was made by a newer Lodestar ({chosen.manifest['lodestar']}, {unknown[-1]}): use that one."
        )
    if chosen.manifest["kind"] == "base" and chosen.manifest["postgresql"] != major:
        raise Fault(
            f"Backup {chosen.name} is of PostgreSQL {chosen.manifest['postgresql']}, and here is {major}: "
            "restore it with the Lodestar that made it, or use one made with --dump."
        )


def unpack(folder: Folder, chosen: Chosen, into: Path, programs: str) -> int:
    """Puts the server's files into `into`/data and its log into `into`/log; how many segments. Raises Fault, OSError."""
    manifest, name = chosen.manifest, chosen.name
    folder.refuse_changed(name, manifest)
    data, log_folder = into / "data", into / "log"
    os.umask(0o077)
    for made in (data, log_folder):
        made.mkdir(parents=True)
    pieces = unpacked(folder.read(folder.part(name, "base.sealed"), f"{name}/base"))
    _extract(pieces, data)
    for _ in pieces:  # what stands behind the archive's end: only after it is it known that all was there
        pass
    for _ in Programs(programs, "").output("pg_verifybackup", "-n", "-q", str(data), asks=False):
        pass
    _, last = log.reach(folder, manifest["chain"])
    names = log.names_from(folder, manifest["chain"], manifest["segment"], last, manifest["segment_size"])
    for each in names:
        _write_sparse(log_folder / each, log.read(folder, manifest["chain"], each))
    (data / "recovery.signal").touch()
    return len(names)


class _Pieces(RawIOBase):
    """A file to read from, of bytes that come in pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = filter(None, pieces), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        """Fills the room with what is there; how many bytes, none only at the end."""
        buffered = self._held or memoryview(next(self._pieces, b""))
        size = min(len(room), len(buffered))
        room[:size], self._held = buffered[:size], buffered[size:]
        return size


def _extract(pieces: Iterator[bytes], data: Path) -> None:
    """The server's files, of an archive that is known to be ours: folders and plain files below `data`, and nothing else."""
    try:
        with tarfile.open(fileobj=BufferedReader(_Pieces(pieces), READ), mode="r|") as archive:
            for member in archive:
                to = data / member.name
                if not (member.isdir() or member.isfile()) or ".." in to.parts or not to.is_relative_to(data):
                    raise Fault(f"The backup holds {member.name}, a link to elsewhere: tablespaces are not restored here.")
                if member.isdir():
                    to.mkdir(parents=True, exist_ok=True)
                    continue
                to.parent.mkdir(parents=True, exist_ok=True)
                with open(to, "wb") as file:
                    shutil.copyfileobj(cast(IO[bytes], archive.extractfile(member)), file)
    except tarfile.TarError as error:
        raise damaged(f"The files of the database cannot be unpacked: {error}.") from None


def _write_sparse(path: Path, pieces: Iterator[bytes]) -> None:
    """A segment that was finished early is mostly empty, and takes as little room here as in the backup."""
    with open(path, "wb") as file:
        for some in pieces:
            for start in range(0, len(some), EMPTY):
                block = some[start : start + EMPTY]
                if block.count(0) == len(block):
                    file.seek(len(block), os.SEEK_CUR)
                else:
                    file.write(block)
        file.truncate()


def refuse_rows(server: "psycopg.Connection[Any]") -> None:
    """Raises Fault unless the database is empty."""
    query = database.TABLES
    if server.execute(query).fetchall():
        raise Fault("The database holds tables already, and nothing is written over: give an empty one.")


def load(folder: Folder, chosen: Chosen, programs: Programs) -> None:
    """Loads a dump into an empty database, in one transaction: all of it or nothing. Raises Fault."""
    folder.refuse_changed(chosen.name, chosen.manifest)
    plain = folder.read(folder.part(chosen.name, "dump.sealed"), f"{chosen.name}/dump")
    programs.given(
        "pg_restore", "-n", "public", "--exit-on-error", "--single-transaction", "--no-comments", "-d", programs.database,
        plain=plain,
    )  # fmt: skip

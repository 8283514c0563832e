"""The database's own log: switched, waited for, sealed piece by piece, and read back without a gap.

The embedded server puts each finished segment into a spool beside its data (`launcher/archive.py`). What lies there is
taken from there only once it is in the backup, sealed and read back. A *chain* is the log of one server's life: a server
that was restored begins another, so that two lives never share a name.
"""

import hashlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from lodestar.config.backup.folder import Fault, Folder, blocks, damaged, hash_of
from lodestar.platform.files.sealed_stream import packed, unpacked
from lodestar.platform.files.whole_file import write_whole

PATIENCE = 60.0  # seconds for the server to put a segment into the spool
_SEGMENT = 24  # characters of a segment's name: timeline, file, part of it


class Spool:
    """Where the embedded server leaves the finished segments of its log. The folder is there only once backups are taken."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark = path.with_name(f"{path.name}.chain")

    def chain(self, folder: Folder) -> str:
        """The chain that this server's log belongs to in this folder, or "" where none was begun."""
        chain_name = self._mark.read_text().strip() if self._mark.exists() else ""
        return chain_name if chain_name and (folder.path / "log" / chain_name).is_dir() else ""

    def begin(self, folder: Folder) -> str:
        """The chain to go on with, begun if need be: what another folder was to get is let go."""
        chain = self.chain(folder)
        if not chain:
            chain = uuid4().hex
            for left in self.path.iterdir():
                left.unlink()
            (folder.path / "log" / chain).mkdir(parents=True, mode=0o700)
            write_whole(self._mark, chain)
        return chain

    def segments(self) -> list[Path]:
        """What waits, in order."""
        return sorted(path for path in self.path.iterdir() if not path.name.endswith(".part"))


def segment_now(server: "psycopg.Connection[Any]") -> str:
    """The name of the segment that is being written."""
    row = server.execute("select pg_walfile_name(pg_current_wal_lsn())").fetchone()
    return str(row[0]) if row else ""


def ship(server: "psycopg.Connection[Any]", spool: Spool, folder: Folder, chain: str) -> datetime:
    """Has the server finish the segment it writes, and moves all that waits into the backup; until when the log now reaches.

    Raises Fault when the server does not hand its log over.
    """
    row = server.execute("select clock_timestamp()").fetchone()
    until: datetime = row[0] if row else datetime.now(UTC)
    # A restore stops before the first transaction after the time it was given, so there has to be one.
    server.execute("select pg_logical_emit_message(true, 'lodestar', 'backup')")
    last = segment_now(server)
    server.execute("select pg_switch_wal()")
    end = time.monotonic() + PATIENCE
    while not (spool.path / last).exists():
        if time.monotonic() > end:
            raise Fault(f"The database does not hand over its log ({last}): is the disk of {spool.path} full?")
        time.sleep(0.05)
    for path in spool.segments():
        _move(path, folder, chain)
    where = folder.path / "log" / chain / "until.sealed"
    folder.write_json(where, f"log/{chain}/until", {"until": until.isoformat(), "last": last})
    return until


def _place(folder: Folder, chain: str, name: str) -> Path:
    return folder.path / "log" / chain / f"{name}.sealed"


def read(folder: Folder, chain: str, name: str) -> Iterator[bytes]:
    """The bytes of a segment. Raises Fault."""
    path = _place(folder, chain, name)
    try:
        yield from unpacked(folder.read(path, f"log/{chain}/{name}"))
    except ValueError:
        raise damaged(f"{path} was changed after it was written.") from None


def _move(path: Path, folder: Folder, chain: str) -> None:
    """Seals a segment, reads it back, and takes it from the spool. One that is there already stays as it is."""
    to = _place(folder, chain, path.name)
    if not to.exists():
        with open(path, "rb") as file:
            folder.write(to, f"log/{chain}/{path.name}", packed(blocks(file)))
    digest = hashlib.sha256()
    for some in read(folder, chain, path.name):
        digest.update(some)
    if digest.hexdigest() != hash_of(path):
        raise damaged(f"{to} holds another log than {path}.")
    path.unlink()


def reach(folder: Folder, chain: str) -> tuple[datetime, str]:
    """Until when the log of a chain reaches, and its last segment. Raises Fault."""
    reached = folder.read_json(folder.path / "log" / chain / "until.sealed", f"log/{chain}/until")
    return datetime.fromisoformat(reached["until"]), reached["last"]


def names_from(folder: Folder, chain: str, first: str, last: str, segment_size: int) -> list[str]:
    """The segments from `first` to `last`, every one of them there. Raises Fault where one is missing."""
    in_a_file = (1 << 32) // segment_size
    timeline = first[:8]
    if last[:8] != timeline:
        raise damaged(f"The log {chain} changes its timeline.")

    def number(name: str) -> int:
        return int(name[8:16], 16) * in_a_file + int(name[16:24], 16)

    segments = [f"{timeline}{each // in_a_file:08X}{each % in_a_file:08X}" for each in range(number(first), number(last) + 1)]
    for name in segments:
        if not _place(folder, chain, name).exists():
            raise damaged(f"{_place(folder, chain, name)} is missing: the log has a gap there.")
    return segments


def prune(folder: Folder, needed: dict[str, str]) -> None:
    """Removes the log before the first segment that a kept backup needs, and chains that none does: {chain: segment}."""
    for chain in [path for path in (folder.path / "log").glob("*") if path.is_dir()]:
        for path in chain.iterdir():
            name = path.name.removesuffix(".sealed")
            is_segment = len(name) == _SEGMENT
            if chain.name not in needed or (is_segment and name[8:] < needed[chain.name][8:]):
                path.unlink()
        if chain.name not in needed:
            chain.rmdir()

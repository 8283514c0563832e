"""A folder of backups: what lies where in it, written whole or not at all, and read back; its keys, which no backup holds, and a
look at whether the others are those of the data.

    20261126T031500Z.sealed   one backup: what it says of itself, the dump in pieces, the stored files as they lie there
    erased.sealed             who was let go, by ids alone: a restore lets them go again
"""

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hmac import new as keyed
from io import BufferedReader, RawIOBase
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings

from lodestar.config.environment import SHORTEST_KEY
from lodestar.platform.files.sealed_stream import Changed, CutShort, WrongKey, sealed, unsealed

TO_PUT_RIGHT, DAMAGED, WRONG_KEY, BUSY = 1, 3, 4, 5  # exit codes


class Fault(Exception):
    """The backup was not made, or is not to be relied on; nothing that stood before was touched."""

    def __init__(self, line: str, code: int = TO_PUT_RIGHT) -> None:
        super().__init__(line)
        self.code = code


def damaged(line: str) -> Fault:
    """Something in the backup is missing or is not what was written."""
    return Fault(f"{line} Use another (./lodestar backup --list FOLDER, --backup NAME) and keep this one as it is.", DAMAGED)


APART = ("LODESTAR_FIELD_KEYS", "LODESTAR_FILE_KEYS")


def own_keys() -> str:
    """The backup keys, from the environment or from the file that it names. Raises Fault."""
    key_file = os.environ.get("LODESTAR_BACKUP_KEY_FILE", "")
    try:
        keys = Path(key_file).read_text().strip() if key_file else os.environ.get("LODESTAR_BACKUP_KEY", "").strip()
    except OSError as error:
        raise Fault(f"LODESTAR_BACKUP_KEY_FILE cannot be read ({error.strerror}): {key_file}") from None
    if not keys:
        raise Fault("LODESTAR_BACKUP_KEY is not set: ./lodestar secrets makes one; keep it where the backups are not.")
    if any(len(part.strip()) < SHORTEST_KEY for part in keys.split(",")):
        raise Fault("LODESTAR_BACKUP_KEY can be guessed: take the one that ./lodestar secrets makes.")
    return keys


def _checks(name: str) -> list[str]:
    value: str = getattr(settings, name.removeprefix("LODESTAR_"))
    parts = [part.strip() for part in value.split(",") if part.strip()]
    return [keyed(part.encode(), b"lodestar backup check", "sha256").hexdigest() for part in parts]


def key_checks() -> dict[str, list[str]]:
    """What tells whether a key is the same, and nothing of the key itself; it lies in the sealed manifest."""
    return {name: _checks(name) for name in APART}


def refuse_other_keys(checks_by_name: dict[str, list[str]]) -> None:
    """Raises Fault unless all the keys that the data were sealed with are at hand."""
    for name, wanted in checks_by_name.items():
        if not set(wanted) <= set(_checks(name)):
            raise Fault(
                f"{name} is not what this backup's data were sealed with: set the one that is kept apart from the backups.",
                WRONG_KEY,
            )


NAME = re.compile(r"\d{8}T\d{6}Z(?:-\d+)?")
SEALED = ".sealed"
FORMAT = 2  # of what a backup says of itself and of what follows
ITSELF, DUMP = "manifest", "dump"  # names in a backup; any other is the place of a stored file below LODESTAR_VAR
READ = 1 << 20  # bytes
Member = tuple[str, bytes]
Manifest = dict[str, Any]


class _Stream(RawIOBase):
    """A file to read from, of bytes that come in pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._buffered = filter(None, pieces), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        """Fills the room with what is there; how many bytes, none only at the end."""
        buffered = self._buffered or memoryview(next(self._pieces, b""))
        size = min(len(room), len(buffered))
        room[:size], self._buffered = buffered[:size], buffered[size:]
        return size


def _members(pieces: Iterator[bytes]) -> Iterator[Member]:
    """What a backup holds, one after the other. Raises what `pieces` raises."""
    stream = BufferedReader(_Stream(pieces), READ)
    while line := stream.readline():
        head = json.loads(line)
        yield head["name"], stream.read(head["size"])


class Folder:
    """The folder at `path`, with the backup keys (comma-separated: the first seals, each opens)."""

    def __init__(self, path: Path, keys: str) -> None:
        self.path, self.keys = path, keys

    def names(self) -> list[str]:
        """The backups that were finished, oldest first. Raises Fault where there is no such folder."""
        if not self.path.is_dir():
            raise Fault(f"{self.path} is no folder: name the one that backups were written to.")
        names = [path.name.removesuffix(SEALED) for path in self.path.glob(f"*{SEALED}")]
        return sorted(name for name in names if NAME.fullmatch(name))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else writes here meanwhile. Raises Fault when somebody does."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Fault(f"Another backup is being written to {self.path}: wait until it ends.", BUSY) from None
            for left in self.path.glob("*.part"):
                left.unlink()
            yield
        finally:
            os.close(lock)

    def backup(self, name: str) -> Path:
        """Where a backup lies."""
        return self.path / f"{name}{SEALED}"

    def write(self, path: Path, label: str, plain: Iterable[Member]) -> None:
        """Seals what is given into a file that is there whole or not at all."""
        part = path.with_name(f"{path.name}.part")
        heads = ((json.dumps({"name": name, "size": len(content)}).encode() + b"\n", content) for name, content in plain)
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.writelines(sealed(chain.from_iterable(heads), self.keys, label))
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def read(self, path: Path, label: str) -> Iterator[Member]:
        """What a sealed file holds. Raises Fault; only at its end is it certain that all of it was there."""
        try:
            with open(path, "rb") as file:
                yield from _members(unsealed(file, self.keys, label))
        except FileNotFoundError:
            raise damaged(f"{path} is missing.") from None
        except WrongKey:
            raise Fault(
                f"LODESTAR_BACKUP_KEY is not the key of this backup ({path}), or its first bytes were changed.", WRONG_KEY
            ) from None
        except CutShort:
            raise damaged(f"{path} is cut short: its end is missing.") from None
        except Changed:
            raise damaged(f"{path} was changed or cut after it was written.") from None

    def opened(self, name: str) -> tuple[Manifest, Iterator[Member]]:
        """What a backup says of itself, and what follows. Raises Fault, also for one that a newer Lodestar wrote."""
        following = self.read(self.backup(name), name)
        manifest: Manifest = json.loads(next(following)[1])
        if manifest["format"] != FORMAT:
            raise Fault(f"Backup {name} is in a layout of Lodestar {manifest['lodestar']} that this one does not know: use that.")
        return manifest, following

"""A folder of backups: what lies where in it, written whole or not at all, and read back; its keys, which no backup holds, and a
look at whether the others are those of the data.

    20261126T031500Z/   one backup: manifest.sealed, files.sealed (a list), and base.sealed or dump.sealed
    log/<chain>/        the database's own log since, segment by segment, with how far it reaches
    files/              the stored files, as they lie in the file stores (sealed with their own keys), once each
    erased.sealed       who was let go, by ids alone: a restore lets them go again
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hmac import new as keyed
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from lodestar.config.environment import SHORTEST_KEY
from lodestar.platform.files.sealed_stream import CannotOpen, Changed, CutShort, WrongKey, sealed, unsealed

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
MANIFEST = "manifest.sealed"
FORMAT = 1  # of the manifest and of where things lie
READ = 1 << 20  # bytes


class Folder:
    """The folder at `path`, with the backup keys (comma-separated: the first seals, each opens)."""

    def __init__(self, path: Path, keys: str) -> None:
        self.path, self.keys = path, keys

    def names(self) -> list[str]:
        """The backups that were finished, oldest first. Raises Fault where there is no such folder."""
        if not self.path.is_dir():
            raise Fault(f"{self.path} is no folder: name the one that backups were written to.")
        return sorted(path.name for path in self.path.iterdir() if NAME.fullmatch(path.name) and path.is_dir())

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
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            yield
        finally:
            os.close(lock)

    # --- sealed files ----------------------------------------------------------------------------------------------

    def write(self, path: Path, label: str, plain: Iterable[bytes]) -> dict[str, Any]:
        """Seals `plain` into a file that is there whole or not at all; its size and SHA-256, for the manifest."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f"{path.name}.part")
        digest, size = hashlib.sha256(), 0
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                for some in sealed(plain, self.keys, label):
                    file.write(some)
                    digest.update(some)
                    size += len(some)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return {"size": size, "sha256": digest.hexdigest()}

    def read(self, path: Path, label: str, *, is_known_key: bool = True) -> Iterator[bytes]:
        """What a sealed file holds. Raises Fault; only at its end is it certain that all of it was there.

        `is_known_key`: the key opened the manifest, so that a key that does not fit means changed bytes.
        """
        try:
            with open(path, "rb") as file:
                yield from unsealed(file, self.keys, label)
        except FileNotFoundError:
            raise damaged(f"{path} is missing.") from None
        except WrongKey:
            if is_known_key:
                raise damaged(f"{path} was changed after it was written.") from None
            raise Fault(
                f"LODESTAR_BACKUP_KEY is not the key of this backup ({path}), or its first bytes were changed.", WRONG_KEY
            ) from None
        except CutShort:
            raise damaged(f"{path} is cut short: its end is missing.") from None
        except Changed:
            raise damaged(f"{path} was changed or cut after it was written.") from None
        except CannotOpen as error:
            raise damaged(f"{path} does not open: {error}.") from None

    def write_json(self, path: Path, label: str, value: Any) -> dict[str, Any]:
        """Seals a value that JSON can hold."""
        return self.write(path, label, [json.dumps(value).encode()])

    def read_json(self, path: Path, label: str, *, is_known_key: bool = True) -> Any:
        """The value that was sealed. Raises Fault."""
        return json.loads(b"".join(self.read(path, label, is_known_key=is_known_key)))

    # --- one backup --------------------------------------------------------------------------------------------------

    def part(self, name: str, part: str) -> Path:
        """Where a part of a backup lies."""
        return self.path / name / part

    def manifest(self, name: str) -> dict[str, Any]:
        """What a backup says of itself. Raises Fault: for a wrong key, and for one that a newer Lodestar wrote."""
        manifest: dict[str, Any] = self.read_json(self.part(name, MANIFEST), f"{name}/manifest", is_known_key=False)
        if manifest["format"] != FORMAT:
            raise Fault(f"Backup {name} is in a layout of Lodestar {manifest['lodestar']} that this one does not know: use that.")
        return manifest

    def refuse_changed(self, name: str, manifest: dict[str, Any]) -> None:
        """Raises Fault unless each part has the size and the hash that the manifest tells."""
        for part, expected in manifest["parts"].items():
            refuse_changed_file(self.part(name, part), expected)


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of an open file, some at a time."""
    while some := file.read(READ):
        yield some


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises OSError."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_changed_file(path: Path, expected: dict[str, Any]) -> None:
    """Raises Fault unless the file is there with the size and the SHA-256 that are expected."""
    if not path.exists():
        raise damaged(f"{path} is missing.")
    if path.stat().st_size < expected["size"]:
        raise damaged(f"{path} is cut short: {path.stat().st_size} of {expected['size']} bytes.")
    if hash_of(path) != expected["sha256"]:
        raise damaged(f"{path} was changed after it was written.")

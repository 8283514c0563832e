"""The files of the file stores: copied once each, as they lie there, and held against their hashes.

They are sealed with their own keys (`LODESTAR_FILE_KEYS`), which no backup holds, and their name is a keyed hash of what is
in them: a name never stands for other bytes.
"""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lodestar.config.backup.folder import Fault, Folder, hash_of, refuse_changed_file

STORES = ("files", "guidance")  # below LODESTAR_VAR


def living(var: Path) -> Iterator[tuple[str, Path]]:
    """Each stored file, as its place below `var`."""
    for store in STORES:
        for folder, inside, names in os.walk(var / store):
            inside.sort()
            for name in sorted(names):
                path = Path(folder, name)
                if not name.endswith(".part") and path.is_file() and not path.is_symlink():
                    yield path.relative_to(var).as_posix(), path


def copy_new(var: Path, folder: Folder) -> int:
    """Copies what is not in the backup yet, and returns how many that were. Raises OSError."""
    number = 0
    for place, path in living(var):
        to = folder.path / "files" / place
        try:
            if not to.exists() or to.stat().st_size != path.stat().st_size:
                _copy(path, to)
                number += 1
        except FileNotFoundError:
            continue  # erased while we looked
    return number


def copy_and_tell(var: Path, folder: Folder) -> Iterator[dict[str, Any]]:
    """Copies what is not in the backup yet or is there with other bytes; of each its place, size, hash. Raises OSError."""
    for place, path in living(var):
        to = folder.path / "files" / place
        try:
            digest = hash_of(path)
            if not to.exists() or hash_of(to) != digest:
                _copy(path, to)
        except FileNotFoundError:
            continue
        yield {"path": place, "size": to.stat().st_size, "sha256": digest}


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = to.with_name(f"{to.name}.part")
    try:
        shutil.copyfile(path, part)
        with open(part, "rb") as file:
            os.fsync(file.fileno())
        part.chmod(0o600)
        os.replace(part, to)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def listed(folder: Folder, name: str) -> Iterator[dict[str, Any]]:
    """The stored files of a backup. Raises Fault."""
    remainder = b""
    for some in folder.read(folder.part(name, "files.sealed"), f"{name}/files"):
        *lines, remainder = (remainder + some).split(b"\n")
        yield from map(json.loads, lines)


def refuse_changed(folder: Folder, name: str) -> int:
    """How many stored files a backup has, each of them whole. Raises Fault."""
    number = 0
    for row in listed(folder, name):
        refuse_changed_file(folder.path / "files" / row["path"], row)
        number += 1
    return number


def bring_back(folder: Folder, var: Path) -> int:
    """Copies every stored file of the backups to where it lies in use, and returns how many were not there. Raises Fault.

    All, and not only those of one backup: the log goes on after it, and names files that came later. One that is there
    stays: its name says what is in it.
    """
    number = 0
    for path in sorted((folder.path / "files").rglob("*")):
        place = path.relative_to(folder.path / "files")
        if path.is_dir() or path.name.endswith(".part"):
            continue
        if place.parts[0] not in STORES or path.is_symlink():
            raise Fault(f"{path} is no stored file: somebody put it there. Take it away, and ask who.", 3)
        to = var / place
        if not to.exists() or to.stat().st_size != path.stat().st_size:
            _copy(path, to)
            number += 1
    return number


def prune(folder: Folder, var: Path, backup_names: list[str]) -> None:
    """Removes the stored files that no kept backup lists and that are no longer in use."""
    wanted = {row["path"] for name in backup_names for row in listed(folder, name)} | {place for place, _ in living(var)}
    for path in (folder.path / "files").rglob("*"):
        if path.is_file() and path.relative_to(folder.path / "files").as_posix() not in wanted:
            path.unlink()

"""The heads of the log in a file outside the database: one line each, only ever added to."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from lodestar.platform.audit.rules import Head

NAME = "heads.jsonl"


class DamagedHeads(ValueError):
    """A line of the file is no head; the words name the file and the line."""


def add_heads(folder: Path, heads: Iterable[Head]) -> None:
    """Adds one line for each head and waits until the disk has them. Raises OSError."""
    lines = "".join(f"{json.dumps(asdict(head), default=datetime.isoformat)}\n" for head in heads).encode()
    if not lines:
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(opened, "ab") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def read_heads(folder: Path) -> list[Head]:
    """The heads of all forces, in the order in which they were written; none where there is no file yet. Raises DamagedHeads."""
    path = folder / NAME
    if not path.exists():
        return []
    heads = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        try:
            read = json.loads(line)
            times = {name: datetime.fromisoformat(read[name]) for name in ("written_at", "at")}
            heads.append(Head(**{**read, **times}))
        except (ValueError, TypeError, KeyError):
            raise DamagedHeads(f"{path}, line {number}") from None
    return heads

"""Which erasures were made, kept beside the backups by ids alone: what was restored from before them is erased again."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from lodestar.config.backup.folder import Folder
from lodestar.kernel.whole_file import write_whole

LABEL = "erased"
QUERY = """
select id, tenant, recorded_at, code, "case", people, subject from record_event
where operation = 'erasure' and recorded_at > %s order by recorded_at, id
"""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
OVERLAP = timedelta(hours=1)  # a transaction may be written down later than one that began after it
Row = dict[str, Any]


def _place(folder: Folder) -> Path:
    return folder.path / "erased.sealed"


def known(folder: Folder) -> dict[str, Row]:
    """The erasures that the backups know of, by the id of their event. Raises Fault."""
    if not _place(folder).exists():
        return {}
    return {row["id"]: row for row in folder.read_json(_place(folder), LABEL)}


def _in(server: "psycopg.Connection[Any]", since: datetime = BEGINNING) -> dict[str, Row]:
    found = {}
    for event, tenant, at, code, case, people, subject in server.execute(QUERY, [since]).fetchall():
        found[str(event)] = {
            "id": str(event), "tenant": tenant, "recorded_at": at.isoformat(), "code": code,
            "case": str(case) if case else None, "people": [str(person) for person in people], "subject": subject,
        }  # fmt: skip
    return found


def write(server: "psycopg.Connection[Any]", folder: Folder) -> None:
    """Adds what was erased since. What another life of the database erased stays: nothing is ever taken off this list."""
    before = known(folder)
    last = max((datetime.fromisoformat(row["recorded_at"]) for row in before.values()), default=BEGINNING)
    now = before | _in(server, max(last - OVERLAP, BEGINNING))
    if len(now) > len(before) or not _place(folder).exists():
        folder.write_json(_place(folder), LABEL, list(now.values()))


def to_repeat(server: "psycopg.Connection[Any]", known_rows: list[Row], kept: Path) -> int:
    """Writes into `kept` the erasures that this restored database does not know of, and returns how many. Raises OSError."""
    there = _in(server)
    missing = [row for row in known_rows if row["id"] not in there]
    if missing:
        write_whole(kept, json.dumps(missing, indent=1))
    return len(missing)

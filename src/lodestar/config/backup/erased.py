"""Who was let go, kept beside the backups by ids alone: whom a restore from before it brings back is let go again.

What the clock lets go (what lies beside people, stored files) is of nobody: the clock of a restored database does it again.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from lodestar.config.backup.folder import Folder
from lodestar.platform.files.whole_file import write_whole

LABEL = "erased"
OF_PEOPLE = "keeping.disposed"
QUERY = f"""
select e.id, e.tenant, e.recorded_at, e.code, e."case", e.people, e.subject,
       d.reason, d.asked_at, d.asked_by_id, d.decided_at, d.decided_by_id,
       to_jsonb(d) ->> 'request_id' -- a database that was not brought up to date yet has none
from audit_event e left join retention_disposal d on d.tenant = e.tenant and d.id::text = e.subject
where e.operation = 'erasure' and e.code = '{OF_PEOPLE}' and e.recorded_at > %s order by e.recorded_at, e.id
"""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
OVERLAP = timedelta(hours=1)  # a transaction may be written down later than one that began after it
Row = dict[str, Any]


def _place(folder: Folder) -> Path:
    return folder.path / "erased.sealed"


def known(folder: Folder) -> dict[str, Row]:
    """Who was let go, as the backups know it, by the id of the event. Raises Fault."""
    if not _place(folder).exists():
        return {}
    return {row["id"]: row for row in json.loads(next(folder.read(_place(folder), LABEL))[1])}


def _in(server: "psycopg.Connection[Any]", since: datetime = BEGINNING) -> dict[str, Row]:
    names = (
        "id", "tenant", "recorded_at", "code", "case", "people", "subject", "reason", "asked_at", "asked_by", "decided_at",
        "decided_by", "request",
    )  # fmt: skip
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in server.execute(QUERY, [since]).fetchall()]
    return {row["id"]: row for row in rows}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [str(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return None if value is None else str(value)


def write(server: "psycopg.Connection[Any]", folder: Folder) -> None:
    """Adds who was let go since. Whom another life of the database let go stays: nobody is ever taken off this list."""
    before = known(folder)
    last = max((datetime.fromisoformat(row["recorded_at"]) for row in before.values()), default=BEGINNING)
    now = before | _in(server, max(last - OVERLAP, BEGINNING))
    if len(now) > len(before) or not _place(folder).exists():
        folder.write(_place(folder), LABEL, [(LABEL, json.dumps(list(now.values())).encode())])


def undone(server: "psycopg.Connection[Any]", known_rows: list[Row]) -> list[Row]:
    """The erasures that this restored database does not know of, in their order."""
    there = _in(server)
    return sorted((row for row in known_rows if row["id"] not in there), key=lambda row: str(row["recorded_at"]))


def write_erasures_to_repeat(rows: list[Row], path: Path) -> None:
    """Writes down, by ids, what people have to erase again. Raises OSError."""
    if rows:
        write_whole(path, json.dumps(rows, indent=1))

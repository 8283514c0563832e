"""A backup is given back: which one, whether it can be trusted and used here, and its rows loaded into an empty database."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
from django.db.migrations.loader import MigrationLoader

from lodestar.config.backup import create
from lodestar.config.backup.database import TABLES, Programs
from lodestar.config.backup.folder import DUMP, Fault, Folder, Manifest, refuse_other_keys
from lodestar.platform.files.whole_file import write_whole

LONDON = ZoneInfo("Europe/London")


def moment(text: str) -> datetime | None:
    """The time that somebody typed: with its zone, or as clocks in London show it. Raises Fault."""
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise Fault(f"{text!r} is no time: write 2026-11-26T03:10:00, with +00:00 or +01:00 behind it to be sure.") from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=LONDON)


def choose(folder: Folder, name: str, latest: datetime | None) -> Manifest:
    """What the backup to restore says of itself: the one named, or the newest, of a moment up to `latest`. Raises Fault."""
    names = folder.names()
    if name and name not in names:
        raise Fault(f"There is no backup {name} in {folder.path}: ./lodestar backup --list {folder.path} tells which there are.")
    if not names:
        raise Fault(f"No backup that was finished is in {folder.path}.")
    for each in [name] if name else names[::-1]:
        manifest, _ = folder.opened(each)
        if latest is None or datetime.fromisoformat(manifest["at"]) <= latest:
            return manifest
    raise Fault("No backup here is of that time or from before it: ./lodestar backup --list FOLDER tells which there are.")


def moment_of(manifest: Manifest) -> str:
    """The moment that a backup holds as it is said to a person: to the second, with its zone."""
    return datetime.fromisoformat(manifest["at"]).astimezone(LONDON).isoformat(sep=" ", timespec="seconds")


def program_migrations() -> set[str]:
    """The migrations that this program knows, as app.name."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def refuse_unusable(chosen: Manifest) -> None:
    """Raises Fault when the keys are others, or this program cannot run what is in the backup."""
    refuse_other_keys(chosen["keys"])
    known_migrations = program_migrations()
    unknown = [name for name in chosen["migrations"] if name not in known_migrations]
    if unknown:
        raise Fault(f"Backup {chosen['name']} was made by a newer Lodestar ({chosen['lodestar']}, {unknown[-1]}): use that one.")


def load(folder: Folder, chosen: Manifest, programs: Programs, var: Path) -> int:
    """Loads a backup that is whole into an empty database, in one transaction, and puts its stored files where they lie in use;
    how many were not there. One that is there stays: its name says what is in it. Raises Fault, OSError."""
    with psycopg.connect(programs.address) as server:
        if server.execute(TABLES).fetchone():
            raise Fault("The database holds tables already, and nothing is written over: give an empty one.")
    create.check(folder, chosen["name"])
    _, following = folder.opened(chosen["name"])
    programs.given(
        "pg_restore", "-n", "public", "--exit-on-error", "--single-transaction", "--no-comments", "-d", programs.database,
        plain=(content for name, content in following if name == DUMP),
    )  # fmt: skip
    number = 0
    for place, content in folder.opened(chosen["name"])[1]:
        if place != DUMP and not (var / place).exists():
            write_whole(var / place, content)
            number += 1
    return number

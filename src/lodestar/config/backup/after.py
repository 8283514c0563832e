"""What has to be so, and to be done, before anybody works on a database that was restored."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from psycopg import sql

from lodestar.config.backup import database, erased, restore
from lodestar.config.backup.folder import DAMAGED, Fault, Folder, Manifest
from lodestar.information_governance.retention.actions import Again, erase_again
from lodestar.platform.audit.actions import audit
from lodestar.platform.audit.heads import DamagedHeads, add_heads, read_heads
from lodestar.platform.audit.queries import last_link
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

NOBODY = UUID(int=0)  # whoever holds the server
ERASURES = Path("erasures-to-repeat.json")
WITH_TENANT = """
select c.relname, c.relrowsecurity and c.relforcerowsecurity from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  and a.attname = 'tenant' and not a.attisdropped order by 1
"""
# Jobs that waited or were being done when the database stood so: all of them come again by the clock, and none is done twice.
JOBS = "update procrastinate_jobs set status = 'cancelled', worker_id = null where status in ('todo', 'doing')"
WORKERS = "delete from procrastinate_workers"
# Letters that were asked for and not yet sent. Perhaps they were, after the moment that was restored: a person says.
LETTERS = "delete from publishing_mailing where went_at is null"
SIGNED_IN = "delete from django_session"
USED_CODES = "delete from tenancy_cache"


@dataclass
class Done:
    """What was found and done, for the lines that a person reads."""

    counts: dict[str, int]
    jobs: int = 0
    letters: int = 0
    sessions: int = 0
    again: int = 0  # erasures that the restore undid, made again
    erasures: int = 0  # those that people have to make again
    is_older: bool = False  # than this program: to be migrated


def refuse_holes_in_the_wall(as_app: "psycopg.Connection[Any]", tables: list[tuple[str, bool]]) -> None:
    """Raises Fault when the application's role, in raw SQL and within no tenant, sees a row of any.

    `tables`: each table with a tenant, and whether its rows are held back from everybody, its owner too.
    """
    for table, is_forced in tables:
        query = sql.SQL("select exists (select from {})").format(sql.Identifier(table))
        try:
            with as_app.transaction():
                row = as_app.execute(query).fetchone()
        except psycopg.errors.InsufficientPrivilege:
            continue
        if not is_forced or (row and row[0]):
            raise Fault(f"The wall between forces has a hole after the restore ({table}): do not serve this database.", DAMAGED)


def finish(folder: Folder | None, chosen: Manifest | None, *, owner: str, app: str, var: Path) -> Done:
    """Checks a restored database, has its jobs and letters not done twice, ends all sessions, and lets people go again whom the
    `folder` of the backups knows as let go since.

    An administrator who restored an outside server chose no backup, and there is nothing to compare with. Raises Fault.
    """
    undone: list[erased.Row] = []
    with psycopg.connect(owner, autocommit=True) as server:
        done = Done(database.counts(server), is_older=bool(restore.program_migrations() - set(database.migrations(server))))
        if chosen is not None and done.counts != chosen["counts"]:
            raise Fault("The restored database holds other numbers of rows than the backup: do not use it.", DAMAGED)
        tables = [(str(table), bool(forced)) for table, forced in server.execute(WITH_TENANT).fetchall()]
        with psycopg.connect(app, autocommit=True) as as_app:
            refuse_holes_in_the_wall(as_app, tables)
        with server.transaction():
            done.jobs = server.execute(JOBS).rowcount
            server.execute(WORKERS)
            if "publishing_mailing" in done.counts:  # an older Lodestar wrote no letters
                done.letters = server.execute(LETTERS).rowcount
            done.sessions = server.execute(SIGNED_IN).rowcount
            server.execute(USED_CODES)
        if folder is not None:
            known_erasures = list(erased.known(folder).values())
            undone = erased.undone(server, known_erasures) if "retention_disposal" in done.counts else known_erasures
    _write_down(chosen["at"] if chosen else "")
    became = [(row, _again(row)) for row in undone]
    left = [row for row, what in became if what is Again.NOT_YET]
    erased.write_erasures_to_repeat(left, var / ERASURES)
    done.again, done.erasures = sum(what is Again.LET_GO for _, what in became), len(left)
    return done


def _again(row: erased.Row) -> Again:
    """What becomes of somebody who was let go after the moment restored: let go again, as two people had decided it."""
    try:
        with within(row["tenant"]), transaction.atomic():
            return erase_again(by=NOBODY, at=timezone.now(), decided=row)
    except DatabaseError:
        return Again.NOT_YET  # who decided is not there yet, or something holds it: people decide again


def _write_down(moment: str) -> None:
    now = timezone.now()
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant), transaction.atomic():
            _tell_the_heads(tenant, now)
            audit("record.restored", by=NOBODY, role="", at=now, subject=moment[:60])


def _tell_the_heads(tenant: str, at: datetime) -> None:
    """Says in the file of heads, where it has any of this force, where the restored log ends: what is beyond was not cut off by
    somebody. A file that cannot be read or written is the check's to tell of; it does not hold up a restore."""
    with suppress(DamagedHeads, OSError):
        head = last_link(tenant, at=at, is_restored=True)
        if head is not None and any(known.tenant == tenant for known in read_heads(Path(settings.HEADS))):
            add_heads(Path(settings.HEADS), [head])

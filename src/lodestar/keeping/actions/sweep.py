"""The sweep of the file stores: a stored file to which no row of the force refers any more is forgotten."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from lodestar.cases.queries.settings import settings_in_force
from lodestar.keeping import queries
from lodestar.keeping.actions.beside import let_go
from lodestar.keeping.rules.beside import Beside, goes
from lodestar.kernel.filestore import FileStore
from lodestar.record import actions as record
from lodestar.tenancy.within import within

AT_ONCE = 500


def sweep_files(*, by: UUID, at: datetime, tenant: str, stores: Iterable[FileStore]) -> int:
    """Forgets the files of a force that nothing refers to and that are older than its setting says; how many they were.

    Each is written into the log before it goes. While a row of a file is missing in a case under a legal hold none goes: it could
    be that one.
    """
    return sum(_sweep(one, tenant, by, at) for one in stores)


def _sweep(files: FileStore, tenant: str, by: UUID, at: datetime) -> int:
    today, number = timezone.localtime(at).date(), 0
    with within(tenant):
        settings = settings_in_force().on(today)
    old = []
    for digest, changed in files.listed(tenant):
        if goes("file", Beside(timezone.localtime(changed).date()), today, settings):
            old.append(digest)
    for begin in range(0, len(old), AT_ONCE):
        some = old[begin : begin + AT_ONCE]
        with within(tenant):
            if queries.misses_a_held_file():
                return number
            orphans = sorted(set(some) - queries.referred_to(some))
            for digest in orphans:
                record.append("keeping.file_swept", by=by, role="", at=at, subject=digest[:60], fields=["file"])
            if orphans:
                let_go(by=by, at=at, kind="file", number=len(orphans))
        for digest in orphans:
            files.forget(tenant, digest)
        number += len(orphans)
    return number

"""The migrated tables of the tests, kept for whoever runs a few tests at a time: migrating takes as long as many tests.

They are PostgreSQL's own dump, named by all that says what the tables are. The whole of the tests never reads it: there
the tables are made by the migrations from nothing.
"""

import contextlib
import hashlib
import os
from pathlib import Path

from launcher import database, processes
from launcher.cluster import BOOTSTRAP
from launcher.places import CLONE, SRC, VAR

_MEANT = (
    "**/migrations/*.py", "**/migrations/*.sql", "**/models.py", "**/models/*.py", "platform/**/*.py", "config/settings*.py",
)  # fmt: skip
_MADE_WITH = ("requirements/*.txt", "launcher/*.py")


def brought_back(server: database.Server) -> bool:
    """Whether the tables that today's migrations make were kept, and now stand in the empty database of `server`. Where they
    cannot be read it is as empty as before."""
    kept = _path(server)
    whole = ("--single-transaction", "--clean", "--if-exists")
    return kept.exists() and not _run(server, "pg_restore", *whole, f"--dbname={_address(server)}", str(kept))


def keep(server: database.Server) -> None:
    """Keeps the tables of `server`, just migrated, and drops what was kept of an older program. A failure keeps nothing:
    the next run migrates, as this one did."""
    kept = _path(server)
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        if not _run(server, "pg_dump", "--format=custom", "--compress=1", f"--file={half}", _address(server)):
            for old in kept.parent.glob("*.dump"):
                old.unlink(missing_ok=True)
            half.rename(kept)
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


def _path(server: database.Server) -> Path:
    digest = hashlib.sha256(str(server.cluster.programs).encode())
    files = [file for pattern in _MEANT for file in SRC.glob(f"lodestar/{pattern}")]
    files += [file for pattern in _MADE_WITH for file in CLONE.glob(pattern)]
    for file in sorted(files):
        digest.update(f"\n{file.relative_to(CLONE)}\n".encode() + file.read_bytes())
    return VAR / "tests" / f"{digest.hexdigest()[:16]}.dump"


def _address(server: database.Server) -> str:
    return server.url(BOOTSTRAP, server.database)


def _run(server: database.Server, program: str, *arguments: str) -> int:
    return processes.run([server.cluster.program(program), *arguments], processes.clean_environment())[0]

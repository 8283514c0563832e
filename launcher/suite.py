"""A migrated database and an environment in which the tests can run."""

import os

from launcher import database, kept_tables, manage, processes, roles
from launcher.cluster import BOOTSTRAP
from launcher.places import CLONE, SRC
from launcher.say import progress

# Tests travel in time, and the log refuses rows of another time: those that try the refusal have it back.
OWN_TIMES = "alter table audit_event disable trigger audit_event_clock"


def prepare(server: database.Server, chromium: str, *, anew: bool = True) -> dict[str, str]:
    """Migrates the database of `server` as its owner; returns the environment of the tests. Raises Trouble.

    Unless it is to be made `anew`, the tables that an earlier run made by the same migrations will do.
    """
    environment = _environment(server, chromium)
    if not anew and kept_tables.brought_back(server):
        server.sql(server.database, OWN_TIMES)
        return environment
    progress("Migrating the database of the tests.")
    manage.quietly_in(environment | {"LODESTAR_DATABASE_ROLE": "owner"}, "migrate", "--verbosity", "0")
    if not anew:
        kept_tables.keep(server)
    server.sql(server.database, OWN_TIMES)
    return environment


def _environment(server: database.Server, chromium: str) -> dict[str, str]:
    """Nothing of the caller's settings: tests give the same answer to everybody."""
    outside = processes.clean_environment()
    for name in [name for name in outside if name.startswith(("LODESTAR_", "DJANGO_", "PYTEST_"))]:
        del outside[name]
    outside.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests start hundreds of processes: each would read all code anew
    var = server.cluster.base / "var"
    var.mkdir(mode=0o700, exist_ok=True)
    (var / "static").mkdir(exist_ok=True)  # WhiteNoise warns of a folder that is not there
    return outside | {
        "DATABASE_URL": server.url(roles.APP),
        "LODESTAR_BOOTSTRAP_URL": server.url(BOOTSTRAP, "postgres"),
        "LODESTAR_CHROMIUM": chromium,
        "LODESTAR_ENV": "test",
        "LODESTAR_OWNER_URL": server.url(roles.OWNER),
        "LODESTAR_VAR": str(var),
        "PYTHONPATH": f"{SRC}{os.pathsep}{CLONE}",
    }

"""`./lodestar test`: the tests against a database that lives as long as they do."""

import os
from pathlib import Path

from launcher import browser, database, frontend, manage, packages, processes, roles
from launcher.cluster import BOOTSTRAP
from launcher.places import CLONE, SRC
from launcher.say import progress


def run(words: list[str]) -> int:
    """Runs all tests on all cores, or, given pytest's own arguments, just what they ask for on one."""
    packages.ensure("base", "test")
    frontend.build()
    chromium = browser.find() if words else browser.ensure()
    with database.thrown_away() as server:
        return run_in(server, words or ["-n", str(os.cpu_count() or 1), "--dist", "loadfile"], chromium)


def run_in(server: database.Server, words: list[str], chromium: str) -> int:
    """Migrates the database of `server` and runs pytest, whose output and exit code are let through."""
    environment = _environment(server, chromium)
    progress("Migrating the database of the tests.")
    manage.quietly_in(environment | {"LODESTAR_DATABASE_ROLE": "owner"}, "migrate", "--verbosity", "0")
    pytest = [str(packages.PYTHON), "-P", "-m", "pytest", *map(_from_the_callers_folder, words)]
    return processes.run_through(pytest, environment, folder=CLONE)


def _environment(server: database.Server, chromium: str) -> dict[str, str]:
    """Nothing of the caller's settings: tests give the same answer to everybody."""
    ours = {name for name in os.environ if name.startswith(("LODESTAR_", "DJANGO_", "PYTEST_"))}
    outside = {name: value for name, value in processes.clean_environment().items() if name not in ours}
    var = server.cluster.base / "var"
    var.mkdir(mode=0o700, exist_ok=True)
    return outside | {
        "DATABASE_URL": server.url(roles.APP),
        "LODESTAR_BOOTSTRAP_URL": server.url(BOOTSTRAP, "postgres"),
        "LODESTAR_CHROMIUM": chromium,
        "LODESTAR_ENV": "test",
        "LODESTAR_OWNER_URL": server.url(roles.OWNER),
        "LODESTAR_VAR": str(var),
        "PYTHONPATH": str(SRC),
    }


def _from_the_callers_folder(word: str) -> str:
    path, mark, name = word.partition("::")
    return f"{Path(path).resolve()}{mark}{name}" if not word.startswith("-") and Path(path).exists() else word

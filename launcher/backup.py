"""`./lodestar backup`: an encrypted backup of this database and its files, or of the one that DATABASE_URL names."""

import os
import subprocess
from collections.abc import Mapping

from launcher import binaries, database, keys, manage, packages, places, processes
from launcher.manual import COMMANDS
from launcher.say import Trouble


def run(words: list[str]) -> int:
    """Takes a backup, or tells of those that are there; returns the code that it ended with."""
    if not words:
        raise Trouble(f"Say more: {COMMANDS['backup',].line()}")
    packages.ensure("base")
    if words[0].partition("=")[0] in ("--list", "--check"):
        return step({}, "backup", *words)
    if os.environ.get("DATABASE_URL"):
        return step(outside(), "backup", *words)
    with database.embedded() as server:
        return step(inside(server), "backup", *words)


def inside(server: database.Server) -> dict[str, str]:
    """What a step needs to work on a server of ours, as its owner."""
    return {**manage.as_owner(server.addresses()), "LODESTAR_PG_PROGRAMS": str(server.cluster.programs)}


def outside() -> dict[str, str]:
    """What a step needs to work on the database of DATABASE_URL, as its owner."""
    programs = os.environ.get("LODESTAR_PG_PROGRAMS") or str(binaries.programs(places.database_folder()))
    return {**manage.as_owner({}), "LODESTAR_PG_PROGRAMS": programs}


def step(more: Mapping[str, str], *words: str) -> int:
    """Runs one step in the application's Python, which alone is given the key of the backups; its output is let through."""
    return processes.run_through(manage.command(*words), environment(more))


def told(more: Mapping[str, str], *words: str) -> tuple[int, str]:
    """The same for a step whose answer is for us: the code it ended with, and what it said."""
    process = processes.start(manage.command(*words), environment(more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        output, _ = process.communicate()
    except BaseException:
        processes.finish(process)
        raise
    return process.returncode, output


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a step: the application's, and the key of the backups."""
    return manage.environment(dict(more)) | keys.of_backups()

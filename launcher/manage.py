"""Runs Django's commands with the environment they need."""

import os
from collections.abc import Callable, Mapping

from launcher import keys, processes
from launcher.packages import PYTHON
from launcher.places import SRC, VAR, database_folder
from launcher.say import Trouble, blame, progress


def environment(addresses: Mapping[str, str]) -> dict[str, str]:
    """The environment of the application: where the database is, the keys, the folders."""
    own = {"LODESTAR_VAR": os.environ.get("LODESTAR_VAR") or str(VAR), "PYTHONPATH": str(SRC)}
    if "DATABASE_URL" in addresses:
        own["LODESTAR_DATABASE_FOLDER"] = str(database_folder())  # the embedded one's, whose disk is looked at
    found = processes.clean_environment(**{**own, **keys.kept(), **addresses})
    if found.get("LODESTAR_DATABASE_ROLE") != "owner":
        found.pop("LODESTAR_OWNER_URL", None)  # what serves pages has no business with the owner's password
    for name in (keys.BACKUP, f"{keys.BACKUP}_FILE"):
        found.pop(name, None)  # nor with the key of the backups
    return found


def as_owner(addresses: Mapping[str, str]) -> dict[str, str]:
    """`addresses` for the role that may change the tables. Raises Trouble where nobody said who that is."""
    if "LODESTAR_OWNER_URL" not in addresses and not os.environ.get("LODESTAR_OWNER_URL"):
        raise Trouble("DATABASE_URL is set, so set LODESTAR_OWNER_URL too: the same database as lodestar_owner.")
    return {**addresses, "LODESTAR_DATABASE_ROLE": "owner"}


def command(*arguments: str) -> list[str]:
    """The command line of a Django command. -P: a file in the caller's folder must not stand in for a module."""
    return [str(PYTHON), "-P", "-m", "lodestar.config.manage", *arguments]


def through(addresses: Mapping[str, str], *arguments: str) -> int:
    """Runs a Django command with our own input and output, in the caller's folder; returns its exit code."""
    return processes.run_through(command(*arguments), environment(addresses), talks=arguments[0] == "shell")


def refuse_unmigrated(addresses: Mapping[str, str]) -> None:
    """Raises Trouble when the database is older than the program."""
    code, _, errors = processes.run(command("migrate", "--check"), environment(addresses))
    if code and errors.strip():
        raise blame(errors.strip().splitlines()[-1], "")  # it says itself what is wrong
    if code:
        raise Trouble("The database is older than this program: run ./lodestar migrate.")


def quietly(addresses: Mapping[str, str], *arguments: str, meanwhile: Callable[[], None] = lambda: None) -> str:
    """Runs a Django command and returns what it answered; something may be done `meanwhile`. Raises Trouble when it fails."""
    return quietly_in(environment(addresses), *arguments, meanwhile=meanwhile)


def quietly_in(environment: Mapping[str, str], *arguments: str, meanwhile: Callable[[], None] = lambda: None) -> str:
    """The same in an environment of one's own."""
    code, output, errors = processes.run(command(*arguments), environment, meanwhile=meanwhile)
    if code:
        raise blame(output + errors, f"{arguments[0]} failed")
    if errors.strip():
        progress(errors.rstrip())
    return output

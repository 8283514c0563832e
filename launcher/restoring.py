"""`./lodestar restore`: a backup brought back, beside what is there, checked, and only then put in its place.

The embedded server's files are unpacked into a folder of their own, and a second server brings them to the moment that was
asked for. What runs meanwhile is not touched. A dump goes into a database that is empty.
"""

import json
import os
import shutil
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from launcher import backup, binaries, database, manage, packages, places, processes, roles
from launcher.cluster import BOOTSTRAP, Cluster
from launcher.locks import Lock, alone
from launcher.say import Trouble, answer, blame, progress

USAGE = "./lodestar restore --from FOLDER [--at TIME] [--backup NAME] [--into FOLDER] [--replace], or --finish [--from FOLDER]"
_HBA = "local all lodestar_bootstrap trust\nlocal all all scram-sha-256\n"
_LONGEST = 6 * 3600.0  # seconds for a log to be gone through


class _Words(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Trouble is one line here too."""
        raise Trouble(f"{message}: {USAGE}")


def run(words: list[str]) -> int:
    """Restores; returns the code of the step that failed, or 0."""
    asked = _read(words)
    packages.ensure("base")
    is_outside = bool(os.environ.get("DATABASE_URL"))
    if asked.finish:
        if not is_outside:
            raise Trouble("--finish is for an outside server that its administrator restored: set DATABASE_URL.")
        if asked.at or asked.backup or asked.into or asked.replace:
            raise Trouble("--finish goes with --from alone: the administrator said to which moment.")
        beside = ["--from", asked.folder, "--without-rows"] if asked.folder else []
        return backup.step(backup.outside(), "restore", "finish", *beside)
    if not asked.folder:
        raise Trouble(f"Say more: {USAGE}")
    base = places.database_folder()
    programs = binaries.programs(base)
    chosen = _from_options(asked)
    code, said = backup.told({}, "restore", "choose", *chosen, "--major", str(_major(programs)))
    if code:
        return code
    plan = json.loads(said)
    chosen = [*chosen, "--backup", plan["name"]]
    if plan["kind"] == "dump":
        return _load(chosen, plan, is_outside, asked)
    if is_outside:
        raise Trouble(f"Backup {plan['name']} is of an embedded server: unset DATABASE_URL, or use one made with --dump.")
    return _bring(chosen, plan, asked)


def _read(words: list[str]) -> Namespace:
    parser = _Words(prog="./lodestar restore", usage=USAGE)
    parser.add_argument("--from", dest="folder", default="")
    parser.add_argument("--at", default="")
    parser.add_argument("--backup", default="")
    parser.add_argument("--into", default="")
    parser.add_argument("--replace", action="store_true")
    parser.add_argument("--finish", action="store_true")
    return parser.parse_args(words)


def _from_options(asked: Namespace) -> list[str]:
    named = {"--from": asked.folder, "--at": asked.at, "--backup": asked.backup}
    return [part for option, value in named.items() if value for part in (option, value)]


def _major(programs: Path) -> int:
    _, said, _ = processes.run([str(programs / "postgres"), "--version"], processes.clean_environment())
    return int(said.split()[2].split(".")[0])


# --- a dump ------------------------------------------------------------------------------------------------------------


def _load(chosen: list[str], plan: Mapping[str, str], is_outside: bool, asked: Namespace) -> int:
    if asked.into or asked.replace:
        raise Trouble("A dump goes into an empty database: of DATABASE_URL, or the embedded one (./lodestar demo --reset).")
    progress(f"Loading backup {plan['name']} (a dump, as of {plan['until']}).")
    if is_outside:
        return _load_into(backup.outside(), chosen)
    with database.embedded() as server:
        more = manage.as_owner(server.addresses()) | {"LODESTAR_PG_PROGRAMS": str(server.cluster.programs)}
        return _load_into(more, chosen)


def _load_into(more: Mapping[str, str], chosen: list[str]) -> int:
    return backup.step(more, "restore", "load", *chosen) or backup.step(more, "restore", "finish", *chosen)


# --- the embedded server's files -----------------------------------------------------------------------------------------


def _bring(chosen: list[str], plan: Mapping[str, str], asked: Namespace) -> int:
    base = places.database_folder()
    target = Path(asked.into).absolute() if asked.into else base
    _refuse_taken(target, asked)
    staging = target if asked.into else base / "restoring"
    with alone(places.VAR / "restore.lock", "Waiting for another restore."):
        if not asked.into:
            _sweep(staging)
        staging.mkdir(parents=True, exist_ok=True)
        staging.chmod(0o711 if places.is_root() else 0o700)
        code = 1
        try:
            code = _restore(staging, chosen, plan, asked)
            if code == 0 and not asked.into:
                _put_in_place(staging, base)
        finally:
            with processes.undisturbed():
                shutil.rmtree(staging / "log" if asked.into and code == 0 else staging, ignore_errors=True)
    if code == 0:
        if asked.into:
            answer(f"The database of {plan['until']} lies in {target / 'data'}, its files in {target / 'var'}.")
        else:
            answer(f"The database of {plan['until']} is in place. Back it up now: the old log does not go on.")
    return code


def _refuse_taken(target: Path, asked: Namespace) -> None:
    if asked.into:
        if target.exists() and any(target.iterdir()):
            raise Trouble(f"{target} is not empty, and nothing is written over: name another folder.")
        return
    if (target / "data").exists() and not asked.replace:
        raise Trouble(
            "There is a database here already. --replace puts it aside (it is kept) and the restored one in its place; "
            "--into FOLDER leaves it as it is."
        )


def _sweep(staging: Path) -> None:
    """What a restore that was killed left."""
    if staging.exists():
        left = Cluster(staging, binaries.programs(places.database_folder()))
        left.stop()
        shutil.rmtree(staging)


def _restore(staging: Path, chosen: list[str], plan: Mapping[str, str], asked: Namespace) -> int:
    base = places.database_folder()
    programs = binaries.programs(base)
    progress(f"Unpacking backup {plan['name']} and its log.")
    more = {"LODESTAR_PG_PROGRAMS": str(programs)}
    code = backup.step(more, "restore", "unpack", *chosen, "--into", str(staging))
    if code:
        return code
    progress(f"Bringing it to {plan['until']}.")
    cluster = Cluster(staging, programs, more=_recovery(staging, plan["at"]))
    cluster.patience = _LONGEST
    cluster.give(staging / "data", staging / "log", staging / "restore.sh", staging / "hba.conf")
    if not asked.into and (base / "passwords.json").exists():
        shutil.copy2(base / "passwords.json", staging)
    server = database.Server(cluster, database.NAME)
    try:
        _start(server)
        _let_in(server)
        var = {"LODESTAR_VAR": str(staging / "var")} if asked.into else {}
        return backup.step(manage.as_owner(server.addresses()) | more | var, "restore", "finish", *chosen)
    finally:
        with processes.undisturbed():
            cluster.stop()


def _recovery(staging: Path, at: str) -> tuple[str, ...]:
    """The settings of this one start: where the log is, when to stop, and that we come in through our own socket."""
    (staging / "hba.conf").write_text(_HBA)
    (staging / "restore.sh").write_text('#!/bin/sh\nexec cp "$(dirname "$0")/log/$1" "$2"\n')
    settings = [
        'restore_command=/bin/sh ../restore.sh "%f" "%p"',
        "recovery_target_timeline=current",
        "recovery_target_action=promote",
        f"hba_file={staging / 'hba.conf'}",
    ]
    if at:
        settings += [f"recovery_target_time={at}", "recovery_target_inclusive=on"]
    return tuple(settings)


def _start(server: database.Server) -> None:
    """Starts the server and waits until it has gone through the log. Raises Trouble."""
    server.cluster.start()
    until = time.monotonic() + _LONGEST
    while server.sql("postgres", "select pg_is_in_recovery()") != "f":
        if server.cluster.process() is None or time.monotonic() > until:
            raise blame(server.cluster.said(), "The log could not be gone through to its end")
        time.sleep(0.1)


def _let_in(server: database.Server) -> None:
    """Passwords are no part of a backup: here they are what this machine keeps."""
    kept = json.loads((server.cluster.base / "passwords.json").read_text())
    server.sql("postgres", f"alter role {BOOTSTRAP} password '{kept[BOOTSTRAP]}'")
    server.sql("postgres", roles.role_sql(database.NAME, kept))
    server.sql(database.NAME, roles.schema_sql())


def _put_in_place(staging: Path, base: Path) -> None:
    """The one moment at which what was there is touched. Raises Trouble when a command uses it."""
    users = Lock(places.VAR / "database.in-use")
    with alone(places.VAR / "database.lock"), processes.undisturbed():
        if not users.alone(wait=False):
            raise Trouble("Another lodestar command uses the database: stop it, and run the same command again.")
        old = base / "data"
        if old.exists():
            aside = base / f"data.before-{datetime.now():%Y%m%dT%H%M%S}"
            old.rename(aside)
            progress(f"What was there is kept in {aside}: remove it when it is no longer wanted.")
        (staging / "data").rename(old)
        (staging / "passwords.json").replace(base / "passwords.json")
        (base / "roles.stamp").unlink(missing_ok=True)
        (base / "spool.chain").unlink(missing_ok=True)
        shutil.rmtree(base / "spool", ignore_errors=True)
    users.close()

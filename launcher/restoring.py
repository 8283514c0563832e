"""`./lodestar restore`: a backup brought back, beside what is there, checked, and only then put in its place.

The rows go into an empty database: of a second embedded server, made for them in a folder of its own, or of the server that
DATABASE_URL names. What runs meanwhile is not touched.
"""

import json
import os
import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from launcher import backup, binaries, database, packages, places, processes
from launcher.cluster import Cluster
from launcher.locks import Lock, alone
from launcher.manual import COMMANDS
from launcher.say import Trouble, answer, progress

USAGE = COMMANDS["restore",].line()


class _Words(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Trouble is one line here too."""
        raise Trouble(f"{message}: {USAGE}")


def run(words: list[str]) -> int:
    """Restores; returns the code of the step that failed, or 0."""
    asked = make_parser().parse_args(words)
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
    chosen = _from_options(asked)
    code, said = backup.told({}, "restore", "choose", *chosen)
    if code:
        return code
    plan = json.loads(said)
    chosen = [*chosen, "--backup", plan["name"]]
    if not is_outside:
        return _bring(chosen, plan, asked)
    if asked.into or asked.replace:
        raise Trouble("--into and --replace are for the embedded server: DATABASE_URL names where the rows go.")
    progress(f"Loading backup {plan['name']} (as of {plan['at']}).")
    return _load(backup.outside(), chosen)


def make_parser() -> ArgumentParser:
    """Build the parser of the options."""
    parser = _Words(prog="./lodestar restore", usage=USAGE, add_help=False)
    parser.add_argument("--from", dest="folder", default="")
    parser.add_argument("--at", default="")
    parser.add_argument("--backup", default="")
    parser.add_argument("--into", default="")
    parser.add_argument("--replace", action="store_true")
    parser.add_argument("--finish", action="store_true")
    return parser


def _from_options(asked: Namespace) -> list[str]:
    named = {"--from": asked.folder, "--at": asked.at, "--backup": asked.backup}
    return [part for option, value in named.items() if value for part in (option, value)]


def _load(more: Mapping[str, str], chosen: list[str]) -> int:
    return backup.step(more, "restore", "load", *chosen) or backup.step(more, "restore", "finish", *chosen)


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
            progress(f"Loading backup {plan['name']} (as of {plan['at']}) beside what is there.")
            code = _restore(staging, chosen, asked)
            if code == 0 and not asked.into:
                _put_in_place(staging, base)
        finally:
            if code or not asked.into:
                with processes.undisturbed():
                    shutil.rmtree(staging, ignore_errors=True)
    if code == 0:
        if asked.into:
            answer(f"The database of {plan['at']} lies in {target / 'data'}, its files in {target / 'var'}.")
        else:
            answer(f"The database of {plan['at']} is in place.")
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


def _restore(staging: Path, chosen: list[str], asked: Namespace) -> int:
    base = places.database_folder()
    if not asked.into and (base / "passwords.json").exists():
        shutil.copy2(base / "passwords.json", staging)
    server = database.Server(Cluster(staging, binaries.programs(base)), database.NAME)
    try:
        server.ready()
        var = {"LODESTAR_VAR": str(staging / "var")} if asked.into else {}
        return _load(backup.inside(server) | var, chosen)
    finally:
        with processes.undisturbed():
            server.cluster.stop()


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
        for name in ("passwords.json", "roles.stamp"):
            (staging / name).replace(base / name)
    users.close()

"""`./lodestar demo`: Lodestar on invented people, from nothing to a sign-in page."""

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from launcher import database, frontend, keys, manage, packages, places, serving
from launcher.locks import alone
from launcher.say import Trouble, answer, progress
from launcher.words import options

MADE = "demo-password"  # the file with the password of its users, beside the database: there is a demo


def run(words: list[str]) -> int:
    """Makes what is missing, serves it, and says where it is and how to sign in; older months are made meanwhile. With --reset,
    removes it instead."""
    if keys.is_production():
        raise Trouble("LODESTAR_ENV=production holds real people: the demo does not run there.")
    asked = options(words, "demo")
    if "--reset" in asked:
        return _reset()
    began = time.time()
    packages.ensure("base")
    with serving.listening(asked.get("--port", serving.PORT)) as listener, database.in_use() as used:
        with alone(places.VAR / "demo.lock", "Waiting for another demo to make its people."):
            signing_in = _fill(dict(used.addresses), "--today", meanwhile=_make_frontend)
        progress("Starting the web server and the worker.")
        parts = {
            "web server": partial(serving.web, used.addresses, listener),
            "worker": partial(serving.worker, used.addresses),
            "staff worker": partial(serving.staff_worker, manage.as_owner(used.addresses)),
            "filling of the demo": partial(serving.demo_filler, manage.as_owner(used.addresses), began),
        }
        apart, ending = [name for name in parts if name != "web server"], ["filling of the demo"]
        is_up = partial(_say_how_long, began)
        return serving.attend(parts, used.revive, listener, signing_in, apart, ending=ending, is_up=is_up)


def _say_how_long(began: float) -> None:
    progress(f"The sign-in page is up {time.time() - began:.0f} s after the start.")


def fill(addresses: Mapping[str, str]) -> None:
    """Brings the database up to date and makes the demo force where nobody is in it."""
    with alone(places.VAR / "demo.lock", "Waiting for another demo to make its people."):
        _fill(dict(addresses))


def _make_frontend() -> None:
    frontend.build()
    frontend.gather()


def _fill(addresses: dict[str, str], *options: str, meanwhile: Callable[[], None] = lambda: None) -> str:
    """Migrates, makes the demo force where the database is empty, with --today what the first sign-in needs alone; tells how to
    sign in. Does something else `meanwhile`."""
    if not os.environ.get("DATABASE_URL"):
        refuse_other_migrations(places.database_folder(), places.SRC)
    progress("Migrating the database, and making the demo force if it is empty.")
    owner = manage.as_owner(addresses | {"LODESTAR_DEMO_PASSWORD": _password()})  # it dates what it invents
    return manage.quietly(owner, "seed_demo", "--migrate", *options, meanwhile=meanwhile).rstrip()


def refuse_other_migrations(kept: Path, source: Path) -> None:
    """Raises Trouble when the demo in the database of the folder `kept` was made by other migrations than those of `source`:
    they are edited in place, and what they made cannot be brought up to date. Keeps their digest beside a new database."""
    digest = hashlib.sha256()
    for path in sorted(source.glob("lodestar/**/migrations/*.*")):
        if path.suffix in (".py", ".sql"):
            digest.update(f"{path.relative_to(source)}\n".encode() + path.read_bytes())
    stamp = kept / "migrations.digest"
    before = stamp.read_text() if stamp.exists() else ""
    if before != digest.hexdigest() and (before or (kept / MADE).exists()):
        raise Trouble("The database of this demo was made by another version: remove it with ./lodestar demo --reset")
    places.write_private(stamp, digest.hexdigest())


def _password() -> str:
    """The password that the demo's users share, made once."""
    kept = places.database_folder() / MADE
    if not kept.exists():
        places.write_private(kept, secrets.token_urlsafe(12))
    return kept.read_text()


def _reset() -> int:
    if os.environ.get("DATABASE_URL"):
        raise Trouble("DATABASE_URL is set, and a database of somebody else is not ours to remove: unset it.")
    packages.ensure("base")
    database.remove()
    for made in ("files", "guidance", "mail", "static"):
        shutil.rmtree(places.VAR / made, ignore_errors=True)
    answer("The demo is removed. ./lodestar demo makes it anew.")
    return 0

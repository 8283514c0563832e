"""`./lodestar demo`: Lodestar on invented people, from nothing to a sign-in page."""

import os
import secrets
import shutil
from collections.abc import Mapping
from functools import partial

from launcher import database, frontend, keys, manage, packages, places, serving
from launcher.locks import alone
from launcher.say import Trouble, answer, progress
from launcher.words import options


def run(words: list[str]) -> int:
    """Makes what is missing, serves it, and says where it is and how to sign in. With --reset, removes it instead."""
    if keys.is_production():
        raise Trouble("LODESTAR_ENV=production holds real people: the demo does not run there.")
    asked = options(words, numbers=["--port", "--scale"], flags=["--reset"])
    if "--reset" in asked:
        return _reset()
    packages.ensure("base")
    with serving.listening(asked.get("--port", serving.PORT)) as listener, database.in_use() as used:
        frontend.build()
        frontend.gather()
        with alone(places.VAR / "demo.lock", "Waiting for another demo to make its people."):
            signing_in = _fill(dict(used.addresses), asked.get("--scale", 1))
        progress("Starting the web server and the worker.")
        parts = {
            "web server": partial(serving.web, used.addresses, listener),
            "worker": partial(serving.worker, used.addresses),
            "staff worker": partial(serving.staff_worker, manage.as_owner(used.addresses)),
        }
        return serving.attend(parts, used.revive, listener, signing_in)


def fill(addresses: Mapping[str, str]) -> None:
    """Brings the database up to date and makes the demo force where nobody is in it."""
    with alone(places.VAR / "demo.lock", "Waiting for another demo to make its people."):
        _fill(dict(addresses), 1)


def _fill(addresses: dict[str, str], scale: int) -> str:
    """Migrates, makes the demo force where the database is empty; tells how to sign in."""
    progress("Migrating the database, and making the demo force if it is empty.")
    owner = manage.as_owner(addresses | {"LODESTAR_DEMO_PASSWORD": _password()})  # it dates what it invents
    return manage.quietly(owner, "seed_demo", "--migrate", "--scale", str(scale)).rstrip()


def _password() -> str:
    """The password that the demo's users share, made once."""
    kept = places.database_folder() / "demo-password"
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

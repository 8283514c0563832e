"""The secrets of the application itself. The demo's are made once and kept; a production brings its own."""

import json
import os
import secrets
from pathlib import Path

from launcher.places import database_folder, write_private
from launcher.say import Trouble

NAMES = ("LODESTAR_SECRET_KEY", "LODESTAR_FIELD_KEYS", "LODESTAR_FILE_KEYS")
BACKUP = "LODESTAR_BACKUP_KEY"  # for backups alone: what serves pages is not given it
PRODUCTION_NEEDS = ("DATABASE_URL", "LODESTAR_HOSTS", *NAMES)


def new() -> dict[str, str]:
    """New random keys, by the name of the variable that holds each."""
    return {name: secrets.token_urlsafe(48) for name in (*NAMES, BACKUP)}


def is_production() -> bool:
    """Whether this is meant to hold real people."""
    return os.environ.get("LODESTAR_ENV") == "production"


def kept() -> dict[str, str]:
    """The keys for this clone, those of the environment first. Raises Trouble when a production lacks one."""
    if is_production():
        missing = [name for name in PRODUCTION_NEEDS if not os.environ.get(name)]
        if missing:
            raise Trouble(f"LODESTAR_ENV=production needs {', '.join(missing)} (./lodestar secrets makes the keys).")
        return {}
    found = _in_file(database_folder() / "keys.json")
    return {name: found[name] for name in NAMES if name not in os.environ}


def of_backups() -> dict[str, str]:
    """The key of the backups: the one of the environment, or, of a demo, the one made with its other keys."""
    given = {name: os.environ[name] for name in (BACKUP, f"{BACKUP}_FILE") if os.environ.get(name)}
    if given or is_production():
        return given
    path = database_folder() / "keys.json"
    found = _in_file(path)
    if BACKUP not in found:
        found |= {BACKUP: new()[BACKUP]}
        write_private(path, json.dumps(found, indent=1))
    return {BACKUP: found[BACKUP]}


def _in_file(path: Path) -> dict[str, str]:
    if not path.exists():
        write_private(path, json.dumps(new(), indent=1))
    found: dict[str, str] = json.loads(path.read_text())
    return found

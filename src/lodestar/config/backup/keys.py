"""The keys that a backup needs and never holds: its own, and a look at whether the others are those of the data."""

import os
from hmac import new as keyed
from pathlib import Path

from django.conf import settings

from lodestar.config.backup.told import Fault, wrong_key
from lodestar.config.environment import SHORTEST_KEY

APART = ("LODESTAR_FIELD_KEYS", "LODESTAR_FILE_KEYS")


def own() -> str:
    """The backup keys, from the environment or from the file that it names. Raises Fault."""
    named = os.environ.get("LODESTAR_BACKUP_KEY_FILE", "")
    try:
        found = Path(named).read_text().strip() if named else os.environ.get("LODESTAR_BACKUP_KEY", "").strip()
    except OSError as error:
        raise Fault(f"LODESTAR_BACKUP_KEY_FILE cannot be read ({error.strerror}): {named}") from None
    if not found:
        raise Fault("LODESTAR_BACKUP_KEY is not set: ./lodestar secrets makes one; keep it where the backups are not.")
    if any(len(part.strip()) < SHORTEST_KEY for part in found.split(",")):
        raise Fault("LODESTAR_BACKUP_KEY can be guessed: take the one that ./lodestar secrets makes.")
    return found


def _checks(name: str) -> list[str]:
    value: str = getattr(settings, name.removeprefix("LODESTAR_"))
    parts = [part.strip() for part in value.split(",") if part.strip()]
    return [keyed(part.encode(), b"lodestar backup check", "sha256").hexdigest() for part in parts]


def check_values() -> dict[str, list[str]]:
    """What tells whether a key is the same, and nothing of the key itself; it lies in the sealed manifest."""
    return {name: _checks(name) for name in APART}


def refuse_others(known: dict[str, list[str]]) -> None:
    """Raises Fault unless all the keys that the data were sealed with are at hand."""
    for name, wanted in known.items():
        if not set(wanted) <= set(_checks(name)):
            raise wrong_key(
                f"{name} is not what this backup's data were sealed with: set the one that is kept apart from the backups."
            )

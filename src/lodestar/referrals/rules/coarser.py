"""Coarser words put where words point to one person: in the answer in which they stand, and nowhere else."""

from collections.abc import Iterable, Mapping

from lodestar.kernel.fingerprint import fingerprint
from lodestar.referrals.rules.phrases import put
from lodestar.referrals.rules.pointing import Pointer
from lodestar.referrals.rules.sections import Ask, asks
from lodestar.referrals.rules.withheld import LEFT_OUT

UNKNOWN = "Unknown"


def key(pointer: Pointer) -> str:
    """What tells one pointer from another while the text is the same."""
    return fingerprint(pointer.field, pointer.start, pointer.end, pointer.typed)


def instead(version: str, pointer: Pointer) -> str:
    """What would stand there: coarser words; of what is picked from a list the list's own Unknown; or nothing."""
    ask = _asked(version)[pointer.field]
    if ask.picked_from:
        return UNKNOWN if UNKNOWN in ask.listed() else ""
    return pointer.coarser


def coarser(version: str, told: Mapping[str, str], chosen: Iterable[Pointer]) -> Mapping[str, str]:
    """The answers that change when these are put more coarsely, by question."""
    changed: dict[str, str] = {}
    for pointer in sorted(chosen, key=lambda one: (one.field, -one.start)):
        ask = _asked(version)[pointer.field]
        text = changed.get(ask.code, told.get(ask.code, ""))
        words = instead(version, pointer)
        if ask.picked_from:
            values = [words if value == pointer.typed else value for value in ask.values(text)]
            changed[ask.code] = "\n".join(dict.fromkeys(value for value in values if value))
        elif text[pointer.start : pointer.end] == pointer.typed:
            changed[ask.code] = put(text, pointer.start, pointer.end, words or LEFT_OUT)
    return changed


def _asked(version: str) -> Mapping[str, Ask]:
    return {field.name: ask for ask in asks(version).values() for field in ask.fields}

"""Two people wrote the same form: what each changed, and where they changed the same answer. Pure; it keeps nothing.

A form carries marks of what its writer had before them, one for each answer. An answer changed by one of the two stands
as that one wrote it. Changed by both, and differently, it is for the writer to choose, and nothing is saved meanwhile.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lodestar.platform.text.fingerprint import fingerprint

Raw = str | tuple[str, ...]  # one answer as a form sends it
MARK = 8  # characters of a fingerprint: enough to tell two answers apart, and it shows nothing of either


@dataclass(frozen=True)
class Settled:
    """The answers to save, and the names of those that both changed differently."""

    values: dict[str, Raw]
    clashing: tuple[str, ...]


def marks(values: Mapping[str, Raw]) -> str:
    """What a form carries of the answers that its writer sees, by name in order."""
    return ".".join(_mark(values[name]) for name in sorted(values))


def settle(
    seen: str, mine: Mapping[str, Raw], theirs: Mapping[str, Raw], *, keep: str = "", joined: Collection[str] = ()
) -> Settled:
    """Puts together what I wrote and what stands now, given the marks of what I had `seen`.

    Without marks nothing was there when I began. `keep` is the writer's choice for what clashes: mine, theirs, or both
    (lists are put together, the texts named in `joined` one after the other; whatever else is two stays a clash).
    """
    before = _before(seen, theirs)
    values: dict[str, Raw] = {}
    clashing = []
    for name in sorted(theirs):
        base = before.get(name) or _mark(_blank(theirs[name]))
        i_changed, they_changed = _mark(mine[name]) != base, _mark(theirs[name]) != base
        values[name] = mine[name] if i_changed else theirs[name]
        if i_changed and they_changed and mine[name] != theirs[name]:
            chosen = _choose(mine[name], theirs[name], keep, name in joined)
            if chosen is None:
                clashing.append(name)
            else:
                values[name] = chosen
    return Settled(values, tuple(clashing))


def can_hold_both(mine: Raw, is_text: bool) -> bool:
    """Whether an answer can be both of two: a list or words can, one of several choices cannot."""
    return isinstance(mine, tuple) or is_text


def _before(seen: str, names: Collection[str]) -> dict[str, str]:
    """The mark of each answer; none when these are not the marks of just these answers."""
    try:
        return dict(zip(sorted(names), seen.split("."), strict=True))
    except ValueError:
        return {}


def _choose(mine: Raw, theirs: Raw, keep: str, is_text: bool) -> Raw | None:
    if keep == "mine":
        return mine
    if keep == "theirs":
        return theirs
    if keep != "both":
        return None
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return tuple(dict.fromkeys((*theirs, *mine)))
    return f"{theirs} / {mine}" if is_text else None


def _mark(value: Raw) -> str:
    return fingerprint(tuple(sorted(value)) if isinstance(value, tuple) else value)[:MARK]


def _blank(like: Raw) -> Raw:
    return () if isinstance(like, tuple) else ""

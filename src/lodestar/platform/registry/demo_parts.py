"""What apps put into the invented force of the demo. An app registers its parts as it starts, and `demo` makes them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lodestar.platform.accounts.access import Member

YEARS = "years"  # the cases of two years: a part that needs them is made after their last month
Members = Mapping[str, Member]  # by username
Act = Callable[[Any], None]  # something that the office of the demo does at a moment
DatedActs = Callable[[datetime, datetime], Iterable[tuple[datetime, Act]]]  # between two moments


@dataclass(frozen=True)
class DemoWork:
    """How the demo does in its cases what only one app can do, as they are lived through.

    `closes` has, by the code of an obligation, what closes it in a sitting; `events`, by name, what happens in a told case;
    `courses`, by its first word, what comes of a case on a later day. `acts` are done once on their days, `acts_of_step` in every
    step that makes cases; `after_round` is called with the cases that were gone through.
    """

    closes: Mapping[str, Callable[[Any, Any], None]] = field(default_factory=dict)
    events: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    courses: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    acts: DatedActs | None = None
    acts_of_step: DatedActs | None = None
    after_round: Callable[[Any, Any, datetime], None] | None = None


@dataclass(frozen=True)
class DemoPart:
    """One part of the demo force: its name, the function that makes it of the members as at `now`, and the names of the parts
    that must be there before it; one that looks back on the cases needs `YEARS`. `begin` makes what is there when the two years
    begin. A part that is not `before_sign_in` is made while the pages are up."""

    name: str
    make: Callable[[Members, datetime], None] | None = None
    needs: tuple[str, ...] = ()
    before_sign_in: bool = False
    begin: Callable[[Members, datetime], None] | None = None
    work: DemoWork = DemoWork()


DEMO_PARTS: dict[str, DemoPart] = {}


class UnorderedParts(ValueError):
    """A part needs one that is not registered, or parts need each other."""


def register_demo_part(part: DemoPart) -> None:
    """Make a part known. Called by an app as it starts, or by a module of `demo/parts`."""
    DEMO_PARTS[part.name] = part


def sort_parts(parts: Iterable[DemoPart]) -> tuple[list[DemoPart], list[DemoPart]]:
    """Return the parts that are made before the years and those made after them, each after the parts that it needs, else by
    name. Raises UnorderedParts."""
    left, done = {part.name: part for part in sorted(parts, key=lambda part: part.name)}, set[str]()
    before = _take_ready(left, done)
    after = _take_ready(left, done | {YEARS})
    if left:
        raise UnorderedParts(", ".join(left))
    return before, after


def _take_ready(left: dict[str, DemoPart], done: set[str]) -> list[DemoPart]:
    ordered: list[DemoPart] = []
    while ready := next((part for part in left.values() if done.issuperset(part.needs)), None):
        ordered.append(left.pop(ready.name))
        done.add(ready.name)
    return ordered

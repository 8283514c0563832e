"""What somebody has to do by a day that is no task of a case: a breach, a request, a review, later an action of a plan.

Each app keeps such things in its own tables, with their own state and owner. As it starts it registers one function here for
those who hold a permission; first pages ask all of them. An item is closed on the page it leads to, and by nothing here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class DueItem:
    """One thing to do: `what` it is, in words that name no person, `href` where it is done, `due_at` by when, None where nothing
    sets a time, and its `kind`, a code of `KINDS`."""

    kind: str
    what: str
    href: str
    due_at: datetime | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.due_at is not None and self.due_at < now


@dataclass(frozen=True)
class Kind:
    """A kind of item: what several are called, where all of them are, and who gives those of a member that are due before a
    moment, as well as those without a time. Of a kind that most first pages have, `items` gives rows of a query (code, id, two
    texts, time), of which `made` makes an item: so a first page reads them with other things in one query."""

    code: str
    name: str
    href: str
    permission: Permission
    items: Callable[[Member, datetime], Any]
    made: Callable[[Any, str, str, datetime], DueItem] | None = None
    after_cases: bool = False  # what no person's safety hangs on: it comes after the others, late or not


KINDS: dict[str, Kind] = {}


def register_due_items(*kinds: Kind) -> None:
    """Makes kinds of items known; of several kinds that are late the one registered first comes first. Called by an app as it
    starts, and by nothing else."""
    KINDS.update({kind.code: kind for kind in kinds})


def due_rows(member: Member, until: datetime) -> dict[str, Any]:
    """By their codes the queries of the kinds that are read with other things."""
    return {kind.code: kind.items(member, until) for kind in KINDS.values() if kind.made and member.may(kind.permission)}


def due_items(member: Member, until: datetime, now: datetime, rows: Mapping[str, Iterable[Any]] | None = None) -> list[DueItem]:
    """What the member has to do before `until`, late items first, in each part kind by kind and by time. `rows` are those of
    `due_rows`, where they were read."""
    rows = due_rows(member, until) if rows is None else rows
    kinds = sorted(KINDS, key=lambda code: KINDS[code].after_cases)
    items = [KINDS[code].made(*row) for code, of_kind in rows.items() for _, *row in of_kind]  # type: ignore[misc]  # it has one
    items += [
        item for kind in KINDS.values() if not kind.made and member.may(kind.permission) for item in kind.items(member, until)
    ]
    return sorted(
        items,
        key=lambda item: (KINDS[item.kind].after_cases, not item.is_late(now), kinds.index(item.kind), item.due_at or NEVER),
    )

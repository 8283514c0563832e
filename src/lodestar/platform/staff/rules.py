"""Dated places in a force: how a change on a day alters them; and which changes want a second administrator. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from lodestar.platform.text.reference_lists import reference_list

ADD, DETAILS, MOVE, ROLES, RANK, SKILLS = "add", "details", "move", "roles", "rank", "skills"
LOCK, UNLOCK, INVITE, END, UNIT = "lock", "unlock", "invite", "end", "unit"


@dataclass(frozen=True)
class ChangeKind:
    """One kind of change that is asked for: its title, the boxes of its form, its button, whether it says why, and whether a
    second administrator must agree: to what somebody may do, and who can sign in as them."""

    title: str
    fields: tuple[str, ...] = ()
    button: str = "Ask for it"
    says_why: bool = True
    by_two: bool = False


_CONTACT = ("name", "email", "phone", "collar_number")
CHANGES: Mapping[str, ChangeKind] = {
    ADD: ChangeKind("Add a person", (*_CONTACT, "username", "unit", "rank", "roles", "first", "last")),
    DETAILS: ChangeKind("Change details", _CONTACT, "Change", says_why=False),
    MOVE: ChangeKind("Move to another unit", ("unit", "first"), says_why=False),
    ROLES: ChangeKind("Change roles", ("role", "what", "first", "last"), by_two=True),
    RANK: ChangeKind("Change the rank", ("rank", "first"), by_two=True),
    SKILLS: ChangeKind("Change skills", ("skill", "what", "last"), by_two=True),
    LOCK: ChangeKind("Lock", button="Lock"),
    UNLOCK: ChangeKind("Unlock", button="Unlock"),
    INVITE: ChangeKind("New invitation", by_two=True),
    END: ChangeKind("Set the last day", ("last",), "Set it"),
    UNIT: ChangeKind("Units"),
}
KINDS = tuple(CHANGES)
DAY = timedelta(days=1)


def needs_approval(kind: str, content: Mapping[str, Any]) -> bool:
    """Whether another administrator must agree: to a rank, roles or skills, also of somebody who is added with them, and to a
    new invitation of somebody who is here, with which whoever has it could sign in as them."""
    return CHANGES[kind].by_two or (kind == ADD and any(content.get(name) for name in ("roles", "rank", "skills")))


@cache
def ranks() -> dict[str, str]:
    """The ranks, lowest first, each with its name."""
    return {row["code"]: row["name"] for row in reference_list("staff", "ranks").rows}


@cache
def skills() -> dict[str, str]:
    """The skills and languages, each with its name."""
    return {row["code"]: row["name"] for row in reference_list("staff", "skills").rows}


@cache
def skill_groups() -> dict[str, list[tuple[str, str]]]:
    """Skills and languages by group, for a form."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in reference_list("staff", "skills").rows:
        groups.setdefault(row["group"], []).append((row["code"], row["name"]))
    return groups


@dataclass(frozen=True)
class Posting:
    """A stretch of days in one unit, with the same roles and rank; `last` None: for good."""

    unit: UUID
    roles: tuple[str, ...]
    rank: str
    first: date
    last: date | None

    @property
    def what(self) -> tuple[UUID, frozenset[str], str]:
        """What it says, whenever that is."""
        return self.unit, frozenset(self.roles), self.rank


Postings = tuple[Posting, ...]


def changed_postings(
    postings: Iterable[Posting], change: Callable[[Posting], Posting], first: date, last: date | None = None
) -> Postings:
    """The postings with a change made to each day from `first` to `last`, both included. Days before are never touched."""
    return _joined(
        change(part) if part.first >= first and (last is None or part.first <= last) else part
        for posting in postings
        for part in _cut(posting, first, last)
    )


def with_role(postings: Iterable[Posting], role: str, first: date, last: date | None) -> Postings:
    """The postings with a role from its first to its last day, beside the roles of those days."""
    return changed_postings(
        postings, lambda posting: replace(posting, roles=tuple(dict.fromkeys((*posting.roles, role)))), first, last
    )


def without_role(postings: Iterable[Posting], role: str, first: date) -> Postings:
    """The postings without a role from a day on."""
    return changed_postings(
        postings, lambda posting: replace(posting, roles=tuple(each for each in posting.roles if each != role)), first
    )


def in_unit(postings: Iterable[Posting], unit: UUID, first: date) -> Postings:
    """The postings in another unit from a day on."""
    return changed_postings(postings, lambda posting: replace(posting, unit=unit), first)


def of_rank(postings: Iterable[Posting], rank: str, first: date) -> Postings:
    """The postings with another rank from a day on."""
    return changed_postings(postings, lambda posting: replace(posting, rank=rank), first)


def until(postings: Iterable[Posting], last: date) -> Postings:
    """The postings up to somebody's last day, which may be later than the one that was set before."""
    kept = [posting for posting in postings if posting.first <= last]
    return (*kept[:-1], replace(kept[-1], last=last)) if kept else ()


def role_days(postings: Iterable[Posting]) -> list[tuple[str, date, date | None]]:
    """Each role with its first and last day, in order of the first: days that follow one another are one stretch."""
    stretches: list[tuple[str, date, date | None]] = []
    for posting in postings:
        for role in posting.roles:
            before = next((each for each in stretches if each[0] == role and each[2] == posting.first - DAY), None)
            if before:
                stretches.remove(before)
            stretches.append((role, before[1] if before else posting.first, posting.last))
    return sorted(stretches, key=lambda stretch: (stretch[1], stretch[0]))


def _cut(posting: Posting, first: date, last: date | None) -> list[Posting]:
    """The posting in parts, none of which lies on both sides of the first or of the last day."""
    parts = [posting]
    for start in (first, *(() if last is None else (last + DAY,))):
        part = parts[-1]
        if part.first < start and (part.last is None or start <= part.last):
            parts[-1:] = [replace(part, last=start - DAY), replace(part, first=start)]
    return parts


def _joined(postings: Iterable[Posting]) -> Postings:
    """Postings of which one goes on where the one before ended, and says the same, as one."""
    joined: list[Posting] = []
    for posting in postings:
        if joined and joined[-1].what == posting.what and joined[-1].last == posting.first - DAY:
            joined[-1] = replace(joined[-1], last=posting.last)
        else:
            joined.append(posting)
    return tuple(joined)

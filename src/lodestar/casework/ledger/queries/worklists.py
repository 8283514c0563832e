"""Lists of what is owed that stay quick however many rows there are: each begins after a key, in the order of an index.

A list is a union of branches. Each branch is one stretch of one partial index of `Obligation`, in the order of the due
time and then of the id, so that the database reads as many rows as a page shows. Sealed cases are never in those
indexes: their rows come by a branch of their own, to their named owners alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone

from lodestar.casework.cases.access import given_cases, held_people, own_seals, sees_cases, units_of
from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import ROLES, Reach
from lodestar.platform.accounts.queries import leavers
from lodestar.platform.text.paging import Place

Branch = QuerySet[Obligation]
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Listed:
    """One row of a list: in which list, when due, its id, and how soon the rule wants it."""

    name: str
    due: datetime | None
    id: UUID
    when: str

    @property
    def place(self) -> Place:
        return Place(self.due, self.id)


class Worklists:
    """The lists of one member. The units below theirs are looked up once, when a list needs them."""

    def __init__(self, member: Member) -> None:
        self.member = member
        rows = Obligation.objects.filter(state="open")
        self.open = rows if sees_cases(member) else rows.none()
        self.unsealed = self.open.filter(sealed=False)
        self._left: set[UUID] | None = None

    @property
    def units(self) -> list[UUID]:
        """The member's unit and those under it."""
        return units_of(self.member)

    @property
    def sees_the_force(self) -> bool:
        """Whether the member's widest list is that of the whole force."""
        return Reach.TENANT in self.member.reaches

    def mine(self) -> list[Branch]:
        """What the member holds by name, and what their roles answer for where they may see it and nobody holds it."""
        branches = [self.unsealed.filter(holder_id=self.member.user)]
        for role, reach in self._answers_for().items():
            rows = self.unsealed.filter(with_role=role, holder__isnull=True)
            if reach == Reach.TENANT:
                branches.append(rows)
            elif reach == Reach.UNIT:
                branches += [rows.filter(unit=unit) for unit in self.units]
            elif reach in (Reach.GIVEN, Reach.HELD):
                branches.append(rows.filter(case__in=given_cases(self.member)))
                if reach == Reach.HELD:  # of the rest what is for those held now, each row once
                    held = held_people(timezone.now()).values("id")
                    branches.append(rows.filter(person__in=held).exclude(case__in=given_cases(self.member)))
        mine = Q(holder_id=self.member.user) | Q(holder__isnull=True, with_role__in=self.member.owes)
        return [*branches, *self._left_behind(), self._sealed().filter(mine)]

    def of_role(self, role: str) -> list[Branch]:
        """What this role owes in the force and nobody holds by name, for who covers it because nobody has the role."""
        return [self.unsealed.filter(with_role=role, holder__isnull=True)]

    def _left_behind(self) -> list[Branch]:
        """What somebody holds who has left the force, for the supervisor of the unit: else nobody would have it."""
        if "supervisor" not in self.member.owes:
            return []
        if self._left is None:
            self._left = leavers(timezone.localdate())
        left = self._left
        return [self.unsealed.filter(unit=unit, holder__in=left) for unit in self.units] if left else []

    def _answers_for(self) -> Mapping[str, Reach]:
        """The roles that the member answers for, each with the widest reach that one of theirs gives it."""
        widest = [Reach.NOTHING, Reach.GIVEN, Reach.HELD, Reach.UNIT, Reach.TENANT]
        reach_by_role: dict[str, Reach] = {}
        for role in self.member.roles:
            for owed in ROLES[role].owes if role in ROLES else ():
                reach_by_role[owed] = max(reach_by_role.get(owed, Reach.NOTHING), ROLES[role].reach, key=widest.index)
        for owed in set(self.member.owes) - set(reach_by_role):  # by rank: as far as any of their roles reaches
            reach_by_role[owed] = max(self.member.reaches, key=widest.index, default=Reach.NOTHING)
        return reach_by_role

    def _sealed(self) -> Branch:
        return self.open.filter(sealed=True, case__in=own_seals(self.member))

    def team(self) -> list[Branch]:
        """What is owed in the cases of the member's own unit."""
        unit = self.member.unit
        return [self.unsealed.filter(unit=unit), self._sealed().filter(unit=unit)]

    def unit(self) -> list[Branch]:
        """What is owed in the member's unit and all below it; for the roles that reach the force, in all of it."""
        if self.sees_the_force:
            return [self.unsealed, self._sealed()]
        return [*(self.unsealed.filter(unit=unit) for unit in self.units), self._sealed().filter(unit__in=self.units)]


def listed(
    lists: Mapping[str, Iterable[Branch]], now: datetime, most: int, after: Place | None = None
) -> dict[str, list[Listed]]:
    """The first `most` rows of each list that are owed by `now`, after a place, overdue first: in one query.

    What has no due time comes last. What opens later than `now` is not owed yet.
    """
    parts = [
        part.filter(opens_at__lte=now)
        .order_by("due_at", "id")
        .annotate(in_list=Value(name))
        .values_list("in_list", "due_at", "id", "when")[:most]
        for name, branches in lists.items()
        for branch in branches
        for part in _after(branch, after)
        if not branch.query.is_empty()
    ]
    rows_by_list: dict[str, list[Listed]] = {name: [] for name in lists}
    if not parts:
        return rows_by_list  # a role without cases
    first, *rest = parts
    rows: Iterable[Any] = first.union(*rest, all=True).order_by("due_at", "id") if rest else first
    for row in rows:
        list_row = Listed(*row)
        if len(rows_by_list[list_row.name]) < most:
            rows_by_list[list_row.name].append(list_row)
    return rows_by_list


def _after(branch: Branch, after: Place | None) -> list[Branch]:
    if after is None:
        return [branch]
    undated = branch.filter(due_at__isnull=True)
    if after.at is None:
        return [undated.filter(id__gt=after.id)]
    later = branch.filter(due_at__gte=after.at).filter(Q(due_at__gt=after.at) | Q(id__gt=after.id))
    return [later, undated]


def obligations(ids: Sequence[UUID]) -> dict[UUID, Obligation]:
    """The rows of these ids with their case, person and holder. The ids come from a list that the member may see."""
    rows = Obligation.objects.select_related("case", "person", "holder").filter(id__in=ids)
    return {row.id: row for row in rows}


def open_branch(case: Case) -> Branch:
    """What is open in one case, as a branch of a list."""
    return Obligation.objects.filter(state="open", case=case)


def open_in(case: UUID, now: datetime, person: UUID | None = None) -> list[Obligation]:
    """What is owed by now in a case, or about one of its people: the soonest first, what has no due time last."""
    rows = Obligation.objects.select_related("case", "person", "holder").filter(
        case=case, state="open", opens_at__lte=now
    )
    if person is not None:
        rows = rows.filter(person=person)
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "id"))


@dataclass(frozen=True)
class Tried:
    """What was said when something owed was not possible: by whom, when, and the words."""

    by: UUID
    name: str
    at: datetime
    because: str


def why_not_possible(rows: Iterable[Obligation]) -> dict[UUID, Tried]:
    """For each of these rows that was passed up, the latest answer that it was not possible, in one query."""
    stuck = {
        (row.case_id, row.person_id, row.code, row.subject, row.moment): row.id for row in rows if row.not_possible
    }
    if not stuck:
        return {}
    answers = ObligationAnswer.objects.select_related("by").filter(
        case__in={key[0] for key in stuck}, kind="not_possible", code__in={key[2] for key in stuck}
    )
    attempts: dict[UUID, Tried] = {}
    for answer in answers.order_by("recorded_at", "id"):
        key = (answer.case_id, answer.person_id, answer.code, answer.subject, answer.moment)
        if key in stuck:
            attempts[stuck[key]] = Tried(answer.by_id, answer.by.name, answer.happened_at, answer.because)
    return attempts


def without_owner(units: Sequence[UUID], since: datetime, most: int) -> list[Case]:
    """The unsealed cases of these units recorded since then that have their interim owner alone, the newest first."""
    rows = Case.objects.select_related("interim_owner").filter(unit__in=units, sealed=False, owner__isnull=True)
    return list(rows.filter(recorded_at__gte=since).order_by("-recorded_at", "id")[:most])


def with_others(member: Member, now: datetime) -> int:
    """How many things of the cases that the member opened are with somebody else; counted to a thousand and one."""
    return rows_with_others(member, now).values("id")[: MOST_COUNTED + 1].count()


def rows_with_others(member: Member, now: datetime) -> QuerySet[Obligation]:
    """What is open in the latest cases that the member opened and is with somebody else or with nobody."""
    opened = Case.objects.filter(opened_by=member.user, sealed=False).order_by("-recorded_at").values("id")[:100]
    rows = Obligation.objects.filter(state="open", sealed=False, case__in=opened, opens_at__lte=now)
    return rows.exclude(holder_id=member.user)


def open_at(instant: datetime, *, sealed: bool = False) -> QuerySet[Obligation]:
    """What was owed and open then, of cases that are not sealed, or of those that are. What is not owed any more, or was opened
    again since, counts as it stands now."""
    rows = Obligation.objects.filter(sealed=sealed, opened_at__lt=instant).exclude(state="not_owed")
    return rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=instant), opens_at__lt=instant)

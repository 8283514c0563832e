"""Lists of what is owed that stay quick however many rows there are: each begins after a row, in the order of an index.

A list is a union of branches. Each branch is one stretch of one partial index of `Obligation`: the gravest first and then by
time, so that the database reads as many rows as a page shows. What is late or due soon goes before what is not: the branch is
read twice, once for each. Sealed cases are never in those indexes: their rows come by a branch of their own, to their named
owners alone.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Case_
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from lodestar.casework.cases.access import given_cases, own_seals, people_of_the_desk, sees_cases, units_of, visible
from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.models import Obligation, ObligationAnswer, ObligationEvent
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Unit
from lodestar.platform.accounts.permissions import ROLES, Permission, Reach
from lodestar.platform.accounts.queries import leavers
from lodestar.platform.obligations.gravity import CHILD, CUSTODY, WITH_CUSTODY
from lodestar.platform.text.paging import place

Branch = QuerySet[Obligation]
SOON = timedelta(hours=9)  # a shift: what is due within it goes with what is late
BY_GRAVITY, BY_TIME = ("-gravity", "sort_at", "id"), ("sort_at", "id")


@dataclass(frozen=True)
class Listed:
    """One row of a list: in which list, how grave it is, when it is due, its id, and how soon the rule wants
    it. `later` is 1 for what is neither late nor due soon."""

    name: str
    later: int
    gravity: int
    due: datetime | None
    id: UUID
    when: str


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty is everything. `officer` is who has it, `stage` a key of STAGES."""

    officer: UUID | None = None
    unit: UUID | None = None
    reference: str = ""
    child: bool = False
    custody: bool = False
    code: str = ""
    stage: str = ""

    def narrowed(self, branch: Branch, now: datetime) -> Branch:
        """The branch without what was not asked for."""
        conditions = [
            Q(holder_id=self.officer) if self.officer else None,
            Q(unit_id=self.unit) if self.unit else None,
            Q(case__reference=self.reference) if self.reference else None,
            Q(gravity__gte=CHILD) if self.child else None,
            Q(gravity__in=WITH_CUSTODY) if self.custody else None,
            Q(code=self.code) if self.code else None,
            STAGES[self.stage](now) if self.stage else None,
        ]
        return branch.filter(*(condition for condition in conditions if condition is not None))


STAGES: Mapping[str, Callable[[datetime], Q]] = {
    "late": lambda now: Q(due_at__lt=now),
    "soon": lambda now: Q(due_at__gte=now, due_at__lt=now + SOON),
    "stuck": lambda now: Q(not_possible=True),
    "undated": lambda now: Q(due_at__isnull=True),
}


@dataclass(frozen=True)
class Counts:
    """How many rows a list holds, and of these how many are late, about a child, about somebody in custody."""

    all: int
    late: int
    child: int
    custody: int


def counts(rows: Sequence[Listed], now: datetime) -> Counts:
    """The counts of a list that was read to its end, or as far as lists are counted."""
    return Counts(
        len(rows),
        sum(row.due is not None and row.due < now for row in rows),
        sum(row.gravity >= CHILD for row in rows),
        sum(bool(row.gravity & CUSTODY) for row in rows),
    )


class Worklists:
    """The lists of one member. The units below theirs are looked up once, when a list needs them."""

    def __init__(self, member: Member) -> None:
        self.member = member
        rows = Obligation.objects.filter(state="open")
        self.open = rows if sees_cases(member) and member.may(Permission.CASE_VIEW) else rows.none()
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

    def unit_choices(self) -> list[tuple[str, str]]:
        """The units of the member's widest list with their names."""
        every = Unit.objects.order_by("name", "id")
        rows = every if self.sees_the_force else every.filter(id__in=self.units)
        return [(str(unit.id), unit.name) for unit in rows]

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
                if reach == Reach.HELD:  # of the rest what is for those held now or released lately, each row once
                    held = people_of_the_desk(timezone.now()).values("id")
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


def begins_after(member: Member, mark: str, now: datetime) -> tuple[datetime, Obligation | None]:
    """When a list was first read that goes on after the row of a mark, and that row; now and None for a first page."""
    begun = place(mark)
    if begun is None or begun.at is None:
        return now, None
    last = Obligation.objects.filter(visible(member, "case__"), id=begun.id).first()
    return (min(begun.at, now), last) if last else (now, None)


def listed(
    lists: Mapping[str, Iterable[Branch]], seen: datetime, most: int, last: Obligation | None = None, *,
    soonest_first: bool = False,
) -> dict[str, list[Listed]]:  # fmt: skip
    """The first `most` rows of each list that were owed when it was `seen`, in one query, after the `last` row of the page
    before: what was late or due soon, then the rest, the gravest of each first; or the soonest first. What has no time comes
    last. What opens later is not owed yet."""
    order = BY_TIME if soonest_first else BY_GRAVITY
    parts = [
        part.order_by(*order).values_list("in_list", "later", "gravity", "due_at", "id", "when", "sort_at")[:most]
        for name, branches in lists.items()
        for branch in branches
        if not branch.query.is_empty()
        for part in _parts(branch.filter(opens_at__lte=seen).annotate(in_list=Value(name)), seen, last)
    ]
    rows_by_list: dict[str, list[Listed]] = {name: [] for name in lists}
    if not parts:
        return rows_by_list  # a role without cases
    first, *rest = parts
    rows: Iterable[Any] = first.union(*rest, all=True).order_by(*([] if soonest_first else ["later"]), *order) if rest else first
    for *values, _ in rows:
        rows_by_list[values[0]].append(Listed(*values))
    return {name: some[:most] for name, some in rows_by_list.items()}


def _parts(branch: Branch, seen: datetime, last: Obligation | None) -> Sequence[QuerySet[Any, Any]]:
    """What is late or due soon, and the rest, each one stretch of an index; of both what comes after the last row."""
    ends = seen + SOON
    soon = branch.filter(sort_at__lt=ends).annotate(later=Value(0))
    rest = branch.filter(Q(sort_at__gte=ends) | Q(sort_at__isnull=True)).annotate(later=Value(1))
    if last is None:
        return soon, rest
    is_soon = last.sort_at is not None and last.sort_at < ends
    return (soon.filter(_after(last)), rest) if is_soon else (rest.filter(_after(last)),)


def _after(last: Obligation) -> Q:
    """What comes after a row, the gravest first and then by time."""
    later = Q(sort_at__isnull=True, id__gt=last.id)
    if last.sort_at is not None:
        later = Q(sort_at__gt=last.sort_at) | Q(sort_at=last.sort_at, id__gt=last.id) | Q(sort_at__isnull=True)
    return Q(gravity__lt=last.gravity) | Q(later, gravity=last.gravity)


def obligations(ids: Sequence[UUID]) -> dict[UUID, Obligation]:
    """The rows of these ids with their case, person and holder, in one query. Under `agreed` is the latest working time that was
    agreed, with its reason; under `passed` why it was last given, or somebody reminded of it; under `attempt` the latest answer
    that it was not possible. The ids come from a list that the member may see."""
    events = ObligationEvent.objects.filter(obligation=OuterRef("pk")).order_by("-recorded_at", "-id")
    timed, passed = events.filter(kind="timed"), events.filter(kind__in=("given", "reminded"))
    key = {name: OuterRef(name) for name in ("case", "code", "subject", "moment")}
    whose = Q(person=OuterRef("person")) | Q(person__isnull=True)  # a code is owed for people or for cases, never for both
    stuck = ObligationAnswer.objects.filter(whose, **key, kind="not_possible").order_by("-recorded_at", "-id")
    words = JSONObject(by="by_id", name="by__name", at="happened_at", because="because")
    rows = Obligation.objects.select_related("case", "person", "holder").filter(id__in=ids)
    rows = rows.annotate(
        agreed=Subquery(timed.values(both=JSONObject(at="working_time", because="because"))[:1]),
        passed=Subquery(passed.values(both=JSONObject(kind="kind", because="because"))[:1]),
        attempt=Case_(When(not_possible=True, then=Subquery(stuck.values(words=words)[:1]))),
    )
    return {row.id: row for row in rows}


def open_branch(case: Case) -> Branch:
    """What is open in one case, as a branch of a list."""
    return Obligation.objects.filter(state="open", case=case)


def open_in(case: UUID, now: datetime, person: UUID | None = None) -> list[Obligation]:
    """What is owed by now in a case, or about one of its people: the soonest first, what has no due time last."""
    rows = Obligation.objects.select_related("case", "person", "holder").filter(case=case, state="open", opens_at__lte=now)
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
    """For each of these rows, as `obligations` reads them, that was passed up the latest answer that it was not possible."""
    attempts = ((row.id, getattr(row, "attempt", None)) for row in rows)
    return {
        row: Tried(UUID(said["by"]), said["name"], datetime.fromisoformat(said["at"]), said["because"])
        for row, said in attempts
        if said
    }


def open_at(instant: datetime, *, sealed: bool = False) -> QuerySet[Obligation]:
    """What was owed and open then, of cases that are not sealed, or of those that are. What is not owed any more, or was opened
    again since, counts as it stands now."""
    rows = Obligation.objects.filter(sealed=sealed, opened_at__lt=instant).exclude(state="not_owed")
    return rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=instant), opens_at__lt=instant)


@dataclass
class Steps:
    """Of one case what is the member's: the first time due, how much is late, and what is next: the soonest not late yet, else
    the one late longest, else one without a time."""

    next: UUID
    first: datetime | None
    late: int = 0
    has_coming: bool = False


def own_steps(member: Member, cases: Collection[UUID], now: datetime) -> dict[UUID, Steps]:
    """The member's steps in each of these cases, which they see; nothing of a case in which they have none."""
    theirs = Q(holder_id=member.user) | Q(holder__isnull=True, with_role__in=member.owes)
    rows = Obligation.objects.filter(theirs, case__in=cases, state="open", opens_at__lte=now)
    found: dict[UUID, Steps] = {}
    for case, row, due in rows.order_by(F("due_at").asc(nulls_last=True), "id").values_list("case_id", "id", "due_at"):
        steps = found.setdefault(case, Steps(row, due))
        if due is not None and due < now:
            steps.late += 1
        elif due is not None and steps.late and not steps.has_coming:
            steps.next, steps.has_coming = row, True
    return found

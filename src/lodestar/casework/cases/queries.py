"""References of cases for those who may know them without opening one, and what became of the cases that somebody opened."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from lodestar.casework.cases.access import sees_cases
from lodestar.casework.cases.models import Case, CaseMember, Exploitation, FirstAccount, Person, SealOwner
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Accreditation
from lodestar.platform.accounts.permissions import Permission, Reach
from lodestar.platform.accounts.queries import nearest_at_work, users_at_work
from lodestar.platform.audit.models import Event, Operation
from lodestar.platform.time.days import london_date


def references_of(cases: Iterable[UUID]) -> dict[UUID, str]:
    """The references of these cases, sealed ones left out."""
    return dict(Case.objects.filter(id__in=set(cases), sealed=False).values_list("id", "reference"))


def case_of(reference: str) -> UUID | None:
    """The id of the case of this reference; None for a sealed one as for one that is not there."""
    return Case.objects.filter(reference=reference.strip().upper(), sealed=False).values_list("id", flat=True).first()


LOOKED_BACK = timedelta(days=60)
MOST_CASES = 30
TOLD = ("investigations.allocated", "investigations.crime_recorded", "recognition.belief_decided", "referrals.sent")


@dataclass(frozen=True)
class RecentChange:
    """One thing that somebody else did in a case."""

    case: Case
    code: str
    happened_at: datetime


def recent_changes(member: Member, now: datetime, most: int = 3) -> list[RecentChange]:
    """The newest things that others did in the member's own newest cases, sealed ones apart."""
    if not sees_cases(member):
        return []
    opened = Case.objects.filter(opened_by=member.user, sealed=False).order_by("-recorded_at")
    cases = {case.id: case for case in opened[:MOST_CASES]}
    # Sorted here and not in the database, which for the newest three would read the whole log of sixty days by time.
    log_events = Event.objects.filter(~Q(operation=Operation.CONSULTATION), case__in=list(cases), code__in=TOLD)
    events = log_events.filter(recorded_at__range=(now - LOOKED_BACK, now)).exclude(by=member.user) if cases else ()
    newest = sorted(events, key=lambda event: (event.recorded_at, event.id), reverse=True)[:most]
    return [RecentChange(cases[event.case], event.code, event.happened_at) for event in newest if event.case]


@dataclass(frozen=True)
class Seen:
    """Why somebody sees a case: how, since when, and until when where that ends."""

    how: str
    since: datetime | None = None
    until: datetime | None = None


def why_seen(member: Member, case: Case, let_in: Iterable[CaseMember]) -> Seen:
    """Why the member sees this case, which they were let into: by name first, then by what their role reaches."""
    if case.sealed:
        return Seen("seal")
    order = ("owner", "opened", "given", "emergency")
    own = [row for row in let_in if row.user_id == member.user]
    for row in sorted(own, key=lambda row: order.index(row.how)):
        return Seen(row.how, row.from_at, row.to_at)
    by_role = {Reach.TENANT: "force", Reach.UNIT: "unit", Reach.HELD: "held"}
    return Seen(next(how for reach, how in by_role.items() if reach in member.reaches))


def let_into(case: Case, now: datetime) -> list[CaseMember]:
    """Everybody who sees the case by name, emergency access included, the earliest first; `is_pip2` is their skill today."""
    day = london_date(now)
    accreditations = Accreditation.objects.filter(user=OuterRef("user"), code="pip2", from_date__lte=day).exclude(to_date__lt=day)
    rows = (
        CaseMember.objects.select_related("user")
        .annotate(is_pip2=Exists(accreditations))
        .filter(case=case)
        .exclude(to_at__lt=now)
    )
    return list(rows.order_by("from_at", "id"))


def team_of(case: Case, now: datetime) -> list[CaseMember]:
    """Who works the case: those who opened it, own it or were given it; emergency access is no part of it."""
    return [row for row in let_into(case, now) if row.how != "emergency"]


def named_alone(case: Case) -> frozenset[UUID] | None:
    """The named owners of a sealed case, who alone can have it; None where it is not sealed."""
    if not case.sealed:
        return None
    return frozenset(SealOwner.objects.filter(case=case).values_list("user_id", flat=True))


def who_to_tell(case: Case, roles_with: Permission) -> set[UUID]:
    """Who at work with this permission is told of a case: those nearest to its unit; of a sealed case its named owners
    alone."""
    named_owners = named_alone(case)
    if named_owners is None:
        return nearest_at_work(case.unit_id, roles_with)
    return users_at_work(roles_with) & named_owners


_FINDS_IT = ("reference", "officer", "taken_words", "taken_at")


def first_accounts(people: Collection[UUID]) -> list[FirstAccount]:
    """The videos that hold the first accounts of these people, the first recorded first."""
    rows = FirstAccount.objects.select_related("recorded_by").filter(person__in=people)
    return list(rows.order_by("recorded_at", "id"))


def first_accounts_subquery() -> ArraySubquery:
    """What finds the videos of a person again, to be read in the one query that reads the person; for `as_accounts`."""
    rows = FirstAccount.objects.filter(person=OuterRef("pk")).order_by("recorded_at", "id")
    return ArraySubquery(rows.values_list(JSONObject(**{name: name for name in _FINDS_IT})))


def as_accounts(rows: Iterable[Mapping[str, Any]]) -> list[FirstAccount]:
    """The videos that `accounts_told` read, as much of each as finds it again."""
    return [FirstAccount(**{**row, "taken_at": datetime.fromisoformat(row["taken_at"])}) for row in rows]


NEW_FOR = timedelta(days=60)


def not_opened(member: Member, cases: Collection[UUID], now: datetime) -> set[UUID]:
    """Of these cases those that the member was given, or became the owner of, in the last sixty days and has not opened since."""
    rows = CaseMember.objects.filter(user_id=member.user, case__in=cases, how__in=["given", "owner"], to_at__isnull=True)
    given: dict[UUID, datetime] = {}
    for case, at in rows.filter(from_at__gt=now - NEW_FOR).values_list("case_id", "from_at"):
        given[case] = max(given.get(case, at), at)
    if not given:
        return set()
    looks = Event.objects.filter(by=member.user, code="cases.viewed", case__in=list(given), recorded_at__gte=min(given.values()))
    opened = {case for case, at in looks.values_list("case", "recorded_at") if case and at >= given[case]}
    return set(given) - opened


def people_in(cases: Collection[UUID]) -> dict[UUID, list[Person]]:
    """The people of these cases, in their order; the member sees the cases."""
    people: dict[UUID, list[Person]] = defaultdict(list)
    for person in Person.objects.filter(case__in=cases).order_by("number"):
        people[person.case_id].append(person)
    return people


def exploitation_in(cases: Collection[UUID]) -> dict[UUID, list[str]]:
    """The kinds of exploitation recorded in each of these cases, each once."""
    kinds: dict[UUID, list[str]] = defaultdict(list)
    rows = Exploitation.objects.filter(person__case__in=cases).values_list("person__case_id", "type")
    for case, kind in rows.distinct().order_by("person__case_id", "type"):
        kinds[case].append(kind)
    return kinds

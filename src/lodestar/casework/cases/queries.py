"""References of cases for those who may not open one, who sees a case and why, and the videos of first accounts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from lodestar.casework.cases.models import Case, CaseMember, Exploitation, FirstAccount, Person, SealOwner
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Accreditation
from lodestar.platform.accounts.permissions import Permission, Reach
from lodestar.platform.accounts.queries import nearest_at_work, users_at_work
from lodestar.platform.time.days import london_date


def references_of(cases: Iterable[UUID]) -> dict[UUID, str]:
    """The references of these cases, sealed ones left out."""
    return dict(Case.objects.filter(id__in=set(cases), sealed=False).values_list("id", "reference"))


def case_of(reference: str) -> UUID | None:
    """The id of the case of this reference; None for a sealed one as for one that is not there."""
    return Case.objects.filter(reference=reference.strip().upper(), sealed=False).values_list("id", flat=True).first()


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

"""Who could be given a case on a day: colleagues, their skills, and how many cases each has."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lodestar.accounts.models import Accreditation, Membership
from lodestar.accounts.permissions import Permission, permissions_of
from lodestar.cases.models import Case, Obligation
from lodestar.investigations.rules import is_pip2
from lodestar.kernel.names import sort_key


@dataclass(frozen=True)
class Detective:
    """A colleague as the list shows them: `cases` are those they own in which something is open."""

    user: UUID
    name: str
    unit: str
    skills: frozenset[str]
    is_pip2: bool
    cases: int


def _at_work(day: date) -> QuerySet[Membership]:
    return (
        Membership.objects.select_related("user", "unit")
        .filter(from_date__lte=day, user__is_active=True)
        .exclude(to_date__lt=day)
        .order_by("from_date", "id")
    )


def _held(day: date) -> QuerySet[Accreditation]:
    return Accreditation.objects.filter(from_date__lte=day).exclude(to_date__lt=day)


def skills_of(user: UUID, day: date) -> frozenset[str]:
    """The skills that a person held on a day."""
    return frozenset(_held(day).filter(user_id=user).values_list("code", flat=True))


def detectives(day: date, find: str = "") -> list[Detective]:
    """Those with any accreditation on the day, or an investigator's role, who may open a case; by name. `find` keeps those
    whose name or unit holds the words."""
    skills: dict[UUID, set[str]] = defaultdict(set)
    for user, code in _held(day).values_list("user_id", "code"):
        skills[user].add(code)
    members: dict[UUID, Membership] = {}
    for row in _at_work(day).filter(Q(user__in=list(skills)) | Q(roles__contains=["investigator"])):
        if Permission.CASE_VIEW in permissions_of(row.roles):
            members[row.user_id] = row
    cases = _open_cases(members)
    wanted = find.casefold().split()
    found = [
        Detective(
            user=user,
            name=row.user.name,
            unit=row.unit.name,
            skills=frozenset(skills[user]),
            is_pip2=is_pip2(skills[user], day),
            cases=cases[user],
        )
        for user, row in members.items()
        if all(word in f"{row.user.name} {row.unit.name}".casefold() for word in wanted)
    ]
    return sorted(found, key=lambda one: (sort_key(one.name), one.user))


def _open_cases(users: Collection[UUID]) -> Counter[UUID]:
    """How many cases each owns in which something is open. Sealed ones are not counted: a count would tell of them."""
    is_open = Exists(Obligation.objects.filter(case=OuterRef("id"), state="open"))
    owned: Iterable[UUID | None] = (
        Case.objects.filter(is_open, owner__in=users, sealed=False).values_list("owner_id", flat=True)
    )
    return Counter(owner for owner in owned if owner)


def colleague(user: UUID, day: date) -> Membership | None:
    """The colleague of this id, when they are at work on the day."""
    return _at_work(day).filter(user_id=user).first()


def colleague_named(words: str, day: date) -> list[Membership]:
    """The colleagues at work on the day whose user name or name is what was typed, in any case; each once."""
    typed = " ".join(words.split()).casefold()
    rows = _at_work(day).filter(user__username=typed) or _at_work(day).filter(user__name__iexact=typed)
    return list({row.user_id: row for row in rows}.values())

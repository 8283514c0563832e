"""Named reads about staff: lists of people and requests, one person's dated places, who is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from lodestar.platform.accounts.access import Member, units_of_roster
from lodestar.platform.accounts.models import Accreditation, Membership, Unit, User
from lodestar.platform.accounts.queries import in_force, plain_name
from lodestar.platform.staff.access import requests_seen
from lodestar.platform.staff.models import Invitation, InvitationAnswer, Leave, StaffRequest
from lodestar.platform.staff.rules import ADD, Posting
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.text.sorting import sort_key


@dataclass(frozen=True)
class Wanted:
    """What a list of people is narrowed to; empty: all."""

    words: str = ""  # in the name, the user name or the collar number
    unit: UUID | None = None
    role: str = ""
    state: str = ""  # here, locked, ended


def people(wanted: Wanted, today: date, most: int, after: User | None = None) -> list[Membership]:
    """Everybody who has or had a place in the force, each with today's place, or else the next or the last one; by name."""
    nearest = Membership.objects.order_by("user_id", Case(When(from_date__lte=today, then=0), default=1), "-from_date", "-id")
    rows = Membership.objects.filter(id__in=nearest.distinct("user_id").values("id")).select_related("user", "unit")
    if wanted.words.strip():
        rows = rows.filter(id__in=_members_named(rows, plain_name(wanted.words).split()))
    if wanted.unit:
        rows = rows.filter(unit=wanted.unit)
    if wanted.role:
        rows = rows.filter(roles__contains=[wanted.role])
    is_over = Q(to_date__lt=today)
    states = {"here": ~is_over & Q(user__is_active=True), "locked": ~is_over & Q(user__is_active=False), "ended": is_over}
    if wanted.state in states:
        rows = rows.filter(states[wanted.state])
    if after is not None:
        rows = rows.filter(Q(user__name__gt=after.name) | Q(user__name=after.name, user_id__gt=after.id))
    return list(rows.order_by("user__name", "user_id")[:most])


def _members_named(rows: QuerySet[Membership], sought: list[str]) -> list[UUID]:
    """Those who have each of these words in their name or user name, or as their collar number; accents, capitals and the order
    of the words do not matter."""
    named = rows.values_list("id", "user__name", "user__username", "collar_number")
    return [
        place for place, name, username, collar in named
        if all(word in plain_name(f"{name} {username}") or word == plain_name(collar) for word in sought)
    ]  # fmt: skip


def user_after(mark: UUID | None) -> User | None:
    """The person after whom a page of the list begins; None for the beginning."""
    places = Membership.objects.filter(user=mark).values("user")
    return User.objects.filter(id__in=places).first() if mark else None


def places_of(user: UUID) -> list[Membership]:
    """The dated places of somebody in the force, the earliest first."""
    return list(Membership.objects.select_related("unit").filter(user=user).order_by("from_date", "id"))


def postings(rows: Iterable[Membership]) -> list[Posting]:
    """The same as the rules read them."""
    return [Posting(row.unit_id, tuple(row.roles), row.rank, row.from_date, row.to_date) for row in rows]


def skills_of(user: UUID, today: date) -> list[Accreditation]:
    """The skills and languages that somebody has today or will have."""
    return list(Accreditation.objects.filter(user=user).exclude(to_date__lt=today).order_by("code", "from_date"))


def units() -> list[Unit]:
    """The units of the force, by name."""
    return sorted(Unit.objects.select_related("parent"), key=lambda unit: (sort_key(unit.name), unit.id))


def requests_of(member: Member, user: UUID, most: int) -> list[StaffRequest]:
    """What was asked about somebody, the latest first."""
    names = User.objects.filter(id=user).values("username")
    rows = requests_seen(member).filter(Q(person=user) | Q(kind=ADD, username__in=names))
    return list(rows.order_by("-asked_at", "id")[:most])


def waiting_requests(member: Member) -> QuerySet[StaffRequest]:
    """Requests that another administrator still has to decide, the oldest first."""
    return requests_seen(member).filter(decided_at__isnull=True, needs_approval=True).order_by("asked_at", "id")


def waiting_for_me(member: Member, model: type[StaffRequest], most: int) -> list[StaffRequest]:
    """Those of them that the member may decide, who neither asked nor is the person."""
    rows = waiting_requests(member).exclude(asked_by=member.user)
    return list(rows.exclude(person=member.user)[:most])


def people_waiting_for_me(member: Member, most: int) -> list[StaffRequest]:
    """Those of them that would add somebody."""
    rows = waiting_requests(member).filter(kind=ADD).exclude(asked_by=member.user)
    return list(rows[:most])


def settled_requests(member: Member, most: int) -> list[StaffRequest]:
    """The latest requests that nobody has to decide any more, failed ones among them."""
    rows = requests_seen(member).exclude(decided_at__isnull=True, needs_approval=True)
    return list(rows.order_by("-asked_at", "id")[:most])


def usernames_asked_for() -> set[str]:
    """The user names of those for whom it was asked that they are added, where that was not refused and did not fail."""
    rows = StaffRequest.objects.filter(kind=ADD).exclude(approved=False).exclude(fulfilments__failure__gt="")
    return set(rows.values_list("username", flat=True))


def invitation_of(request: UUID) -> Invitation | None:
    """The invitation that a request made."""
    return Invitation.objects.filter(request=request).first()


def force_named(slug: str) -> Tenant | None:
    """The force of this short name."""
    return Tenant.objects.filter(slug=slug).first()


def invitation_by(username: str, code_hash: str, now: datetime) -> Invitation | None:
    """The invitation of this person by its code, while it is good and was not answered. Within their force."""
    rows = Invitation.objects.select_related("user").filter(
        user__username=username, code_hash=code_hash, accepted_at__isnull=True, ends_at__gt=now
    )
    return rows.exclude(id__in=InvitationAnswer.objects.values("invitation")).first()


def on_leave(users: Iterable[UUID], day: date) -> dict[UUID, date]:
    """Who of these people is away on a day, each with the last day of that leave."""
    rows = Leave.objects.filter(user__in=set(users), withdrawn_at__isnull=True, first_day__lte=day, last_day__gte=day)
    return dict(rows.order_by("last_day").values_list("user_id", "last_day"))


def whose_leave(member: Member, today: date) -> list[tuple[UUID, str]]:
    """Whose leave the member may enter: their own first, then those at work in units whose rota they set."""
    there = in_force(today).filter(unit__in=units_of_roster(member), user__is_active=True).exclude(user=member.user)
    others = sorted(set(there.values_list("user_id", "user__name")), key=lambda each: (sort_key(each[1]), each[0]))
    return [(member.user, member.name), *others]

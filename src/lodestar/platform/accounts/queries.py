"""Named reads about people who sign in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.management.base import CommandError
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import ApiToken, Draft, ForceIdentity, Membership, RotaEntry, Shift, Unit, User
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.obligations.settings import SHIPPED, Settings
from lodestar.platform.tenancy.force_checks import Finding
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.sealing import is_vouched
from lodestar.platform.tenancy.tenant_transaction import as_user
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.paging import Place
from lodestar.platform.text.sorting import sort_key


def in_force(day: date) -> QuerySet[Membership]:
    """The memberships in force on a day."""
    return Membership.objects.filter(from_date__lte=day).exclude(to_date__lt=day)


def memberships_today(user: UUID) -> QuerySet[Membership]:
    """The memberships in force today. Before a tenant is chosen the wall shows a person only their own."""
    rows = in_force(timezone.localdate()).filter(user_id=user)
    return rows.select_related("user").order_by("from_date", "id")


def tenant_names(slugs: list[str]) -> dict[str, Tenant]:
    """Tenants by slug."""
    return {tenant.slug: tenant for tenant in Tenant.objects.filter(slug__in=slugs)}


def demo_filling() -> tuple[int, int] | None:
    """Return how many months of the demo force are made, and of how many; None where all of it is made, or there is none."""
    state = Tenant.objects.filter(demo_filling__isnull=False).values_list("demo_filling", flat=True).first()
    return (state["months_in_all"] - len(state["months"]), state["months_in_all"]) if state else None


def draft_at(user: UUID, path: str, key: UUID | None = None) -> Draft | None:
    """What the person typed on this page under this key and did not send; with no key what they typed there last."""
    rows = Draft.objects.filter(user_id=user, path=path)
    return (rows.filter(key=key) if key else rows.order_by("-saved_at")).first()


def drafts_of(user: UUID) -> QuerySet[Draft]:
    """All that a person typed and did not send, newest first."""
    return Draft.objects.filter(user_id=user).order_by("-saved_at")


@dataclass(frozen=True)
class OwnChoice:
    """A choice on *Your account* that another app offers: how it is now, where its button leads, what that sends and says."""

    title: str
    now: str
    action: str
    button: tuple[str, str]


_own_choices: list[Callable[[Member], OwnChoice]] = []


def offer_choice(choice: Callable[[Member], OwnChoice]) -> None:
    """Has *Your account* offer a choice. Called by an app as it starts, and by nothing else."""
    _own_choices.append(choice)


def own_choices(member: Member) -> list[OwnChoice]:
    """What a member chooses for themselves."""
    return [choice(member) for choice in _own_choices]


BETWEEN_TOURS = timedelta(hours=6)
FIRST_USE_WITHIN = timedelta(days=14)  # an approval nobody used stands no longer for whoever is given the name next
# Which roles can hold a post of duty; an inspector is also known by rank.
POST_ROLES = {"supervisor": ("supervisor",), "coordinator": ("coordinator",), "inspector": ("detective_inspector",)}


def on_duty(post: str, at: datetime, unit: UUID | None = None) -> RotaEntry | None:
    """Who is on duty in this post at this instant, of this unit first."""
    rows = list(
        RotaEntry.objects.select_related("user").filter(post=post, from_at__lte=at, to_at__gt=at).order_by("-from_at", "id")
    )
    return next((row for row in rows if row.unit_id == unit), rows[0] if rows else None)


def tour_at(user: UUID, at: datetime) -> Shift | None:
    """The tour of a person under way at this instant."""
    return Shift.objects.filter(user_id=user, from_at__lte=at, to_at__gt=at).order_by("-from_at").first()


def latest_tour(user: UUID, at: datetime) -> Shift | None:
    """The last tour that a person began, as long as it goes on or ended less than six hours ago."""
    last = Shift.objects.filter(user_id=user, from_at__lte=at).order_by("-from_at").first()
    return last if last is not None and at - last.to_at < BETWEEN_TOURS else None


def names_of(users: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these users as colleagues read them."""
    return dict(User.objects.filter(id__in=set(users)).values_list("id", "name"))


def name_subquery(of: str) -> Subquery:
    """The name of the user whose id stands in the column `of`, to be read with a row."""
    return Subquery(User.objects.filter(id=OuterRef(of)).values("name"))


def names_and_usernames_of(users: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """The names of these users and their user names, which no two share."""
    rows = User.objects.filter(id__in=set(users)).values_list("id", "name", "username")
    return {user: (name, username) for user, name, username in rows}


def at_work(roles_with: Permission) -> QuerySet[Membership]:
    """The memberships in force today that hold this permission, by name, of those who can sign in: somebody invited has no
    password yet, and is given nothing that would wait unseen."""
    roles = [role.code for role in ROLES.values() if roles_with in role.permissions]
    by_force = ForceIdentity.objects.filter(user=OuterRef("user"), ended_at__isnull=True)
    can_sign_in = ~Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX) | Exists(by_force)
    rows = in_force(timezone.localdate()).filter(can_sign_in, roles__overlap=roles, user__is_active=True)
    return rows.select_related("user").order_by("user__name", "id")


def users_at_work(roles_with: Permission) -> set[UUID]:
    """Who is at work today with this permission."""
    return set(at_work(roles_with).values_list("user_id", flat=True))


def nearest_at_work(unit: UUID, roles_with: Permission) -> set[UUID]:
    """Who is at work today with this permission nearest to a unit: in it, else in the one above it, and so on; else anywhere."""
    rows = list(at_work(roles_with).values_list("unit_id", "user_id"))
    if users := {user for of, user in rows if of == unit}:
        return users
    above = dict(Unit.objects.values_list("id", "parent_id"))
    place: UUID | None = unit
    while place in above:
        users = {user for of, user in rows if of == place}
        if users:
            return users
        place = above.pop(place)
    return {user for _, user in rows}


def leavers(day: date) -> set[UUID]:
    """Those who had a place in the force and have none on the day, or may not sign in any more."""
    there = in_force(day).filter(user__is_active=True).values("user")
    return set(Membership.objects.exclude(user__in=there).values_list("user_id", flat=True))


def plain_name(name: str) -> str:
    """A name as it is looked for: letters without accents, small."""
    return sort_key(name).partition("\t")[0]


def at_work_as(user: str, roles_with: Permission) -> UUID | None:
    """The id of this user, as a form sent it, if they are at work today with this permission."""
    wanted = id_in(user)
    return at_work(roles_with).filter(user_id=wanted).values_list("user_id", flat=True).first() if wanted else None


def members_by_username(usernames: Iterable[str], roles_with: Permission) -> dict[str, Membership]:
    """Those of these user names that are at work today with this permission. Others are left out, whatever they are."""
    rows = at_work(roles_with).filter(user__username__in={name.lower() for name in usernames})
    return {row.user.username: row for row in rows}


def called_at_work(name: str, roles_with: Permission) -> Membership | None:
    """Who has this user name, or is called so in full as colleagues read it, and is at work today with this permission: two of
    one name are nobody."""
    called = Q(user__username=name.lower()) | Q(user__name__iexact=name)
    rows = {row.user_id: row for row in at_work(roles_with).filter(called)}
    return next(iter(rows.values())) if len(rows) == 1 else None


def active_user(user: UUID) -> User | None:
    """Somebody who may sign in, by id."""
    return User.objects.filter(id=user, is_active=True).first()


def at_work_by_name(username: str) -> UUID | None:
    """The id of whoever has this user name and a place in the force today, whatever their role."""
    rows = in_force(timezone.localdate()).filter(user__username=username, user__is_active=True)
    return rows.values_list("user_id", flat=True).first()


def colleague(username: str) -> UUID | None:
    """The id of whoever has this user name and works or has worked for this tenant."""
    rows = Membership.objects.filter(user__username=username.strip().lower())
    return rows.values_list("user_id", flat=True).first()


def colleagues_called(words: str, most: int) -> list[User]:
    """Who has this user name, or every word of this name, and works or has worked for this tenant, by name. Accents, capitals and
    the order of the words do not matter."""
    sought = plain_name(words).split()
    rows = {row.user_id: row.user for row in Membership.objects.select_related("user")}.values() if sought else ()
    fit = [user for user in rows if user.username == words.strip().lower() or set(sought) <= set(plain_name(user.name).split())]
    named = [user for user in fit if user.username == words.strip().lower()]
    return named or sorted(fit, key=lambda user: (sort_key(user.name), user.id))[:most]


def tokens() -> QuerySet[ApiToken]:
    """The tokens of other systems, the newest first, with who made and who revoked them."""
    return ApiToken.objects.select_related("made_by", "revoked_by").order_by("-made_at", "id")


def tokens_in_force(today: date) -> QuerySet[ApiToken]:
    """The tokens that are answered today, the first to end first."""
    return tokens().filter(revoked_at__isnull=True, last_day__gte=today).order_by("last_day", "id")


def tokens_ending(today: date) -> list[ApiToken]:
    """The tokens in force of which the last day is near enough to warn of it."""
    return list(tokens_in_force(today).filter(last_day__lte=today + WARNED))


def identities() -> QuerySet[ForceIdentity]:
    """Who may come in by the force's own sign-in, or might once: the newest first."""
    return ForceIdentity.objects.select_related("user", "approved_by", "ended_by").order_by("-approved_at", "-id")


def identity_of(issuer: str, subject: str, account_name: str, now: datetime) -> ForceIdentity | None:
    """The account of the force's own sign-in that is meant: bound to this subject, or approved a short while ago by this
    name and bound to none. Whoever has a name that is bound to another subject is nobody."""
    rows = ForceIdentity.objects.select_related("user").filter(ended_at__isnull=True, user__is_active=True)
    identity = rows.filter(bound_at__isnull=False, issuer=issuer, subject=subject).first()
    if identity is None and account_name:
        identity = rows.filter(bound_at__isnull=True, named=account_name, approved_at__gt=now - FIRST_USE_WITHIN).first()
    if identity is None or not is_vouched(settings.FIELD_KEYS, identity.vouched, *identity.vouched_parts()):
        return None  # one that was put into the table by hand lets nobody in
    return identity


def duties_of(unit: UUID, now: datetime, most: int, after: Place | None = None) -> list[RotaEntry]:
    """Who is on duty for a unit now, and who comes next, in order of time; those after a place in that list."""
    rows = RotaEntry.objects.select_related("user").filter(unit=unit, to_at__gt=now)
    if after is not None and after.at is not None:
        rows = rows.filter(Q(from_at__gt=after.at) | Q(from_at=after.at, id__gt=after.id))
    return list(rows.order_by("from_at", "id")[:most])


def who_may_be_on_duty(day: date) -> list[Membership]:
    """Everybody at work on the day who can hold one of the posts, by name."""
    fits = Q(roles__overlap=[role for roles in POST_ROLES.values() for role in roles]) | Q(rank__contains="inspector")
    rows = in_force(day).select_related("user", "unit").filter(fits, user__is_active=True)
    return sorted(rows, key=lambda row: (sort_key(row.user.name), row.id))


def fits_post(membership: Membership, post: str) -> bool:
    """Whether this colleague can be on duty in this post: by a role, or as inspector by the rank on the membership."""
    by_rank = post == "inspector" and "inspector" in membership.rank
    return by_rank or bool(set(POST_ROLES.get(post, ())) & set(membership.roles))


def member_named(username: str, tenant: str, permission: Permission = Permission.CONCERN_RECORD) -> Member:
    """The member that a command acts as. Raises CommandError where that is nobody, or somebody who may not."""
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"No user has the name {username!r}.")
    with as_user(user.id):
        places = [place for place in memberships_today(user.id) if not tenant or place.tenant == tenant]
    if len(places) != 1:
        raise CommandError(f"{username} is at work in {len(places)} places: name one with --force SLUG.")
    member = member_from(places[0])
    if not member.may(permission):
        may_not = "record concerns" if permission is Permission.CONCERN_RECORD else "do that"
        raise CommandError(f"{username} may not {may_not}.")
    return member


def check_tokens(_force: str) -> Iterator[Finding]:
    """What `./lodestar check` says of tokens that end soon: the other system is refused from the day after."""
    for token in tokens_ending(timezone.localdate()):
        yield Finding("token_ends", f"the token {token.name} ends on {token.last_day}")


# --- tokens of other systems -------------------------------------------------------------------------------------------


LONGEST, MOST_A_MINUTE = "token_days_most", "token_requests_a_minute"
WARNED = timedelta(days=14)  # before the last day
_read: list[Callable[[], Settings]] = []


def read_settings_with(read: Callable[[], Settings]) -> None:
    """Has the settings of the force of a transaction read by this function."""
    _read[:] = [read]


def last_day_possible(today: date) -> date:
    """The last day that a token made today can have."""
    return today + timedelta(days=set_number(LONGEST, today))


def requests_a_minute(today: date) -> int:
    """How many requests of one token are answered in a minute."""
    return set_number(MOST_A_MINUTE, today)


def set_number(key: str, day: date) -> int:
    """What the force of this transaction has set on this day, a number."""
    settings = _read[0]() if _read else SHIPPED
    return int(settings.on(day)[key])

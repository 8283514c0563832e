"""Who is asking: the check of name, password and six digits, and the member a person is at this moment."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any, TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.core.cache import cache
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from lodestar.platform.accounts.models import ApiToken, Draft, Membership, RotaEntry, Unit, User
from lodestar.platform.accounts.permissions import DUTY_INSPECTOR, ROLES, Permission, Reach, permissions_of
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.sealing import mark

Row = TypeVar("Row", bound=Model)
WRONG_ANSWERS = 5
LONGEST_ASKED = 60  # characters of what was asked for, in the log
_PLAIN_NAME = re.compile(r"[A-Z]{2,4}-[0-9]{2}-[0-9]{1,7}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
CODE_LIVES = 120  # seconds: longer than any code is good for, with its half minute and the ones on either side


def name_counted(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The user name under which tries are counted: spelling it another way gives no more of them."""
    given = (credentials or {}).get("username") or request.POST.get("username") or ""
    return str(given).strip().lower()[:80]


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what the proxy in front says, where there is one, and nobody else's word."""
    last_hop = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return last_hop if settings.BEHIND_PROXY and last_hop else str(request.META.get("REMOTE_ADDR") or "")


class PasswordAndCode(ModelBackend):
    """Signs a person in only with name, password and the six digits together, so that no wrong answer says which was wrong."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, code: str = "", **rest: Any
    ) -> User | None:
        user = super().authenticate(request, username=(username or "").strip().lower(), password=password)
        if not isinstance(user, User):
            return None
        return user if code_is_right(user, code) else None


class CodeAfterForce(BaseBackend):
    """Signs in whom their force's own sign-in named, by the six digits that it did not ask for."""

    def authenticate(
        self, request: Any, username: str | None = None, code: str = "", after_force: UUID | None = None, **rest: Any
    ) -> User | None:
        user = User.objects.filter(id=after_force, username=username, is_active=True).first() if after_force else None
        return user if user is not None and code_is_right(user, code) else None


def code_is_right(user: User, code: str) -> bool:
    """Whether `code` is the person's current six digits, not used before.

    allauth forgets a used code after its half minute; ours is good for a little longer, so we remember it ourselves.
    """
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    digits = "".join(character for character in code if character in "0123456789")
    if authenticator is None or len(digits) != 6 or not TOTP(authenticator).validate_code(digits):
        return False
    return bool(cache.add(f"code:{user.pk}:{digits}", "used", timeout=CODE_LIVES))


def has_digits(user: UUID) -> bool:
    """Whether the person has a code generator, whose six digits prove that it is them."""
    return Authenticator.objects.filter(user_id=user, type=Authenticator.Type.TOTP).exists()


def current_code(user: User) -> str:
    """The person's six digits at this moment: for the demo and the tests, which have no telephone."""
    secret = decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


@dataclass(frozen=True)
class Member:
    """A person signed in, at work for one tenant."""

    user: UUID
    username: str
    name: str
    tenant: str
    membership: UUID
    unit: UUID
    roles: tuple[str, ...]
    rank: str
    session: UUID | None = None
    only: frozenset[Permission] | None = None  # of their roles' permissions these alone, where they see a thing for one task
    page: str = ""  # the name of the address at which they are

    @property
    def permissions(self) -> frozenset[Permission]:
        held = permissions_of(list(self.roles))
        return held if self.only is None else held & self.only

    @property
    def reaches(self) -> frozenset[Reach]:
        return frozenset(ROLES[role].reach for role in self.roles if role in ROLES)

    @property
    def is_inspector(self) -> bool:
        """Whether the rank is an inspector's, whatever the roles."""
        return "inspector" in self.rank

    @property
    def owes(self) -> tuple[str, ...]:
        """Whose duties the member answers for, by their roles and by an inspector's rank."""
        by_role = tuple(sorted({owed for role in self.roles if role in ROLES for owed in ROLES[role].owes}))
        return (*by_role, DUTY_INSPECTOR) if self.is_inspector and DUTY_INSPECTOR not in by_role else by_role

    @property
    def role(self) -> str:
        """The roles as one word for the log."""
        return "+".join(self.roles)[:40]

    @property
    def database(self) -> str:
        """The lesser database role as which their pages run, empty for the application's own."""
        return next((ROLES[role].database for role in self.roles if role in ROLES and ROLES[role].database), "")

    @property
    def home(self) -> str:
        """The address of the first page after the sign-in."""
        if self.database:
            return "/commissioning"
        if self.may(Permission.CUSTODY_DESK):
            return "/custody"
        return "/morning-list" if self.may(Permission.HAND_ON_TAKE) else "/my-work"

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def member_of(request: HttpRequest) -> Member:
    """Who is asking, on a page behind the door."""
    member: Member = request.member  # type: ignore[attr-defined]  # put there by the door
    return member


def one_or_404(rows: QuerySet[Row]) -> Row:
    """The first of these rows; Http404 where there is none, which looks like what is not there."""
    first_row = rows.first()
    if first_row is None:
        raise Http404
    return first_row


def look_refused(member: Member, path: str, where: Mapping[str, Any]) -> None:
    """Writes down that the member asked for what is not there or not theirs, which is the same: by the ids and case references
    that the address names, and by a keyed hash where it holds anything else, since anything may be typed there."""
    names = [str(name) for name in where.values()]
    is_plain = all(_PLAIN_NAME.fullmatch(name) for name in names) and len("/".join(names)) <= LONGEST_ASKED
    asked = "/".join(names) if is_plain else f"{mark(path, settings.FIELD_KEYS) & 0xFFFFFFFFFFFFFFFF:016x}"
    audit("cases.look_refused", by=member, at=timezone.now(), subject=asked)


def member_from(membership: Membership) -> Member:
    """The member that a membership makes of its person."""
    return Member(
        user=membership.user_id, username=membership.user.username, name=membership.user.name, tenant=membership.tenant,
        membership=membership.id, unit=membership.unit_id, roles=tuple(membership.roles), rank=membership.rank,
    )  # fmt: skip


def is_over(request: HttpRequest) -> bool:
    """Whether the session was ended from outside: it began before its person was signed out everywhere."""
    ended = getattr(request.user, "signed_out_at", None)
    began = request.session.get("began", "")
    return ended is not None and (not began or datetime.fromisoformat(began) <= ended)


def confirmed_member(request: HttpRequest) -> Member | None:
    """The member as the database knows them at this moment: a role ended a minute ago is gone. Within their tenant only."""
    today = timezone.localdate()
    chosen, user = request.session.get("membership"), request.user.pk
    if chosen is None or user is None:
        return None
    rows = Membership.objects.select_related("user").filter(user_id=user, user__is_active=True)
    today_rows = rows.filter(from_date__lte=today).exclude(to_date__lt=today)
    membership = today_rows.filter(id=chosen).first() or _following(rows.filter(id=chosen).first(), today_rows)
    return member_from(membership) if membership else None


def _following(ended: Membership | None, today_rows: QuerySet[Membership]) -> Membership | None:
    """Of today's places the one that took over from `ended` the day after: somebody whose roles change at midnight works on."""
    if ended is None or ended.to_date is None:
        return None
    return today_rows.filter(from_date=ended.to_date + timedelta(days=1)).first()


def may_unlock(request: HttpRequest, answer: str) -> bool:
    """Whether the hidden session is its person's: their six digits or their password. Signs out at the fifth wrong one."""
    user = request.user
    if isinstance(user, User) and (code_is_right(user, answer) or user.check_password(answer)):
        request.session.pop("wrong_answers", None)
        return True
    wrong = request.session.get("wrong_answers", 0) + 1
    request.session["wrong_answers"] = wrong
    if wrong >= WRONG_ANSWERS:
        logout(request)
    return False


def draft_for(member: Member, draft: UUID) -> Draft:
    """What the member typed and did not send, their own alone, whatever they may open now; Http404 otherwise."""
    return one_or_404(Draft.objects.filter(id=draft, user_id=member.user))


# --- other systems ---------------------------------------------------------------------------------------------------

# The force's slug and the token's id are told openly, because the wall shows no row before the force is named.
_TOKEN = re.compile(r"lodestar\.([a-z0-9-]{1,60})\.([0-9a-f]{32})\.([A-Za-z0-9_-]{43})", re.ASCII)
_NOBODYS = "0" * 64


@dataclass(frozen=True)
class SentToken:
    """A token as it was sent along: whose it says it is, and its secret. Nothing of it is checked yet."""

    tenant: str
    id: UUID
    secret: str


def sent_token(text: str) -> SentToken | None:
    """The token that a text is, or None when it is none."""
    match = _TOKEN.fullmatch(text)
    return SentToken(match[1], UUID(match[2]), match[3]) if match else None


def token_text(tenant: str, token: UUID, secret: str) -> str:
    """A token as it is given away."""
    return f"lodestar.{tenant}.{token.hex}.{secret}"


def secret_hash(secret: str) -> str:
    """What is kept of a secret. It has 256 bits of chance in it, so that a plain hash cannot be guessed back."""
    return sha256(secret.encode()).hexdigest()


def token_at(sent: SentToken) -> ApiToken | None:
    """The token in force today that was sent along, within its tenant. Every comparison takes the same time, match or none."""
    in_force = ApiToken.objects.filter(revoked_at__isnull=True, last_day__gte=timezone.localdate())
    token = in_force.filter(id=sent.id).first()
    right = compare_digest(token.secret_hash if token else _NOBODYS, secret_hash(sent.secret))
    return token if right else None


def units_below(unit: UUID, units: Iterable[Unit]) -> list[UUID]:
    """The unit and those under it, of all units of a force: its tree is two or three deep."""
    rows = list(units)
    unit_ids = [unit]
    for candidate in unit_ids:
        unit_ids += [row.id for row in rows if row.parent_id == candidate and row.id not in unit_ids]
    return unit_ids


def units_of_roster(member: Member) -> list[Unit]:
    """The units whose duty roster the member may set, by name: the whole force for roles that reach it, else the member's
    own unit and those below. None without the permission."""
    if not member.may(Permission.DUTY_ROSTER_SET):
        return []
    units = list(Unit.objects.order_by("name", "id"))
    if Reach.TENANT in member.reaches:
        return units
    reached = units_below(member.unit, units)
    return [unit for unit in units if unit.id in reached]


def duty_for(member: Member, duty: UUID) -> RotaEntry:
    """A row of the roster that the member may set; Http404 otherwise."""
    reached = [unit.id for unit in units_of_roster(member)]
    return one_or_404(RotaEntry.objects.select_related("user").filter(id=duty, unit__in=reached))

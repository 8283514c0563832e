"""Who is asking: the check of name, password and six digits, and the member a person is at this moment."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.contrib.auth import logout
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from lodestar.accounts.models import Membership, User
from lodestar.accounts.permissions import Permission, Reach, owes_of, permissions_of, reaches_of


WRONG_ANSWERS = 5


class PasswordAndCode(ModelBackend):
    """Signs a person in only with name, password and the six digits together, so that no wrong answer says which was wrong."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, code: str = "", **rest: Any
    ) -> User | None:
        user = super().authenticate(request, username=(username or "").strip().lower(), password=password)
        if not isinstance(user, User):
            return None
        return user if code_is_right(user, code) else None


def code_is_right(user: User, code: str) -> bool:
    """Whether `code` is the person's current six digits, not used before."""
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    digits = "".join(character for character in code if character.isdigit())
    return authenticator is not None and len(digits) == 6 and bool(TOTP(authenticator).validate_code(digits))


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

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(list(self.roles))

    @property
    def reaches(self) -> frozenset[Reach]:
        return reaches_of(list(self.roles))

    @property
    def owes(self) -> tuple[str, ...]:
        return owes_of(list(self.roles))

    @property
    def role(self) -> str:
        """The roles as one word for the log."""
        return "+".join(self.roles)[:40]

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def member_from(membership: Membership) -> Member:
    """The member that a membership makes of its person."""
    return Member(
        user=membership.user_id,
        username=membership.user.username,
        name=membership.user.name,
        tenant=membership.tenant,
        membership=membership.id,
        unit=membership.unit_id,
        roles=tuple(membership.roles),
        rank=membership.rank,
    )


def confirmed_member(request: HttpRequest) -> Member | None:
    """The member as the database knows them at this moment: a role ended a minute ago is gone. Within their tenant only."""
    today = timezone.localdate()
    membership = (
        Membership.objects.select_related("user")
        .filter(id=request.session.get("membership"), user_id=request.user.pk, user__is_active=True)
        .filter(from_date__lte=today)
        .exclude(to_date__lt=today)
        .first()
    )
    return member_from(membership) if membership else None


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

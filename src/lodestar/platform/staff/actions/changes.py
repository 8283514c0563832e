"""Changes of who works here and as what, as the owner of the database makes them: for a request that was approved, or for
`./lodestar admin`. The owner sees every force's rows, so that the force is said by name each time."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from secrets import choice
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from lodestar.platform.accounts.access import units_below
from lodestar.platform.accounts.actions import end_member, sign_out_everywhere
from lodestar.platform.accounts.models import Accreditation, Membership, Unit, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.staff import rules
from lodestar.platform.staff.actions.requests import code_hash
from lodestar.platform.staff.models import Invitation, StaffRequest
from lodestar.platform.staff.queries import postings
from lodestar.platform.staff.rules import Postings
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.ids import id_in
from lodestar.platform.time.days import london_date

INVITATION_LASTS = timedelta(days=3)
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
USERNAME = re.compile(r"[^\sA-Z]{2,80}")
ELSEWHERE = "They also work for another force: ask your IT team, who can do it by command"


class CannotFulfil(ValueError):
    """A change cannot be made; `str` says why, in a sentence for the administrator."""


@dataclass(frozen=True)
class By:
    """On whose word a change is made, when, and for which request; a command has none."""

    user: UUID
    at: datetime
    request: StaffRequest | None = None

    @property
    def today(self) -> date:
        """The day of it in London."""
        return london_date(self.at)

    def day(self, written: Any) -> date:
        """The day from which a change holds: never before today, however long ago it was asked."""
        return max(date.fromisoformat(written), self.today) if written else self.today


def _last(written: Any) -> date | None:
    return date.fromisoformat(written) if written else None


def _known(code: str, known: Mapping[str, Any]) -> str:
    if code not in known:
        raise CannotFulfil(f"{code} is not in the list any more")
    return code


def _unit(written: Any) -> Unit:
    wanted = id_in(str(written))
    unit = Unit.objects.filter(tenant=current_tenant(), id=wanted).first() if wanted else None
    if unit is None:
        raise CannotFulfil("That unit does not exist")
    return unit


def works_elsewhere(user: User, today: date) -> bool:
    """Whether somebody has a place in another force too, which its own administrators answer for."""
    return Membership.objects.filter(user=user).exclude(tenant=current_tenant()).exclude(to_date__lt=today).exists()


def _places(user: User) -> list[Membership]:
    rows = Membership.objects.select_for_update().filter(tenant=current_tenant(), user=user)
    return list(rows.order_by("from_date", "id"))


def _repost(by: By, user: User, change: Callable[[Postings], Postings]) -> None:
    """Gives somebody the postings that a change makes of theirs. Raises CannotFulfil where it makes none other."""
    rows = _places(user)
    before = tuple(postings(rows))
    if not before or (before[-1].last is not None and before[-1].last < by.today):
        raise CannotFulfil("They do not work here any more")
    if any(one.last is None or one.last >= following.first for one, following in pairwise(before)):
        raise CannotFulfil("They have two places here at the same time: one has to be ended by command")
    after = change(before)
    if after == before:
        raise CannotFulfil("That is so already, or they do not work here on those days")
    _write(user, rows, after)


def _write(user: User, rows: list[Membership], after: Postings) -> None:
    by_day = {row.from_date: row for row in rows}
    firsts = {posting.first for posting in after}
    Membership.objects.filter(id__in=[row.id for row in rows if row.from_date not in firsts]).delete()
    for posting in after:
        row = by_day.get(posting.first)
        if row is None:
            kept = rows[-1]
            row = Membership(user=user, from_date=posting.first, phone=kept.phone, collar_number=kept.collar_number)
        row.unit_id, row.roles, row.rank, row.to_date = posting.unit, list(posting.roles), posting.rank, posting.last
        row.save()


def _refuse_collar(collar_number: str, user: User | None, today: date) -> None:
    rows = Membership.objects.filter(tenant=current_tenant(), collar_number=collar_number).exclude(to_date__lt=today)
    if collar_number and rows.exclude(user=user).exists():
        raise CannotFulfil(f"A colleague has collar number {collar_number}")


def _add(by: By, _: User | None, says: Mapping[str, Any]) -> User:
    username, first, here = str(says["username"]), by.day(says.get("first")), current_tenant()
    if not USERNAME.fullmatch(username):
        raise CannotFulfil(f"{username} cannot be a user name")
    user = User.objects.filter(username=username).first()
    if user is not None:
        places = Membership.objects.filter(user=user)
        if places.exclude(to_date__lt=by.today).exists() or not places.filter(tenant=here).exists():
            raise CannotFulfil(f"The user name {username} is taken: choose another")
    _refuse_collar(says["collar_number"], user, by.today)
    user = user or User(username=username)
    user.name, user.email, user.is_active = says["name"], says["email"], True
    user.save()
    row = Membership(
        user=user, unit=_unit(says["unit"]), roles=[], rank=_rank(says.get("rank")), phone=says["phone"],
        collar_number=says["collar_number"], from_date=first,
    )  # fmt: skip
    after: Postings = tuple(postings([row]))
    for role, last in says.get("roles", ()):
        after = rules.with_role(after, _known(role, ROLES), first, _last(last))
    end = _last(says.get("last"))
    if end is not None and end < first:
        raise CannotFulfil("Their last day is over")
    _write(user, [row], rules.until(after, end) if end else after)
    for skill, last in says.get("skills", ()):
        _give_skill(by, user, skill, _last(last))
    _invite(by, user, {})
    return user


def _rank(rank: Any) -> str:
    return _known(rank, rules.ranks()) if rank else ""


def _change_details(by: By, user: User, says: Mapping[str, Any]) -> None:
    if (says["name"], says["email"]) != (user.name, user.email):
        if works_elsewhere(user, by.today):
            raise CannotFulfil(ELSEWHERE)
        User.objects.filter(id=user.id).update(name=says["name"], email=says["email"])
    _refuse_collar(says["collar_number"], user, by.today)
    rows = Membership.objects.filter(tenant=current_tenant(), user=user).exclude(to_date__lt=by.today)
    rows.update(phone=says["phone"], collar_number=says["collar_number"])


def _move(by: By, user: User, says: Mapping[str, Any]) -> None:
    unit, first = _unit(says["unit"]), by.day(says.get("first"))
    _repost(by, user, lambda before: rules.in_unit(before, unit.id, first))


def _change_role(by: By, user: User, says: Mapping[str, Any]) -> None:
    role, first = says["role"], by.day(says.get("first"))
    if says.get("take"):
        _repost(by, user, lambda before: rules.without_role(before, role, first))
    else:
        _known(role, ROLES)
        last = _last(says.get("last"))
        if last is not None and last < first:
            raise CannotFulfil("Its last day is over")
        _repost(by, user, lambda before: rules.with_role(before, role, first, last))


def _change_rank(by: By, user: User, says: Mapping[str, Any]) -> None:
    rank, first = _rank(says["rank"]), by.day(says.get("first"))
    _repost(by, user, lambda before: rules.of_rank(before, rank, first))


def _change_skill(by: By, user: User, says: Mapping[str, Any]) -> None:
    if says.get("take"):
        _take_skill(by, user, says["skill"])
    else:
        _give_skill(by, user, says["skill"], _last(says.get("last")))


def _skill_rows(by: By, user: User, skill: str) -> Any:
    return Accreditation.objects.filter(tenant=current_tenant(), user=user, code=skill).exclude(to_date__lt=by.today)


def _give_skill(by: By, user: User, skill: str, last: date | None) -> None:
    if last is not None and last < by.today:
        raise CannotFulfil("Its last day is over")
    if not _skill_rows(by, user, _known(skill, rules.skills())).update(to_date=last):
        Accreditation.objects.create(user=user, code=skill, from_date=by.today, to_date=last)


def _take_skill(by: By, user: User, skill: str) -> None:
    rows = list(_skill_rows(by, user, skill))
    if not rows:
        raise CannotFulfil("They do not have that skill")
    for row in rows:
        if row.from_date >= by.today:
            row.delete()
        else:
            row.to_date = by.today - rules.DAY
            row.save(update_fields=["to_date"])


def _lock(by: By, user: User, _: Mapping[str, Any]) -> None:
    User.objects.filter(id=user.id).update(is_active=False)
    sign_out_everywhere(by=by.user, role="", at=by.at, user=user.id)


def _unlock(by: By, user: User, _: Mapping[str, Any]) -> None:
    if works_elsewhere(user, by.today):
        raise CannotFulfil(ELSEWHERE)
    User.objects.filter(id=user.id).update(is_active=True)


def _invite(by: By, user: User, _: Mapping[str, Any]) -> None:
    """A new invitation; what they signed in with before ends with it."""
    if works_elsewhere(user, by.today):
        raise CannotFulfil(ELSEWHERE)
    if by.request is None:
        raise CannotFulfil("An invitation is made for a request: by command, renew what they sign in with")
    sign_out_everywhere(by=by.user, role="", at=by.at, user=user.id)
    User.objects.filter(id=user.id).update(password=make_password(None))
    Authenticator.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user, accepted_at__isnull=True, ends_at__gt=by.at).update(ends_at=by.at)
    code = "-".join("".join(choice(LETTERS) for _ in range(5)) for _ in range(4))
    Invitation.objects.create(
        request=by.request, user=user, code=code, code_hash=code_hash(code), made_at=by.at, ends_at=by.at + INVITATION_LASTS
    )


def _end(by: By, user: User, says: Mapping[str, Any]) -> None:
    last = _last(says["last"]) or by.today
    if last >= by.today:
        _repost(by, user, lambda before: rules.until(before, last))
    elif not end_member(by=by.user, at=by.at, username=user.username, today=by.today):
        raise CannotFulfil("They do not work here any more")
    elif not works_elsewhere(user, by.today):
        User.objects.filter(id=user.id).update(is_active=False)


def _change_unit(by: By, _: User | None, says: Mapping[str, Any]) -> None:
    here, name = current_tenant(), str(says["name"])
    unit = _unit(says["unit"]) if says.get("unit") else Unit(tenant=here or "")
    if Unit.objects.filter(tenant=here, name=name).exclude(id=unit.id).exists():
        raise CannotFulfil(f"There is a unit called {name} already")
    parent = _unit(says["parent"]) if says.get("parent") else None
    if parent is not None and parent.id in units_below(unit.id, Unit.objects.filter(tenant=here)):
        raise CannotFulfil("A unit cannot be below itself")
    unit.name, unit.parent = name, parent
    unit.save()


_OF_A_PERSON: dict[str, Callable[[By, User, Mapping[str, Any]], None]] = {
    rules.DETAILS: _change_details, rules.MOVE: _move, rules.ROLES: _change_role, rules.RANK: _change_rank,
    rules.SKILLS: _change_skill, rules.LOCK: _lock, rules.UNLOCK: _unlock, rules.INVITE: _invite, rules.END: _end,
}  # fmt: skip


def make_change(*, by: By, kind: str, person: User | None, says: Mapping[str, Any]) -> None:
    """Makes one change, in the force of this transaction. Raises CannotFulfil."""
    if kind == rules.ADD:
        _add(by, None, says)
    elif kind == rules.UNIT:
        _change_unit(by, None, says)
    elif person is None or not Membership.objects.filter(tenant=current_tenant(), user=person).exists():
        raise CannotFulfil("They do not work here")
    else:
        _OF_A_PERSON[kind](by, person, says)

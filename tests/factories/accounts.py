"""Tenants, units, people who sign in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import factory
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from lodestar.platform.accounts import actions, models
from lodestar.platform.accounts.access import Member, current_code, member_from, secret_hash
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.sealing import vouch
from lodestar.platform.text.ids import new_id
from tests.factories.administering import administering

PASSWORD = "correct horse battery staple"
HASH = make_password(PASSWORD)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # what one process made is copied by others, which count from 0 too


class ByTheOwner(factory.django.DjangoModelFactory):
    """What no page makes."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with administering():
            return super()._create(model_class, *args, **kwargs)


class TenantFactory(ByTheOwner):
    class Meta:
        model = Tenant
        django_get_or_create = ("slug",)

    slug = "fenmarch"
    name = "Fenmarch Police"
    reference_prefix = "FM"


class UserFactory(ByTheOwner):
    class Meta:
        model = models.User

    username = factory.Sequence(lambda n: f"person{n}{WORKER}")
    name = factory.Sequence(lambda n: f"PC Person {n}")
    password = HASH


_kept: dict[object, models.User] | None = None


@contextmanager
def few_people() -> Iterator[None]:
    """Within, whoever a row names as having done something is one and the same person in all rows of its kind."""
    global _kept
    _kept = {}
    try:
        yield
    finally:
        _kept = None


class Somebody(factory.SubFactory):
    """Who did something, where it is nobody in particular."""

    def __init__(self) -> None:
        super().__init__(UserFactory)

    def evaluate(self, instance, step, extra):
        if _kept is None or extra:
            return super().evaluate(instance, step, extra)
        if self not in _kept:
            _kept[self] = super().evaluate(instance, step, extra)
        return _kept[self]


class UnitFactory(ByTheOwner):
    class Meta:
        model = models.Unit

    name = factory.Sequence(lambda n: f"Unit {n}")


class MembershipFactory(ByTheOwner):
    class Meta:
        model = models.Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    roles = ["frontline"]
    from_date = date(2020, 1, 1)


class AccreditationFactory(ByTheOwner):
    class Meta:
        model = models.Accreditation

    user = factory.SubFactory(UserFactory)
    code = "pip2"
    from_date = date(2020, 1, 1)


class DutyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RotaEntry

    unit = factory.SubFactory(UnitFactory)
    user = factory.SubFactory(UserFactory)
    post = "supervisor"
    from_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    to_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=8))


class TourFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Shift

    user = factory.SubFactory(UserFactory)
    from_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    to_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=8))


class DraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Draft

    user = factory.SubFactory(UserFactory)
    path = "/record"
    key = factory.LazyFunction(new_id)
    typed = '{"what": ["two lads"]}'
    saved_at = factory.LazyFunction(timezone.now)


class ApiTokenFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ApiToken

    name = factory.Sequence(lambda n: f"System {n}")
    permission = "assess_by_token"
    secret_hash = factory.LazyFunction(lambda: secret_hash("a secret that nobody is told"))
    made_at = factory.LazyFunction(timezone.now)
    made_by = Somebody()
    last_day = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=90))


class ForceIdentityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ForceIdentity

    user = factory.SubFactory(UserFactory)
    named = factory.Sequence(lambda n: f"person{n}@force.example")
    approved_at = factory.LazyFunction(timezone.now)
    approved_by = Somebody()

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs)
        row.vouched = kwargs.get("vouched", vouch(settings.FIELD_KEYS, *row.vouched_parts()))
        row.save(force_insert=True)
        return row


def a_token(by: Member, permission: Permission = Permission.ASSESS_BY_TOKEN, days: int = 90) -> str:
    """The text of a token with which another system may ask the rules."""
    return actions.make_token(
        by=by, at=timezone.now(), token=new_id(), name="Command and control", permission=permission,
        last_day=timezone.localdate() + timedelta(days=days),
    )  # fmt: skip


def a_member(*roles: str, unit: models.Unit | None = None, name: str = "", rank: str = "") -> Member:
    """A person at work in the tenant of this transaction, in these roles."""
    more = {"unit": unit} if unit else {}
    user = UserFactory(**({"name": name} if name else {}))
    return member_from(MembershipFactory(user=user, roles=list(roles or ("frontline",)), rank=rank, **more))


def with_code(user: models.User) -> str:
    """Gives the person a code generator and returns its secret."""
    secret = generate_totp_secret()
    with administering():
        TOTP.activate(user, secret)
    return secret


def code_of(user: models.User) -> str:
    """The person's six digits at this moment."""
    return current_code(user)

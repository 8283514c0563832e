"""A database with rows of before is brought up to date: whoever had a passkey or a force account keeps it, and may do no more."""

from datetime import timedelta

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from lodestar.accounts.access import passkey_is_true
from lodestar.accounts.models import ForceIdentity
from lodestar.kernel.vouching import is_vouched
from lodestar.tenancy.within import within
from tests.factories.accounts import ForceIdentityFactory, TenantFactory, UserFactory
from tests.factories.administering import as_the_owner

BEFORE, NOW = "0006_sessions_end_at_once", "0008_what_is_there_is_vouched_for"


def migrated(to: str) -> None:
    with as_the_owner():
        MigrationExecutor(connection).migrate([("accounts", to)])


@pytest.fixture
def upgraded(own_database) -> str:
    """The address of a database in which a passkey and accounts were made before anything was vouched for."""
    TenantFactory()
    anna, ben, cleo = UserFactory(), UserFactory(), UserFactory()
    now = timezone.now()
    data = {"name": "blue key", "credential": {"id": "one", "response": {"x": [1, "é"]}}}
    Authenticator.objects.create(user=anna, type="webauthn", data=data, created_at=now - timedelta(days=3))
    with within("fenmarch"):
        ForceIdentityFactory(user=anna, named="anna", issuer="https://id.example", subject="s1", bound_at=now)
        ForceIdentityFactory(user=ben, named="ben")
        ForceIdentityFactory(user=cleo, named="cleo", ended_at=now, ended_by=cleo)
    migrated(BEFORE)
    with psycopg.connect(own_database) as before:  # as it was: the application could
        assert before.execute("update accounts_user set name = name").rowcount > 0
    migrated(NOW)
    return own_database


def test_what_was_there_is_vouched_for_and_what_ended_is_not(upgraded):
    assert passkey_is_true(Authenticator.objects.get())
    with within("fenmarch"):
        rows = {row.named: is_vouched(settings.FIELD_KEYS, row.vouched, *row.says()) for row in ForceIdentity.objects.all()}
    assert rows == {"anna": True, "ben": True, "cleo": False}


def test_the_application_writes_to_people_no_more(upgraded):
    with psycopg.connect(upgraded) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("update accounts_user set name = name")

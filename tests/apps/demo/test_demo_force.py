"""The demo force as it is made for a newcomer, and three times as large: whole, and its ledger right."""

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection

from lodestar.accounts.access import member_from
from lodestar.accounts.models import Membership, User
from lodestar.accounts.permissions import ROLES
from lodestar.cases.jobs import check_tenant
from lodestar.cases.models import Case, Person, SafeAddress
from lodestar.demo.force import CONCERNS, SLUG
from lodestar.demo.histories import CANARY, invent
from lodestar.demo.people import COLLEAGUES
from lodestar.tenancy.models import TenantModel
from lodestar.tenancy.within import within
from tests.databases import TEMPLATE, copied

TIMES = 3


@dataclass(frozen=True)
class Made:
    """What making the force said, and which keys and indexes there were before."""

    said: str
    keys_and_indexes: set[str]


def keys_and_indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint"
            " union select indexdef from pg_indexes where schemaname = 'public'"
        )
        return {definition for (definition,) in cursor.fetchall()}


def command(database: str, *python: str) -> "subprocess.CompletedProcess[str]":
    """Runs Python as the owner of the database called `database`, who alone may make the force."""
    as_owner = {"LODESTAR_DATABASE_ROLE": "owner", "LODESTAR_OWNER_URL": owners(database)}
    environment = {**os.environ, **as_owner, "LODESTAR_DEMO_PASSWORD": "a-password-of-this-test"}
    return subprocess.run([sys.executable, *python], env=environment, capture_output=True, text=True, check=False)


def owners(name: str) -> str:
    """The owner's address of the database called `name`."""
    return urlsplit(os.environ["LODESTAR_OWNER_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[Made]:
    """The force in a database which the tests of this file read and none changes."""
    name = f"{TEMPLATE}_demo_{uuid.uuid4().hex[:12]}"
    with copied(name) as url, pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        connection.close()
        patched.setitem(connection.settings_dict, "NAME", name)
        patched.setenv("DATABASE_URL", url)
        before = keys_and_indexes()
        connection.close()
        told = command(name, "-m", "lodestar.config.manage", "seed_demo", "--scale", str(TIMES))
        assert told.returncode == 0, told.stderr
        yield Made(told.stderr, before)
        connection.close()


INTERRUPTED = """
import django
django.setup()
from django.core.management import call_command
from lodestar.demo import force
from lodestar.tenancy.models import Tenant

def interrupted(*_):
    assert force.is_there()
    raise KeyboardInterrupt

force.make_colleagues = interrupted
try:
    call_command("seed_demo")
except KeyboardInterrupt:
    print(Tenant.objects.count())
"""


def test_what_was_interrupted_left_nothing_and_is_made_the_next_time(own_database):
    told = command(connection.settings_dict["NAME"], "-c", INTERRUPTED)
    assert (told.returncode, told.stdout) == (0, "0\n"), told.stderr


def test_it_is_as_large_as_was_asked_and_says_how_long_it_took(made):
    with within(SLUG):
        people, cases = Person.objects.count(), Case.objects.count()
        references = Case.objects.values("reference").distinct().count()
    assert cases == references >= CONCERNS * TIMES
    assert re.search(rf"Made {people} people in [\d.]+ s, \d+ a second\.", made.said)


def test_there_is_somebody_of_each_role(made):
    with within(SLUG):
        held = {role for roles in Membership.objects.values_list("roles", flat=True) for role in roles}
    assert held == set(ROLES)
    assert set(User.objects.values_list("username", flat=True)) >= {one.username for one in COLLEAGUES}


def test_the_ledger_of_a_copy_is_what_its_own_facts_owe(made):
    reckoned, different = 0, []
    for many, found in check_tenant(SLUG):
        reckoned += many
        different += found
    assert reckoned >= CONCERNS * TIMES
    assert different == []


def test_what_was_taken_off_for_speed_is_put_back(made):
    assert made.keys_and_indexes - keys_and_indexes() == set()


def test_the_safe_address_is_nowhere_in_clear(made):
    with within(SLUG):
        assert CANARY in {one.address for one in SafeAddress.objects.all()}
        with connection.cursor() as cursor:
            for model in apps.get_models():
                if issubclass(model, TenantModel):
                    table = model._meta.db_table
                    cursor.execute(f"select count(*) from {table} t where t::text ilike %s", ["%Canary Wharfinger%"])
                    assert cursor.fetchone()[0] == 0, table


def test_the_same_seed_invents_the_same_concerns(made):
    now = datetime(2026, 9, 1, 12, tzinfo=UTC)
    with within(SLUG):
        members = {one.user.username: member_from(one) for one in Membership.objects.select_related("user")}
        told = [
            [(row.name, row.age_min, row.description) for row in invent(members, 40, now).by_model[Person]]
            for _ in range(2)
        ]
    assert told[0] == told[1]

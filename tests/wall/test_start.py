"""Lodestar does not start on a connection that the wall would not hold, nor a production on what the demo uses."""

import os
import re
import runpy
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from psycopg import sql

from lodestar import config
from lodestar.config import checks
from lodestar.config.environment import DEMO_KEY, database
from lodestar.platform.tenancy.roles import APP, OWNER
from tests.databases import TEMPLATE, copied
from tests.offenders import each

SETTINGS = Path(config.__file__).with_name("settings.py")
KEY = "k" * 48
PRODUCTION = {
    "LODESTAR_ENV": "production",
    "LODESTAR_HOSTS": "lodestar.example",
    "LODESTAR_SECRET_KEY": KEY,
    "LODESTAR_FIELD_KEYS": KEY,
    "LODESTAR_FILE_KEYS": KEY,
}


@pytest.fixture(scope="module")
def bare(django_db_setup, django_db_blocker):
    """The application's address of a migrated database."""
    with django_db_blocker.unblock(), copied(f"{TEMPLATE}_start_{uuid.uuid4().hex[:12]}") as url:
        yield url


def superuser(url: str) -> str:
    return urlsplit(os.environ["LODESTAR_BOOTSTRAP_URL"])._replace(path=urlsplit(url).path).geturl()


def start(url: str, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Imports what the web server serves (or runs a command), as it would with these settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LODESTAR_")}
    environment = kept | {"DATABASE_URL": url, "LODESTAR_ENV": "demo", "LODESTAR_VAR": os.environ["LODESTAR_VAR"]} | settings
    command = arguments or ("-c", "import lodestar.config.wsgi")
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, timeout=60, check=False)


def why_not(url: str, *arguments: str, **settings: str) -> str:
    """The last line of a start that was refused."""
    found = start(url, *arguments, **settings)
    assert found.returncode != 0, "it started"
    return re.sub(r"^\S*ImproperlyConfigured: ", "", found.stderr.strip().splitlines()[-1])


def faults(url: str, production: bool = False) -> str:
    """What every start asks of its connection first, asked without another process: why it would be refused."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(checks.settings, "PRODUCTION", production)
        connection.close()
        for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"):
            patched.setitem(connection.settings_dict, key, database(url, pooled=False)[key])
        try:
            checks.refuse_unfit()
        except ImproperlyConfigured as refused:
            return str(refused)
    return ""


def why_no_settings(monkeypatch: pytest.MonkeyPatch, **settings: str) -> str:
    """Why the settings alone refuse a start. They are read here, without another process."""
    for name in [name for name in os.environ if name.startswith("LODESTAR_")]:
        monkeypatch.delenv(name)
    for name, value in ({"DATABASE_URL": "postgresql://lodestar_app@/lodestar"} | settings).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        runpy.run_path(str(SETTINGS))
    return str(refused.value)


def as_owner(url: str, statement: str) -> None:
    with psycopg.connect(superuser(url)) as opened:
        opened.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER)))
        opened.execute(statement)


def test_it_starts_as_the_application(bare):
    assert start(bare).returncode == 0
    assert start(bare, **PRODUCTION).returncode == 0


def test_it_does_not_start_as_a_superuser(bare):
    assert "lodestar_bootstrap is a superuser" in why_not(superuser(bare))


def test_it_does_not_start_as_the_owner(bare):
    owner = urlsplit(os.environ["LODESTAR_OWNER_URL"])._replace(path=urlsplit(bare).path).geturl()
    words = faults(owner)
    assert "can become lodestar_finder" in words
    assert re.search(r"owns \d\d+ of the tables", words)


def test_neither_pages_nor_jobs_start_as_a_role_that_bypasses_the_wall(bare):
    with a_role(bare, "bypassrls") as (role, url):
        worker = ("-m", "lodestar.config.manage", "procrastinate", "worker", "--one-shot")
        assert f"{role} bypasses row security" in why_not(url, *worker)
        assert f"{role} bypasses row security" in faults(url)


@contextmanager
def a_role(url: str, can: str) -> Iterator[tuple[str, str]]:
    """A role that signs in and can do this besides, and its address."""
    role, parts = f"another_{uuid.uuid4().hex[:8]}", urlsplit(url)
    with psycopg.connect(superuser(url), autocommit=True) as opened:
        opened.execute(f"create role {role} login {can} password 'secret'")
        opened.execute(sql.SQL("grant connect on database {} to {}").format(*map(sql.Identifier, (parts.path[1:], role))))
        try:
            yield role, parts._replace(netloc=f"{role}:secret@{parts.netloc.rpartition('@')[2]}").geturl()
        finally:
            opened.execute(f"drop owned by {role}")
            opened.execute(f"drop role {role}")


def test_it_does_not_start_as_an_application_that_may_become_the_owner(bare):
    with a_role(bare, f"in role {APP}") as (role, url):
        assert f"{role} can become {APP}" in faults(url)


@contextmanager
def altered(url: str, *statements: tuple[str, str]) -> Iterator[None]:
    """Inside, the owner's statements hold; the second of each pair undoes the first."""
    try:
        for statement, _ in statements:
            as_owner(url, statement)
        yield
    finally:
        for _, undo in reversed(statements):
            as_owner(url, undo)


def test_it_does_not_start_where_the_wall_is_down(bare):
    table = "alter table cases_person"
    with altered(bare, (f"{table} no force row level security", f"{table} force row level security")):
        assert "the wall between forces is down at cases_person" in faults(bare)
    assert faults(bare) == ""


def test_it_does_not_start_where_pages_may_say_who_signs_in(bare):
    right = "delete on mfa_authenticator"
    with altered(bare, (f"grant {right} to lodestar_app", f"revoke {right} from lodestar_app")):
        assert "lodestar_app may say who signs in (it writes to mfa_authenticator)" in faults(bare)
    update, insert = "update on accounts_membership", "insert on accounts_user, mfa_authenticator"
    given = [(f"grant {what} to lodestar_app", f"revoke {what} from lodestar_app") for what in (update, insert)]
    with altered(bare, *given):
        assert "(it writes to accounts_membership, accounts_user, mfa_authenticator)" in faults(bare)


def test_it_does_not_start_on_a_database_that_is_not_migrated(bare):
    with altered(bare, ("alter table tenancy_tenant rename to gone", "alter table gone rename to tenancy_tenant")):
        assert "Is it migrated?" in faults(bare, production=True)


def test_it_does_not_start_without_a_database(bare):
    gone = urlsplit(bare)._replace(path="/no_such_database").geturl()
    assert 'database "no_such_database" does not exist' in faults(gone)


def test_a_production_does_not_start_on_the_invented_force(bare):
    columns = "slug, name, nation, reference_prefix, made_by_demo"
    add = f"insert into tenancy_tenant ({columns}) values ('fenmarch', 'Fenmarch Police', 'england', 'FM', true)"
    with altered(bare, (add, "delete from tenancy_tenant")):
        assert faults(bare) == ""
        assert "the database holds the invented force of the demo" in faults(bare, production=True)


@each("name", [*PRODUCTION, "DATABASE_URL"])
def test_a_production_does_not_start_without(monkeypatch, name):
    if name == "LODESTAR_ENV":
        return
    assert name in why_no_settings(monkeypatch, **PRODUCTION | {name: ""})


@each("name", ["LODESTAR_SECRET_KEY", "LODESTAR_FIELD_KEYS", "LODESTAR_FILE_KEYS"])
@each("value", [DEMO_KEY, "short", f"{KEY},short", f"{KEY},{DEMO_KEY}{DEMO_KEY}"])
def test_a_production_does_not_start_with_a_key_that_can_be_guessed(monkeypatch, name, value):
    assert f"{name} can be guessed" in why_no_settings(monkeypatch, **PRODUCTION | {name: value})


@each("hosts", ["*", ".example", "lodestar.example,*"])
def test_a_production_names_its_hosts(monkeypatch, hosts):
    assert "without *" in why_no_settings(monkeypatch, **PRODUCTION | {"LODESTAR_HOSTS": hosts})


def test_an_environment_that_does_not_exist_is_no_environment(monkeypatch):
    assert "LODESTAR_ENV is 'prod'" in why_no_settings(monkeypatch, LODESTAR_ENV="prod")


@each("environment", ["demo", "production"])
def test_only_a_test_can_end_the_process(bare, environment):
    settings = PRODUCTION | {"LODESTAR_ENV": environment, "LODESTAR_KILL_AT": "before"}
    ask = "from django.conf import settings; assert settings.KILL_AT == '' and not settings.DEBUG"
    assert start(bare, "-c", ask, DJANGO_SETTINGS_MODULE="lodestar.config.settings", **settings).returncode == 0

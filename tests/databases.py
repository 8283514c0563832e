"""Copies of the migrated database, for tests that commit and for processes that run tests side by side.

Copying and dropping takes the server a second of processor time (a database is some 1,800 files), emptying a copy a twentieth
of that. The tests run as the application's role, which
may not make databases: the launcher lends the superuser's address for this alone.
"""

import fcntl
import os
import pickle
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from lodestar.platform.tenancy import roles

TEMPLATE = "lodestar_test"


@contextmanager
def copied(name: str, template: str = TEMPLATE, keep: bool = False) -> Iterator[str]:
    """A copy of the migrated database called `name`, as its libpq address for the application; dropped afterwards, unless
    it is to be kept."""
    drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    # As files: written row by row to the log it takes three times as long.
    make = sql.SQL("create database {} template {} strategy file_copy").format(sql.Identifier(name), sql.Identifier(template))
    # The rights on a database are its own: a copy begins with the server's, which let everybody in.
    give = sql.SQL("alter database {} owner to {}").format(sql.Identifier(name), sql.Identifier(roles.OWNER))
    close = sql.SQL("revoke all on database {} from public").format(sql.Identifier(name))
    let_in = sql.SQL("grant connect on database {} to {}").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, (roles.APP, roles.AGGREGATE, roles.READER)))
    )
    with psycopg.connect(os.environ["LODESTAR_BOOTSTRAP_URL"], autocommit=True) as superuser:
        superuser.execute(drop)
        superuser.execute(make)
        try:
            for statement in (give, close, let_in):
                superuser.execute(statement)
            yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        finally:
            if not keep:
                superuser.execute(drop)


def made_once(kind: str, make: Callable[[], Any], factory: pytest.TempPathFactory) -> tuple[str, Any]:
    """The name of a database that `make` filled, to be copied from, and what `make` gave back: the first process of a run
    that asks makes it, the others wait for it. It is there until the server of the tests ends."""
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    name, kept = f"{TEMPLATE}_{kind}_{folder.name.replace('-', '_')}", folder / f"{kind}.made"
    with (folder / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with connected_to(name, keep=True):
                made = pickle.dumps(make())
            superusers = urlsplit(os.environ["LODESTAR_BOOTSTRAP_URL"])._replace(path=f"/{name}").geturl()
            with psycopg.connect(superusers, autocommit=True) as superuser:
                superuser.execute("vacuum analyze")  # plans made for tables of unknown size take longer, and copies know too
            kept.write_bytes(made)
    return name, pickle.loads(kept.read_bytes())  # what was written above


@contextmanager
def connected_to(name: str, template: str = TEMPLATE, keep: bool = False) -> Iterator[str]:
    """Inside, the tests of this process speak to a copy called `name`, and so do processes that it starts."""
    with copied(name, template, keep) as url, speaking_to(url):
        yield url


@contextmanager
def speaking_to(url: str) -> Iterator[None]:
    """Inside, the tests of this process speak to this database, and so do processes that it starts."""
    with pytest.MonkeyPatch.context() as patched:
        connection.close()
        patched.setitem(connection.settings_dict, "NAME", urlsplit(url).path.removeprefix("/"))
        patched.setenv("DATABASE_URL", url)
        yield
        connection.close()


@contextmanager
def emptied_often() -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a copy for many tests one after the other, and what removes all that was written since it was made."""
    name = f"{TEMPLATE}_emptied_{os.getpid()}"
    superusers = urlsplit(os.environ["LODESTAR_BOOTSTRAP_URL"])._replace(path=f"/{name}").geturl()
    tables = "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public'"
    written = f"select name from ({tables}) as found (name) where pg_relation_size(name::regclass) > 0"  # now or before
    with copied(name) as url:
        with psycopg.connect(superusers) as superuser:
            names = [found for (found,) in superuser.execute(tables)]
            empty = [one for one in names if not superuser.execute(f"select from {one} limit 1").rowcount]

        def remove() -> None:
            with psycopg.connect(superusers) as superuser:
                superuser.execute("set session_replication_role = replica")  # in any order, and without triggers
                superuser.execute("set lock_timeout = '20s'")  # who still holds what they wrote fails this test and no other
                filled = {found for (found,) in superuser.execute(written)}
                superuser.execute("; ".join(f"delete from {one}" for one in empty if one in filled) or "select")

        yield url, remove


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """One database for each process that runs tests. Nobody may be connected to what is copied, so the template rests."""
    name = f"{TEMPLATE}_{os.environ.get('PYTEST_XDIST_WORKER', os.getpid())}"
    with django_db_blocker.unblock(), connected_to(name), django_db_blocker.block():
        yield


@pytest.fixture(scope="session")
def emptied(django_db_setup) -> Iterator[tuple[str, Callable[[], None]]]:
    with emptied_often() as found:
        yield found


@pytest.fixture
def own_database(emptied, django_db_blocker) -> Iterator[str]:
    """A database that is empty when the test begins, in which it may commit; its address, for the processes that it starts."""
    url, remove = emptied
    with django_db_blocker.unblock(), speaking_to(url):
        yield url
    remove()


@pytest.fixture
def altered_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A copy for this test alone, which may alter tables too and is dropped afterwards; its address."""
    name = f"{TEMPLATE}_{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock(), connected_to(name) as url:
        yield url

"""Copies of the migrated database, for tests that commit and for processes that run tests side by side.

Copying takes some 25 ms. The tests run as the application's role, which may not make databases: the launcher lends the
superuser's address for this alone.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

TEMPLATE = "lodestar_test"


@contextmanager
def copied(name: str) -> Iterator[str]:
    """A copy of the migrated database called `name`, as its libpq address for the application; dropped afterwards."""
    drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    make = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE))
    with psycopg.connect(os.environ["LODESTAR_BOOTSTRAP_URL"], autocommit=True) as superuser:
        superuser.execute(drop)
        superuser.execute(make)
        try:
            yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        finally:
            superuser.execute(drop)

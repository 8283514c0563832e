"""Doing in a test what only the owner of the tables may: making somebody, giving them a place, a password, six digits.

The tests run as the application's role, which may do none of it (docs/adr/0028). Within `administering` such statements, and no
others, go through a function that belongs to the owner and exists in databases of tests alone; they stay part of the test's
own transaction, and are undone with it.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connection

from lodestar.config.environment import database
from lodestar.platform.tenancy.roles import APP

MEANT = re.compile(
    r'\s*(insert into|update|delete from) "(accounts_(user|membership|unit|accreditation)|mfa_authenticator|tenancy_tenant'
    r'|staff_(fulfilment|invitation))"',
    re.IGNORECASE,
)
LENT = f"""
create or replace function tests_as_owner(statement text) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare answer bigint;
begin
    if statement ~ ' RETURNING "' then
        execute statement into answer;
    else
        execute statement;
        get diagnostics answer = row_count;
    end if;
    return answer;
end $$;
revoke execute on function tests_as_owner(text) from public;
grant execute on function tests_as_owner(text) to {APP}
"""
TAKEN_BACK = "drop function if exists tests_as_owner(text)"
_lent: set[str] = set()


def _as_owner(statement: str) -> None:
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["LODESTAR_OWNER_URL"])._replace(path=f"/{name}").geturl()
    with psycopg.connect(address) as owner:
        owner.execute(statement)


def _through(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
    if many or not MEANT.match(statement):
        return execute(statement, params, many, context)
    whole = connection.ops.compose_sql(statement, params)
    return execute("select tests_as_owner(%s)", [whole], many, context)


@contextmanager
def administering() -> Iterator[None]:
    """What is written here about people who sign in is written as an administrator of the server would."""
    name = connection.settings_dict["NAME"]
    if name not in _lent:
        _as_owner(LENT)
        _lent.add(name)
    with connection.execute_wrapper(_through):
        yield


@contextmanager
def as_the_owner() -> Iterator[None]:
    """Django's connection is the owner's, reads too, as in a command that the launcher runs so: for a database of the test's
    own (`own_database`). The owner sees the rows of every force."""
    name = connection.settings_dict["NAME"]
    found = database(urlsplit(os.environ["LODESTAR_OWNER_URL"])._replace(path=f"/{name}").geturl(), pooled=False)
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(found)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)


def take_back() -> None:
    """Removes what was lent: for tests that look at what the database has."""
    _as_owner(TAKEN_BACK)
    _lent.discard(connection.settings_dict["NAME"])

"""The one way into a tenant's rows: a transaction that names the tenant to the database, which shows it nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from psycopg.pq import TransactionStatus

from lodestar.platform.tenancy.request_cache import new_cache

_BUSY = ("40001", "40P01", "55P03", "57014")  # the last: it took longer than a statement may
_AWAY = ("08", "25006", "53", "57P")  # the beginnings of PostgreSQL's codes: Appendix A of its manual
_tenant: ContextVar[str | None] = ContextVar("tenant", default=None)


class WrongTenant(RuntimeError):
    """A transaction of one tenant was asked to enter another."""


def current_tenant() -> str | None:
    """The tenant whose transaction this is, or None outside."""
    return _tenant.get()


def _name(setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [setting, value])


@contextmanager
def within(tenant: str) -> Iterator[None]:
    """A transaction within `tenant`. Entered again for the same tenant it becomes a savepoint; another is refused.

    Raises WrongTenant.
    """
    outer = _tenant.get()
    if outer is not None and outer != tenant:
        raise WrongTenant(f"within {outer}, asked for {tenant}")
    token = _tenant.set(tenant)
    try:
        with new_cache(), transaction.atomic():
            if outer is None:
                _name("lodestar.tenant", tenant)
            yield
            # The setting dies with the transaction; inside a longer one (a test's) it is taken back by hand, or by the
            # savepoint that is undone.
            is_inside = connection.in_atomic_block and len(connection.savepoint_ids) > 0
            if outer is None and is_inside and not connection.needs_rollback:
                _name("lodestar.tenant", "")
    finally:
        _tenant.reset(token)


class RoleKept(RuntimeError):
    """A page that runs as a lesser role asked the database for another one."""


_ROLE = re.compile(r"\b(set|reset)\b.*\b(role|authorization)\b|\bdiscard\b|\bset_config\b", re.IGNORECASE | re.DOTALL)


@contextmanager
def confined(role: str) -> Iterator[None]:
    """What is done meanwhile, within the tenant's transaction, is done as a lesser role of the database, which reads only what it
    is granted; with no role, as before. A statement that asks for another role is refused. Raises RoleKept."""
    if not role:
        yield
        return

    def refuse(execute: Any, statement: Any, *rest: Any) -> Any:
        if _ROLE.search(str(statement)):
            raise RoleKept(role)
        return execute(statement, *rest)

    _name("role", role)
    try:
        with connection.execute_wrapper(refuse):
            yield
    finally:
        if connection.connection.info.transaction_status == TransactionStatus.INTRANS:  # a failed one is undone, and its role too
            _name("role", "none")


def hold(name: str) -> None:
    """Has whoever else holds what is called so wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@contextmanager
def as_user(user: UUID) -> Iterator[None]:
    """A transaction of a person who has not chosen a tenant yet: it sees their own memberships and nothing else."""
    with transaction.atomic():
        _name("lodestar.user", str(user))
        yield
        if connection.in_atomic_block and len(connection.savepoint_ids) > 0:
            _name("lodestar.user", "")


def is_busy(error: BaseException | None) -> bool:
    """Whether others held what a statement needed: the same again, a little later, may well be done."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", None) in _BUSY


def is_away(error: BaseException | None) -> bool:
    """Whether the database is what failed, and not a statement: no connection, no room, shutting down, or read only."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    if state is None:
        return isinstance(error, OperationalError | InterfaceError)
    return str(state).startswith(_AWAY)

"""The one way into a tenant's rows: a transaction that names the tenant to the database, which shows it nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

Kept = TypeVar("Kept")
_BUSY = ("40001", "40P01", "55P03", "57014")  # the last: it took longer than a statement may
_AWAY = ("08", "25006", "53", "57P")  # the beginnings of PostgreSQL's codes: Appendix A of its manual
_tenant: ContextVar[str | None] = ContextVar("tenant", default=None)
_once: ContextVar[dict[str, Any] | None] = ContextVar("once", default=None)


class WrongTenant(RuntimeError):
    """A transaction of one tenant was asked to enter another."""


def current_tenant() -> str | None:
    """The tenant whose transaction this is, or None outside."""
    return _tenant.get()


def once(name: str, make: Callable[[], Kept]) -> Kept:
    """What `make` reads from the tenant's rows, read once in this transaction. Who writes what it reads calls `anew`.

    A transaction within another reads for itself, and so does the outer one after it: either may have changed the rows.
    """
    kept = _once.get()
    if kept is None:
        return make()
    if name not in kept:
        kept[name] = make()
    found: Kept = kept[name]
    return found


def anew(name: str) -> None:
    """What `once` keeps by this name is read again when it is next asked for."""
    kept = _once.get()
    if kept is not None:
        kept.pop(name, None)


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
    token, kept = _tenant.set(tenant), _once.set({})
    try:
        with transaction.atomic():
            if outer is None:
                _name("lodestar.tenant", tenant)
            yield
            # The setting dies with the transaction; inside a longer one (a test's) it is taken back by hand, or by the
            # savepoint that is undone.
            is_inside = connection.in_atomic_block and len(connection.savepoint_ids) > 0
            if outer is None and is_inside and not connection.needs_rollback:
                _name("lodestar.tenant", "")
    finally:
        _once.reset(kept)
        _tenant.reset(token)
        if outer is not None:
            (_once.get() or {}).clear()


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

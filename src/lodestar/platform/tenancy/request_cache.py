"""What is read once in a transaction of a tenant: settings and reference rows that every page and every rule asks for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Value = TypeVar("Value")
_values: ContextVar[dict[str, Any] | None] = ContextVar("request_cache", default=None)


def read_once(name: str, read: Callable[[], Value]) -> Value:
    """What `read` gives, read once in this transaction of a tenant. Who writes what it reads calls `forget`."""
    values = _values.get()
    if values is None:
        return read()
    if name not in values:
        values[name] = read()
    value: Value = values[name]
    return value


def forget(name: str) -> None:
    """What has this name is read again when it is next asked for."""
    (_values.get() or {}).pop(name, None)


@contextmanager
def new_cache() -> Iterator[None]:
    """A transaction within another reads for itself, and so does the outer one after it: either may change the rows."""
    token = _values.set({})
    try:
        yield
    finally:
        _values.reset(token)
        (_values.get() or {}).clear()

"""A table of rows that one test looks at: every row that fails is listed, and the table is one case."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

Test = Callable[..., None]
_PARAM = type(pytest.param())


def each(names: str | tuple[str, ...], rows: Iterable[Any], ids: Any = None) -> Callable[[Test], Test]:
    """`pytest.mark.parametrize` as one case: the test runs for every row, and fails with a list of the rows that failed.

    What a row writes to the database is rolled back before the next; fixtures are made once for all rows.
    """
    columns = tuple(name.strip() for name in names.split(",") if name.strip()) if isinstance(names, str) else tuple(names)
    ids = ids if ids is None or callable(ids) else list(ids)
    table = [_read(row, columns, number, ids) for number, row in enumerate(rows)]

    def decorate(test: Test) -> Test:
        signature = inspect.signature(test)

        def run(**fixtures: Any) -> None:
            failures = []
            for label, values in table:
                try:
                    with _rolled_back():
                        test(**values, **fixtures)
                except (Exception, pytest.fail.Exception) as fault:
                    failures.append(f"{label}: {type(fault).__name__}: {fault}")
            if failures:
                pytest.fail(f"{len(failures)} of {len(table)}:\n" + "\n".join(failures), pytrace=False)

        run.__dict__.update(test.__dict__)
        run.__name__, run.__qualname__, run.__doc__, run.__module__ = (
            test.__name__, test.__qualname__, test.__doc__, test.__module__,
        )  # fmt: skip
        rest = [parameter for name, parameter in signature.parameters.items() if name not in columns]
        run.__signature__ = signature.replace(parameters=rest)  # type: ignore[attr-defined]
        return run

    return decorate


def _read(row: Any, columns: tuple[str, ...], number: int, ids: Any) -> tuple[str, dict[str, Any]]:
    values = row.values if isinstance(row, _PARAM) else row if len(columns) > 1 else (row,)
    label = row.id if isinstance(row, _PARAM) else None
    if label is None and callable(ids):
        label = " ".join(str(ids(value)) for value in values)
    elif label is None and ids is not None:
        label = ids[number]
    return label or repr(row)[:200], dict(zip(columns, values, strict=True))


@contextmanager
def _rolled_back() -> Iterator[None]:
    """Undoes what was written within, where the test has the database."""
    if not connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

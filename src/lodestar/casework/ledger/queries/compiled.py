"""Reads of one case whose SQL is worked out once. Every action recalculates its case by the same reads; worked out by
Django each time they make a POST 2.3 times as dear (46 ms of processor instead of 20: ADR 49)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

Build = Callable[[Sequence[UUID]], QuerySet[Any, Any]]
_STAND_IN = UUID(int=1)


@dataclass(frozen=True)
class _Compiled:
    """The words of one read. `model` is what its rows become; None leaves them as tuples, whose columns Django turns into
    other values by `converters`."""

    sql: str
    params: tuple[Any, ...]
    model: Any
    converters: Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]

    def rows(self, case: UUID) -> list[Any]:
        """The rows of this case."""
        params = [case if value == _STAND_IN else value for value in self.params]
        if self.model is not None:
            return list(self.model.objects.raw(self.sql, params))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, (converters, column) in self.converters.items():
            for converter in converters:
                values[place] = converter(values[place], column, connection)
        return tuple(values)


def as_text(column: str) -> Cast:
    """An id as the rules know it, written out by the database: as an object it would cost more than all else in its row."""
    return Cast(column, TextField())


def compiled(build: Build) -> Callable[[Sequence[UUID]], list[Any]]:
    """Makes a read of `build`, which gives the rows of the cases it is given and turns on nothing else: no day, no user.

    Its rows are models without relations read along, or tuples of values. Raises TypeError for relations read along.
    """

    @cache
    def words() -> _Compiled:
        rows = build([_STAND_IN])
        compiler = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if rows.query.select_related:
            raise TypeError(f"{build.__qualname__} reads relations along")
        if rows.query.default_cols:  # whole models, and not a choice of values
            return _Compiled(sql, tuple(params), rows.model, {})
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        return _Compiled(sql, tuple(params), None, compiler.get_converters(columns))

    @wraps(build)
    def read(cases: Sequence[UUID]) -> list[Any]:
        if not cases:
            return []
        return words().rows(cases[0]) if len(cases) == 1 else list(build(cases))

    return read

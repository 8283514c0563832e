"""Many rows into one table by one statement whose words do not grow with them."""

import json
from collections.abc import Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import BinaryField, Model


def insert_rows(model: type[Model], rows: Sequence[Model]) -> None:
    """Adds these new rows, as `bulk_create` does, for a model of plain columns: text, numbers, times, ids and lists of text.
    Raises TypeError for one that holds bytes: what is sealed as it is saved would be written down open.

    The rows go to the database as one JSON value. Put into words one value at a time, as Django does for a table with
    lists, they took it and the driver longer than all that the rules reckon (`bench/import`).
    """
    if not rows:
        return
    sql, columns = _words(model)
    told = [{column: getattr(row, name) for column, name in columns} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(told, default=str, ensure_ascii=False)])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=16)
def _words(model: type[Model]) -> tuple[str, tuple[tuple[str, str], ...]]:
    fields = model._meta.concrete_fields
    if any(isinstance(field, BinaryField) for field in fields):
        raise TypeError(f"{model.__name__} holds bytes, or what is sealed into them: save its rows as Django does")
    table, names = f'"{model._meta.db_table}"', ", ".join(f'"{field.column}"' for field in fields)
    sql = f"insert into {table} ({names}) select {names} from jsonb_populate_recordset(null::{table}, %s::jsonb)"
    return sql, tuple((str(field.column), field.attname) for field in fields)

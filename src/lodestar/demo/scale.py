"""Makes the demo force many times as large, inside the database: copies of every concern with ids of their own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey, Model, UUIDField

from lodestar.cases.models import Case, CaseNumber, OperationGroup, Person, SettingChange
from lodestar.tenancy.models import TenantModel

COPIES_AT_ONCE = 10
KEPT = ("accounts",)  # apps whose rows are not copied: the same colleagues meet more people
NOT_COPIED = (CaseNumber, OperationGroup, SettingChange)
IDS = "'^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$'"

# The id of the n-th copy of a row: the same moment, another tail.
COPY_ID = """
create or replace function pg_temp.copy_id(id uuid, n int) returns uuid language sql immutable as
$$ select (left(id::text, 24) || left(md5(id::text || n), 12))::uuid $$
"""
NAMES = """
create temp table demo_names on commit preserve rows as
select row_number() over (order by id) - 1 as n, name, sort_key, count(*) over () as names from cases_person
"""


def multiply(times: int) -> int:
    """Copies every concern `times` - 1 times over and returns how many people there are. The ledger of a copy is the
    ledger of its original, since the rules see neither ids nor names."""
    if times > 1:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(COPY_ID)
            cursor.execute(NAMES)
            cursor.execute("select max(last) from cases_casenumber")
            step = 10 ** len(str(cursor.fetchone()[0]))  # a copy's numbers lie above those of its original
            for table in [model._meta.db_table for model in _copied()] + ["record_event"]:
                cursor.execute(f"create temp table demo_originals_{table} as select id from {table}")
            with _unhindered(cursor, [model._meta.db_table for model in _copied()]):
                for first in range(1, times, COPIES_AT_ONCE):
                    last = min(first + COPIES_AT_ONCE, times) - 1
                    for model in _copied():
                        cursor.execute(_copy_sql(model, step), [first, last])
                    cursor.execute(LOG_SQL, [first, last])
            cursor.execute("update cases_casenumber set last = last + %s", [step * (times - 1)])
            cursor.execute("analyze")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from cases_person")
        return int(cursor.fetchone()[0])


@contextmanager
def _unhindered(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    """References and secondary indexes are taken off these tables and put back: checked and built once, not for each row."""
    cursor.execute(
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
        " where contype = 'f' and conrelid::regclass::text = any(%s)",
        [list(tables)],
    )
    references = cursor.fetchall()
    cursor.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i"
        " where i.indrelid::regclass::text = any(%s)"
        " and not exists (select from pg_constraint c where c.conindid = i.indexrelid)",
        [list(tables)],
    )
    indexes = cursor.fetchall()
    cursor.execute("set constraints all immediate")
    for table, name, _ in references:
        cursor.execute(f'alter table {table} drop constraint "{name}"')
    for name, _ in indexes:
        cursor.execute(f"drop index {name}")
    yield
    cursor.execute("set local maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in references:
        cursor.execute(f'alter table {table} add constraint "{name}" {definition}')


def _copied() -> Iterator[type[Model]]:
    """The models of concerns, each after those it refers to."""
    waiting = [
        model
        for model in apps.get_models()
        if issubclass(model, TenantModel) and model._meta.app_label not in KEPT and model not in NOT_COPIED
    ]
    while waiting:
        ready = [model for model in waiting if not (_targets(model) & set(waiting) - {model})]
        yield from ready
        waiting = [model for model in waiting if model not in ready]


def _targets(model: type[Model]) -> set[type[Model]]:
    return {field.related_model for field in model._meta.local_fields if isinstance(field, ForeignKey)}


def _copy_sql(model: type[Model], step: int) -> str:
    """The insert that copies the rows of the first force."""
    table, columns, values, joins = model._meta.db_table, [], [], ""
    for field in model._meta.local_fields:
        columns.append(f'"{field.column}"')
        values.append(_value(model, field, step))
    if model is Person:
        joins = " join demo_names d on d.n = mod(abs(hashtext(t.id::text)::bigint) + n.n, d.names)"
    return (
        f'insert into "{table}" ({", ".join(columns)}) select {", ".join(values)}'
        f' from "{table}" t cross join generate_series(%s, %s) n (n){joins}'
        f" where t.id in (select id from demo_originals_{table})"
    )


def _value(model: type[Model], field: Any, step: int) -> str:
    column = f't."{field.column}"'
    if model is Case and field.column == "reference":
        return "split_part(t.reference, '-', 1) || '-' || split_part(t.reference, '-', 2) || '-'" \
            f" || (split_part(t.reference, '-', 3)::int + n.n * {step})::text"
    if model is Person and field.column in ("name", "sort_key"):
        return f"case when t.name = '' then {column} else d.{field.column} end"
    target = field.related_model if isinstance(field, ForeignKey) else None
    copied = target is not None and issubclass(target, TenantModel) and target._meta.app_label not in KEPT
    if field.primary_key or (copied and target not in NOT_COPIED):
        return f"pg_temp.copy_id({column}, n.n)"
    if isinstance(field, UUIDField) and field.name in ("event", "case", "person"):
        return f"pg_temp.copy_id({column}, n.n)"
    if field.name == "subject":
        return f"case when {column} ~ {IDS} then pg_temp.copy_id({column}::uuid, n.n)::text else {column} end"
    return column


LOG_SQL = """
insert into record_event (recorded_at, id, tenant, happened_at, operation, code, by, role, "case", people, subject, fields,
                          recipient, power, reason, request)
select t.recorded_at, pg_temp.copy_id(t.id, n.n), t.tenant, t.happened_at, t.operation, t.code, t.by, t.role,
       pg_temp.copy_id(t."case", n.n),
       array(select pg_temp.copy_id(p, n.n) from unnest(t.people) p), t.subject, t.fields, t.recipient, t.power, t.reason,
       t.request
from record_event t cross join generate_series(%s, %s) n (n)
where t.id in (select id from demo_originals_record_event)
"""

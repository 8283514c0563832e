"""Makes the demo force many times as large, inside the database: copies of every concern with ids of their own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey, Model, UUIDField

from lodestar.casework.cases.models import Case, CaseNumber, OperationGroup, Person
from lodestar.casework.concerns.models import SuppressedImport
from lodestar.intelligence.identities.management.commands.index_people import mark_tenant
from lodestar.intelligence.identities.models import PersonIndexKey
from lodestar.oversight.measures.models import CrimeTotal, StoredValue
from lodestar.oversight.releases.models import Release
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.tenancy.models import Tenant, TenantModel

COPIES_AT_ONCE = 10
# Apps whose rows are not copied: the same colleagues meet more people, read the same, and let the same people go.
KEPT = (
    "accounts", "boards", "commissioning", "contacts", "deep_dives", "entities", "library", "partners", "peer_review", "plan",
    "publishing", "recommendations", "requirements", "responses", "retention", "search", "services", "staff", "training",
)  # fmt: skip
# Marks are of a name, or of what came in, and a copy has another; what was said of a case names its people, and the worker says
# it anew.
NOT_COPIED = (CaseNumber, OperationGroup, Release, SettingChange, PersonIndexKey, StoredValue, CrimeTotal, SuppressedImport)
IDS = "'^[0-9a-f]{8}-[0-9a-f]{4}-[7-f][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$'"

# Which copies to make, each with the four digits that take the place of four random ones in the id of a copied row.
MOST_COPIES = 0xFFFF
COPIES = "(select i, lpad(to_hex(i), 4, '0'), %s::boolean from generate_series(%s, %s) i) n (n, digits, again)"
HAS_COPIES = "select exists(select from cases_case where substr(id::text, 15, 1) > '7')"
NAMES = """
create temp table demo_name_list on commit preserve rows as
select row_number() over (order by id) - 1 as n, name, sort_key, count(*) over () as names from cases_person
"""


def multiply(times: int) -> int:
    """Copies every concern `times` - 1 times over and returns how many people there are. The ledger of a copy is the
    ledger of its original, since the rules see neither ids nor names."""
    if times > 1:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 0")  # a slow machine takes its time
            cursor.execute(NAMES)
            cursor.execute("select max(last) from cases_casenumber")
            step = 10 ** len(str(cursor.fetchone()[0]))  # a copy's numbers lie above those of its original
            cursor.execute(HAS_COPIES)
            again = cursor.fetchone()[0]
            tables = [model._meta.db_table for model in _copied()]
            for table in [*tables, "audit_event"]:  # stand aside: no copy reads through those before it
                cursor.execute(f"create temp table demo_{table} as table {table}")
                cursor.execute(f"analyze demo_{table}")
            with _unhindered(cursor, [*tables, *_referring()]):
                for first in range(1, times, COPIES_AT_ONCE):
                    last = min(first + COPIES_AT_ONCE, times) - 1
                    for model in _copied():
                        cursor.execute(_copy_sql(model, step), [again, first, last])
                    cursor.execute(LOG_SQL, [again, first, last])
            cursor.execute("update cases_casenumber set last = last + %s", [step * (times - 1)])
            for tenant in Tenant.objects.values_list("slug", flat=True):
                mark_tenant(tenant, only_new=True)
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # else the first pages are read by plans made for empty tables, and take half a minute
        cursor.execute("select count(*) from cases_person")
        return int(cursor.fetchone()[0])


@contextmanager
def _unhindered(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    """References and secondary indexes are taken off these tables and put back: checked and built once, not for each row."""
    cursor.execute(
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype = 'f' from pg_constraint"
        " where contype in ('f', 'p', 'u') and conrelid::regclass::text = any(%s) order by contype = 'f', oid",
        [list(tables)],
    )
    constraints = cursor.fetchall()
    cursor.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i"
        " where i.indrelid::regclass::text = any(%s)"
        " and not exists (select from pg_constraint c where c.conindid = i.indexrelid)",
        [list(tables)],
    )
    indexes = cursor.fetchall()
    cursor.execute("set constraints all immediate")
    for table, name, _, _ in reversed(constraints):  # references before the keys that they refer to
        cursor.execute(f'alter table {table} drop constraint "{name}"')
    for name, _ in indexes:
        cursor.execute(f"drop index {name}")
    yield
    cursor.execute("set local maintenance_work_mem = '256MB'")
    for table, name, definition, _ in constraints:
        cursor.execute(f'alter table {table} add constraint "{name}" {definition}')
    for _, definition in indexes:
        cursor.execute(definition)


def _copy_of(identity: str) -> str:
    """The id of a copied row: of the same moment, told from other copies by four of its random digits, and from whatever
    is copied by its version, which is one higher (7 of what was made, 8 of its copies, 9 of copies of those). Where there
    are copies already other four digits are taken, since those tell them apart."""
    whole = f"{identity}::text"
    version = f"translate(substr({whole}, 15, 1), '789abcde', '89abcdef')"
    first, later = f"substr({whole}, 16, 9) || n.digits || right({whole}, 8)", f"substr({whole}, 16, 17) || n.digits"
    return f"(left({whole}, 14) || {version} || case when n.again then {later} else {first} end)::uuid"


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


def _referring() -> list[str]:
    """Tables whose rows are not copied and refer to what is, and those that refer to them: a key goes after its references."""
    copied = set(_copied())
    referring: set[type[Model]] = set()
    others = [model for model in apps.get_models() if issubclass(model, TenantModel) and model not in copied]
    while more := {model for model in others if model not in referring and _targets(model) & (copied | referring)}:
        referring |= more
    return [model._meta.db_table for model in others if model in referring]


def _targets(model: type[Model]) -> set[type[Model]]:
    return {field.related_model for field in model._meta.local_fields if isinstance(field, ForeignKey)}


def _copy_sql(model: type[Model], step: int) -> str:
    """The insert that copies the rows of the first force."""
    table, columns, values, joins = model._meta.db_table, [], [], ""
    for field in (field for field in model._meta.local_fields if not field.generated):
        columns.append(f'"{field.column}"')
        values.append(_value(model, field, step))
    if model is Person:
        joins = " join demo_name_list d on d.n = mod(abs(hashtext(t.id::text)::bigint) + n.n, d.names)"
    return (
        f'insert into "{table}" ({", ".join(columns)}) select {", ".join(values)} from demo_{table} t cross join {COPIES}{joins}'
    )


def _value(model: type[Model], field: Any, step: int) -> str:
    column = f't."{field.column}"'
    if model is Case and field.column == "reference":
        return (
            "split_part(t.reference, '-', 1) || '-' || split_part(t.reference, '-', 2) || '-'"
            f" || (split_part(t.reference, '-', 3)::int + n.n * {step})::text"
        )
    if model is Person and field.column in ("name", "sort_key"):
        return f"case when t.name = '' then {column} else d.{field.column} end"
    target = field.related_model if isinstance(field, ForeignKey) else None
    copied = target is not None and issubclass(target, TenantModel) and target._meta.app_label not in KEPT
    if field.primary_key or (copied and target not in NOT_COPIED):
        return _copy_of(column)
    if isinstance(field, UUIDField) and field.name in ("event", "case", "person"):
        return _copy_of(column)
    if field.name in (
        "digest",
        "key",
        "secret_hash",
    ):  # the same letter twice from one hand is one letter, the same row twice one row
        return f"md5({column} || n.digits || n.again::text)"
    if field.name == "subject":
        return f"case when {column} ~ {IDS} then {_copy_of(column)}::text else {column} end"
    return column


LOG_SQL = f"""
insert into audit_event (recorded_at, id, tenant, happened_at, operation, code, by, role, "case", people, subject, fields,
                          recipient, power, reason, request)
select t.recorded_at, {_copy_of("t.id")}, t.tenant, t.happened_at, t.operation, t.code, t.by, t.role,
       {_copy_of('t."case"')},
       array(select {_copy_of("p")} from unnest(t.people) p), t.subject, t.fields, t.recipient, t.power, t.reason,
       t.request
from demo_audit_event t cross join {COPIES}
"""

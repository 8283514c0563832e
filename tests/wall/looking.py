"""What the application's role can see and do with one table, asked in raw SQL. Each function says what is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from lodestar.platform.tenancy.roles import APP, OWNER
from lodestar.platform.text.ids import new_id

HERE, THERE = "fenmarch", "eastern"
TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition order by 1
"""
WITH_TENANT = """
select distinct c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid
where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
  and a.attname = 'tenant' and not a.attisdropped order by 1
"""
REFERENCES = """
select c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text,
    array(select a.attname::text from unnest(c.conkey) with ordinality k(number, place)
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number order by k.place),
    array(select a.attname::text from unnest(c.confkey) with ordinality k(number, place)
          join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number order by k.place)
from pg_constraint c where c.contype = 'f' and c.conparentid = 0 order by 1
"""


def become(connection: psycopg.Connection, role: str, tenant: str = "") -> None:
    """From here to the end of the transaction: as this role, within this tenant (none for "")."""
    connection.execute("reset role")
    connection.execute("select set_config('lodestar.tenant', %s, true)", [tenant])
    connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))


@contextmanager
def undone(connection: psycopg.Connection) -> Iterator[None]:
    """What happens inside is undone, errors too."""
    with connection.transaction(force_rollback=True):
        yield


def refused(connection: psycopg.Connection, statement: Any, *, by: type[Exception], values: Any = None) -> bool:
    """Whether the database refuses the statement with this error. Any other error is the test's own fault."""
    try:
        with undone(connection):
            connection.execute(statement, values)
    except by:
        return True
    return False


def tables(connection: psycopg.Connection) -> list[str]:
    """All tables, views and the like that an application could read."""
    return [name for (name,) in connection.execute(TABLES)]


def tables_with_tenant(connection: psycopg.Connection) -> list[str]:
    """Those whose rows belong to a tenant."""
    return [name for (name,) in connection.execute(WITH_TENANT)]


def seen(connection: psycopg.Connection, table: str, tenant: str) -> set[str]:
    """Whose rows of the table the application sees within `tenant`."""
    become(connection, APP, tenant)
    return {row[0] for row in connection.execute(sql.SQL("select tenant from {}").format(sql.Identifier(table)))}


def reading_faults(connection: psycopg.Connection, table: str) -> list[str]:
    """No tenant named, no rows; one named, its rows and no others."""
    found = []
    for tenant, should in (("", set()), ("nowhere", set()), (HERE, {HERE}), (THERE, {THERE})):
        does = seen(connection, table, tenant)
        if does != should:
            found.append(f"within {tenant or 'no tenant'} {table} shows the rows of {sorted(does) or 'nobody'}")
    return found


def a_row(connection: psycopg.Connection, table: str, tenant: str, with_column: str = "id") -> dict[str, Any]:
    """One row of the tenant's, as its owner reads it: one that has something in that column, where there is one."""
    become(connection, OWNER)
    statement = sql.SQL("select to_jsonb(t) from {} t where tenant = %s order by {} is null limit 1").format(
        sql.Identifier(table), sql.Identifier(with_column)
    )
    (found,) = connection.execute(statement, [tenant]).fetchone() or ({},)
    return dict(found)


def writing_faults(connection: psycopg.Connection, table: str) -> list[str]:
    """Within one tenant no row of another can be added, changed, taken over or removed."""
    found = []
    name = sql.Identifier(table)
    row = a_row(connection, table, HERE) | {"id": str(new_id()), "tenant": THERE}
    plain = connection.execute(
        "select attname from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
        [table],
    )
    columns = sql.SQL(", ").join(sql.Identifier(column) for (column,) in plain)  # but what the database works out itself
    populated = "insert into {0} ({1}) select {1} from jsonb_populate_record(null::{0}, %s::jsonb)"
    insert = sql.SQL(populated).format(name, columns)
    become(connection, APP, HERE)
    if not refused(connection, insert, by=psycopg.errors.InsufficientPrivilege, values=[psycopg.types.json.Jsonb(row)]):
        found.append(f"within {HERE} a row of {THERE} can be added to {table}")
    for what, statement in (
        ("changed", sql.SQL("update {} set tenant = tenant where tenant = %s").format(name)),
        ("removed", sql.SQL("delete from {} where tenant = %s").format(name)),
    ):
        try:
            with undone(connection):
                touched = connection.execute(statement, [THERE]).rowcount
        except psycopg.errors.InsufficientPrivilege:
            touched = 0  # nobody's rows can be
        if touched:
            found.append(f"within {HERE} rows of {THERE} can be {what} in {table}")
    give_away = sql.SQL("update {} set tenant = %s").format(name)
    if not refused(connection, give_away, by=psycopg.errors.InsufficientPrivilege, values=[THERE]):
        found.append(f"rows of {HERE} can be given to {THERE} in {table}")
    return found


def references(connection: psycopg.Connection, walled: list[str]) -> list[tuple[str, str, str, list[str], list[str]]]:
    """The foreign keys between tables with tenants: name, from, to, columns, columns referred to."""
    rows = [(name, a.strip('"'), b.strip('"'), own, others) for name, a, b, own, others in connection.execute(REFERENCES)]
    return [row for row in rows if row[1] in walled and row[2] in walled]


def crossing_faults(connection: psycopg.Connection, table: str, column: str, other: str) -> list[str]:
    """Not even the owner can point `column` of one tenant's row at a row of another."""
    target, row = a_row(connection, other, THERE)["id"], a_row(connection, table, HERE, column)
    point = sql.SQL("update {} set {} = %s where id = %s").format(sql.Identifier(table), sql.Identifier(column))
    try:
        with undone(connection):
            connection.execute("set constraints all immediate")
            connection.execute(point, [target, row["id"]])
    except psycopg.errors.ForeignKeyViolation:
        return []
    return [f"{table}.{column} of {HERE} can point at a row of {THERE} in {other}"]

"""The tables kept for whoever runs a few tests: the same as those that the migrations made, and none of an older program."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from launcher import binaries, kept_tables, places
from tests.databases import copied

PROGRAMS = Path(binaries.programs(places.database_folder()))


class Held:
    """The server of these tests, as the launcher sees it, with one of its databases."""

    cluster = SimpleNamespace(programs=PROGRAMS, program=lambda name: str(PROGRAMS / name))

    def __init__(self, database: str):
        self.database = database

    def url(self, role: str, database: str) -> str:
        assert role == "lodestar_bootstrap"
        return urlsplit(os.environ["LODESTAR_BOOTSTRAP_URL"])._replace(path=f"/{database}").geturl()


def rights(on: str, kind: str, owner: str) -> str:
    """The rights in this column, in one order, and what is meant where nobody wrote any."""
    return f"array(select one::text from unnest(coalesce({on}, acldefault({kind}, {owner}))) one order by 1)"


# All that guards and holds the rows, by name: a check that was dumped and read back is written otherwise by PostgreSQL itself.
OF_A_TABLE = rights("relacl", "(case relkind when 'S' then 's' else 'r' end)::\"char\"", "relowner")
OF_A_FUNCTION = rights("proacl", "'f'::\"char\"", "proowner")
HERE = "'public'::regnamespace"
STANDS = (
    f"select relname, relkind, {OF_A_TABLE}, pg_get_userbyid(relowner), relrowsecurity, relforcerowsecurity from pg_class"
    f" where relnamespace = {HERE} and relkind in ('r', 'p', 'v', 'S') order by 1",
    "select polrelid::regclass::text, polname, polcmd, pg_get_expr(polqual, polrelid), polroles::regrole[] from pg_policy"
    " order by 1, 2",
    f"select conrelid::regclass::text, conname, contype, condeferrable from pg_constraint where connamespace = {HERE}"
    " order by 1, 2",
    "select tgrelid::regclass::text, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2",
    f"select proname, {OF_A_FUNCTION}, prosecdef, pg_get_userbyid(proowner), prosrc from pg_proc where pronamespace = {HERE}"
    " and not exists (select from pg_depend d where d.objid = pg_proc.oid and deptype = 'e')"
    " order by 1, pg_proc.oid::regprocedure::text",
    "select indexname, tablename from pg_indexes where schemaname = 'public' order by 1",
    "select relname, attname, atttypid::regtype::text, attnotnull, attacl::text from pg_attribute join pg_class c"
    f" on c.oid = attrelid where relnamespace = {HERE} and relkind in ('r', 'p', 'v') and attnum > 0 and not attisdropped"
    " order by 1, 2",
    "select app, name from django_migrations order by 1, 2",
    "select extname from pg_extension order by 1",
)


def standing(database: str) -> list[list[tuple[Any, ...]]]:
    with psycopg.connect(Held(database).url("lodestar_bootstrap", database)) as connection:
        return [connection.execute(query).fetchall() for query in STANDS]


def is_empty(database: str) -> bool:
    with psycopg.connect(Held(database).url("lodestar_bootstrap", database)) as connection:
        return not connection.execute("select from pg_class where relnamespace = 'public'::regnamespace").fetchall()


@pytest.fixture
def var(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(kept_tables, "VAR", tmp_path)
    return tmp_path


@pytest.fixture
def empty() -> Held:
    with copied("lodestar_test_brought_back", template="template0"):
        yield Held("lodestar_test_brought_back")


@pytest.fixture
def made() -> Held:
    with copied("lodestar_test_to_keep"):
        yield Held("lodestar_test_to_keep")


def test_what_is_brought_back_is_what_was_kept_whole_and_by_the_same_program(var, made, empty, monkeypatch):
    kept_tables.keep(made)
    (kept,) = (var / "tests").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    assert not kept_tables.brought_back(empty)
    assert is_empty(empty.database)
    kept.write_bytes(whole)
    with monkeypatch.context() as another:
        another.setattr(kept_tables, "_MADE_WITH", ("requirements/base.txt",))
        assert not kept_tables.brought_back(empty)
        assert is_empty(empty.database)
    assert kept_tables.brought_back(empty)
    assert standing(empty.database) == standing(made.database)
    monkeypatch.setattr(kept_tables, "_MADE_WITH", ("requirements/base.txt",))
    kept_tables.keep(made)
    assert len(list((var / "tests").iterdir())) == 1


def test_what_cannot_be_kept_leaves_nothing_half(var):
    kept_tables.keep(Held("no_such_database"))
    assert list((var / "tests").iterdir()) == []

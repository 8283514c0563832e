"""A full disk is told in one line, whatever it stops. Each test makes a small disk of its own, which only root may."""

import hashlib
import os
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.launcher.clones import NOBODY
from tests.launcher.test_packages import about

pytestmark = [pytest.mark.root, pytest.mark.long]
FULL = "lodestar: The disk is full: free some space and run the same command again."


@pytest.fixture
def small_disk() -> Iterator[Callable[[Path, str], None]]:
    """Puts a disk of a given size in place of a folder."""
    mounted: list[Path] = []

    def mount(folder: Path, size: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        owner = folder.parent.stat().st_uid
        os.chown(folder, owner, owner)
        options = f"size={size},uid={owner},gid={owner}"
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "lodestar-tests", folder], check=False)
        if done.returncode:
            pytest.skip("this root may not mount a disk")
        mounted.append(folder)

    yield mount
    for folder in mounted:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("size", ["1m", "8m", "14m"])
def test_while_packages_are_installed(make_clone, small_disk, size):
    clone = make_clone()
    small_disk(clone.folder / ".venv", size)
    clone.folder.joinpath("requirements", "base.txt").write_text(big_package(clone.folder.parent))
    told = clone.run("db", "shell", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(clone.folder.parent))
    assert (told.returncode, told.stdout, told.stderr.splitlines()[-1]) == (1, "", FULL)


def big_package(folder: Path) -> str:
    """A package larger than the disk; returns the line that pins it."""
    wheel = folder / "barge-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("barge.txt", " " * 20_000_000)
        for name, text in about("barge").items():
            archive.writestr(f"barge-1.0.dist-info/{name}", text)
    return f"barge==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def test_while_the_database_is_made_for_an_ordinary_user(make_clone, small_disk):
    clone = make_clone(user=NOBODY).with_postgresql()
    small_disk(clone.folder / "var", "8m")
    told = clone.run("db", "shell")
    assert (told.returncode, told.stdout, told.stderr.splitlines()[-1]) == (1, "", FULL)


@pytest.mark.parametrize("size", ["8m", "50m"])
def test_while_the_database_is_made_for_root(make_clone, small_disk, size):
    clone = make_clone().with_postgresql()
    base = clone.python("from launcher import places; print(places.database_folder())").stdout.strip()
    small_disk(Path(base), size)
    told = clone.run("db", "shell")
    assert (told.returncode, told.stdout, told.stderr.splitlines()[-1]) == (1, "", FULL)


FILLED = """
from contextlib import suppress
from launcher import commands, database
from launcher.say import Trouble

def filled(_words):
    with database.embedded() as server, open(server.cluster.base / "ballast", "wb", 0) as ballast:
        try:
            while ballast.write(bytes(65536)):
                continue
        except OSError:
            more = "select pg_logical_emit_message(true, '', repeat('x', 9000000)) from generate_series(1, 9)"
            with suppress(Trouble):
                server.sql("postgres", more)
            raise Trouble("The database is in recovery, which is all that others see.")

commands._OWN["work",] = filled
sys.exit(commands.main(["work"]))
"""


def test_while_the_database_writes_its_own_log_and_dies_of_it(make_clone, small_disk):
    clone = make_clone().with_postgresql()
    base = clone.python("from launcher import places; print(places.database_folder())").stdout.strip()
    small_disk(Path(base), "200m")
    told = clone.python(FILLED)
    assert (told.returncode, told.stdout, told.stderr.splitlines()[-1]) == (1, "", FULL)
    assert clone.server() is None

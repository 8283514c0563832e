"""The environment of pinned packages: made once, and whole or not at all."""

import hashlib
import json
import re
import socket
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.launcher.clones import NOBODY, Clone

ENSURE = "from launcher import packages, processes; processes.listen(); packages.ensure('base')"


def with_one_package(clone: Clone, *, padding: int = 0) -> dict[str, str]:
    """Pins a small package of our own; returns the environment in which pip finds it, without any network."""
    wheel = clone.folder.parent / f"{clone.folder.name} wheels" / "lantern-1.0-py3-none-any.whl"
    wheel.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("lantern.py", "LIT = True\n" + "#" * padding)
        for name, text in about("lantern").items():
            archive.writestr(f"lantern-1.0.dist-info/{name}", text)
    pin(clone, hashlib.sha256(wheel.read_bytes()).hexdigest())
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheel.parent.as_uri()}


def about(name: str) -> dict[str, str]:
    """What a wheel tells of itself."""
    return {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }


def pin(clone: Clone, digest: str) -> None:
    (clone.folder / "requirements" / "base.txt").write_text(f"lantern==1.0 --hash=sha256:{digest}\n")


def installed(clone: Clone) -> Path | None:
    return next(clone.folder.glob(".venv/*/lib/*/site-packages/lantern.py"), None)


@pytest.mark.long
def test_changed_pins_are_installed_afresh(make_clone):
    clone = make_clone()
    found = with_one_package(clone)
    assert clone.python(ENSURE, **found).returncode == 0
    assert clone.python(ENSURE, **with_one_package(clone, padding=1)).returncode == 0
    assert installed(clone).read_text().endswith("#")


@pytest.mark.long
def test_an_interrupted_installation_starts_again_from_nothing_and_a_whole_one_stays_as_it_is(make_clone):
    clone = make_clone()
    found = with_one_package(clone)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        index = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        started = subprocess.Popen(
            [clone.interpreter, "-c", f"import sys; sys.path.insert(0, {str(clone.folder)!r})\n{ENSURE}"],
            env=clone.environment | {"PIP_INDEX_URL": index},
            stderr=subprocess.DEVNULL,
        )
        caller, _ = silent.accept()  # pip waits for an answer that never comes
        left = next(clone.folder.glob(".venv/*/bin")) / "left-half-done"
        left.touch()
        started.kill()
        started.wait(timeout=30)
        with caller:
            caller.settimeout(30)
            while caller.recv(65536):  # ends when pip has ended
                continue
    assert not list(clone.folder.glob(".venv/*/lodestar.json"))
    first = clone.python(ENSURE, **found)
    assert first.returncode == 0, first.stderr
    assert installed(clone)
    assert not left.exists()
    a_second_start_runs_no_pip_and_what_cannot_be_had_leaves_it_as_it_is(clone)


def a_second_start_runs_no_pip_and_what_cannot_be_had_leaves_it_as_it_is(clone: Clone) -> None:
    """Of an environment that was just made: to make another takes seconds."""
    stamp = clone.stamp()
    second = clone.python(ENSURE, PIP_NO_INDEX="1")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert clone.stamp() == stamp
    (clone.folder / "requirements" / "more.txt").write_text(f"beacon==1.0 --hash=sha256:{'0' * 64}\n")
    more = clone.python(ENSURE.replace("'base'", "'base', 'more'"), PIP_NO_INDEX="1")
    assert more.returncode == 1
    assert "Trouble: The packages could not be installed" in more.stderr
    assert clone.stamp() == stamp  # what could not be had took nothing away


@pytest.mark.long
def test_a_package_with_another_hash_is_refused_in_one_line(make_clone):
    clone = make_clone()
    found = with_one_package(clone)
    pin(clone, "0" * 64)
    told = clone.run("db", "shell", **found)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines()[-1].startswith("lodestar: The packages could not be installed: ERROR:")


@pytest.mark.long
def test_two_commands_that_start_at_once_install_once(make_clone):
    clone = make_clone()
    environment = clone.environment | with_one_package(clone)
    code = f"import sys; sys.path.insert(0, {str(clone.folder)!r})\n{ENSURE}"
    both = [
        subprocess.Popen([clone.interpreter, "-c", code], env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = "".join(each.communicate(timeout=60)[1] for each in both)
    assert [each.returncode for each in both] == [0, 0]
    assert len(re.findall("^Installing", said, re.MULTILINE)) == 1


@pytest.mark.long
def test_packages_are_not_changed_under_a_command_that_runs(make_clone):
    clone = make_clone().with_postgresql()
    with clone.shell():
        with_one_package(clone)
        told = clone.run("db", "shell")
    assert told.returncode == 1
    assert told.stderr.endswith("but another lodestar command runs here: stop it first.\n")


@pytest.mark.long
def test_a_clone_that_was_moved_makes_its_environment_anew(make_clone):
    clone = make_clone()
    assert clone.python(ENSURE, **with_one_package(clone)).returncode == 0
    stamp = next(clone.folder.glob(".venv/*/lodestar.json"))
    content = json.loads(stamp.read_text())
    stamp.write_text(json.dumps(content | {"identity": content["identity"] + " elsewhere"}))
    assert "Making .venv" in clone.python(ENSURE, **with_one_package(clone)).stderr


def test_a_python_that_does_not_suit_is_refused_in_one_line(make_clone):
    told = make_clone().run("secrets", PYTHON="/usr/bin/false")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "lodestar: PYTHON=/usr/bin/false is not a Python from 3.11 to 3.13.\n"


@pytest.mark.root
def test_a_clone_of_another_user_is_refused_in_one_line(make_clone):
    clone = make_clone()
    with_one_package(clone)
    told = clone.seen_by(NOBODY).run("db", "shell")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith(f"lodestar: No right to write {clone.folder}/.venv")
    assert told.stderr.count("\n") == 1

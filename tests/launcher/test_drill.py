"""The drill: a small force, a backup, a machine that is lost, another that begins with nothing but the backups and the keys.

What it does about backups are the `sh` blocks of docs/runbooks/restore.md, as they stand there, and nothing else.
"""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from lodestar.platform.files.filestore import FileStore
from tests.launcher.clones import ROOT
from tests.launcher.test_serving import PYTHON, free_port

RUNBOOK = ROOT / "docs" / "runbooks" / "restore.md"
COPIED = ("lodestar", "launcher", "src", "requirements", "frontend", "package.json", "package-lock.json")
HEAD = "incident_ref,reported_at,place,person_ref,role,name,narrative\n"
COUNTED = "select (select count(*) from cases_case), (select count(*) from cases_person), (select count(*) from audit_event)"


def blocks(heading: str) -> list[str]:
    """The `sh` blocks below a heading of the runbook."""
    section = re.split(r"^## ", RUNBOOK.read_text(), flags=re.MULTILINE)
    (text,) = [part for part in section if part.startswith(heading)]
    return re.findall(r"^```sh\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


class Machine:
    """A clone of its own, with this environment's packages, and a database and files that nobody else has."""

    def __init__(self, folder: Path, var: Path, **known: str) -> None:
        self.folder = folder
        folder.mkdir()
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(ROOT / name, folder / name)
        for name in (".venv", "node_modules"):
            if (ROOT / name).exists():
                (folder / name).symlink_to(ROOT / name)
        unwanted = ("LODESTAR_", "DJANGO_", "PYTEST_", "DATABASE_URL", "COV", "PYTHON")
        ours = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
        self.environment = ours | {"PYTHON": PYTHON, "LODESTAR_VAR": str(var)} | known

    def sh(self, script: str) -> str:
        """Runs a block of the runbook as it stands; what it said."""
        done = subprocess.run(
            ["sh", "-eu"], input=script, env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def with_keys(self, command: str, given: str = "") -> str:
        """What the drill itself does: making a force, writing, counting."""
        done = subprocess.run(
            ["sh", "-eu", "-c", f'set -a; . "$KEYS"; set +a; {command}'],
            env=self.environment, cwd=self.folder, input=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def report(self, number: int, name: str) -> None:
        path = self.folder / f"{number}.csv"
        path.write_text(f"{HEAD}L-{number},2026-11-20 10:00,Lincoln,p{number},possible victim,{name},Seen at a car wash\n")
        assert "1 made" in self.with_keys(f"./lodestar import concerns {path.name} --as robin --apply")

    def counted(self) -> list[int]:
        """Cases, people, entries of the log."""
        said = self.with_keys("./lodestar db shell", f"set lodestar.tenant = 'lincolnshire'; {COUNTED};")
        (row,) = re.findall(r"^ +(\d+) \| +(\d+) \| +(\d+)$", said, flags=re.MULTILINE)
        return list(map(int, row))

    def lost(self) -> None:
        """Nothing of it is left."""
        code = "import sys; sys.path.insert(0, '.'); from launcher import database; database.remove()"
        subprocess.run([sys.executable, "-c", code], cwd=self.folder, env=self.environment, check=True)
        shutil.rmtree(self.folder)


def request(port: int, method: str, path: str, cookies: dict[str, str], **form: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": f"localhost:{port}", "Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items())}
    body = urlencode(form) if form else None
    connection.request(method, path, body, headers | {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    for line in answer.headers.get_all("Set-Cookie") or []:
        key, _, value = line.split(";")[0].partition("=")
        cookies[key] = value
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def signs_in(machine: Machine, port: int, password: str, secret: str) -> bool:
    """Serves by the runbook's last block, and signs in as a person does."""
    process = subprocess.Popen(
        ["sh", "-eu", "-c", blocks("The machine is lost")[0].splitlines()[0] + "\n" + blocks("The machine is lost")[-1]],
        env=machine.environment, cwd=machine.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout.readline(), process.stderr.read()
        cookies: dict[str, str] = {}
        _, page = request(port, "GET", "/sign-in", cookies)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        code = format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
        form = {"csrfmiddlewaretoken": token, "username": "robin", "password": password, "code": code}
        assert request(port, "POST", "/sign-in", cookies, **form)[0] == 302
        request(port, "GET", "/start", cookies)
        status, page = request(port, "GET", "/my-work", cookies)
        return status == 200 and "LI-26-0002" in page and "LI-26-0003" not in page
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)


@pytest.fixture
def kept(tmp_path: Path) -> dict[str, str]:
    """What outlives the machine: the backups, and apart from them the keys."""
    said = subprocess.run(
        [ROOT / "lodestar", "secrets"], env={**os.environ, "PYTHON": PYTHON}, capture_output=True, text=True, check=True
    ).stdout
    assert [line.partition("=")[0] for line in said.splitlines()] == [
        "LODESTAR_SECRET_KEY", "LODESTAR_FIELD_KEYS", "LODESTAR_FILE_KEYS", "LODESTAR_BACKUP_KEY",
    ]  # fmt: skip
    (tmp_path / "keys").write_text(said)
    return {"KEYS": str(tmp_path / "keys"), "BACKUPS": str(tmp_path / "backups"), "PORT": str(free_port())}


@pytest.mark.long
def test_a_force_that_lost_its_machine_comes_back_as_of_its_last_backup(tmp_path, kept):
    first = Machine(tmp_path / "first", tmp_path / "var1", **kept)
    first.with_keys("./lodestar migrate --verbosity 0")
    made = first.with_keys("./lodestar admin create robin --force lincolnshire --role frontline")
    password, secret = re.search(r"password\s+(\S+)", made)[1], re.search(r"code generator\s+(\S+)", made)[1]
    first.report(1, "Thu Hà Nguyễn")
    first.report(2, "Ion Popescu")
    file_keys = re.search(r"LODESTAR_FILE_KEYS=(\S+)", Path(kept["KEYS"]).read_text())[1]
    address = FileStore(tmp_path / "var1" / "files", file_keys).put("lincolnshire", b"a letter")
    before = first.counted()
    (night,) = blocks("Every night")
    assert "read back and whole" in first.sh(night)
    first.report(3, "Recorded After The Backup")
    assert first.counted() > before
    (minute,) = blocks("Every minute")
    assert "is noted" in first.sh(minute)
    first.lost()
    shutil.rmtree(tmp_path / "var1")

    second = Machine(tmp_path / "second", tmp_path / "var2", **kept)
    *steps, _serve = blocks("The machine is lost")
    began = time.monotonic()
    said = second.sh("".join(steps))
    print(f"restored in {time.monotonic() - began:.1f} s")
    assert "The wall between forces holds" in said
    cases, people, events = second.counted()
    assert [cases, people, events - 1] == before  # the log has one line more: that it was restored
    assert FileStore(tmp_path / "var2" / "files", file_keys).get("lincolnshire", address) == b"a letter"
    assert signs_in(second, int(kept["PORT"]), password, secret)

    second.lost()

"""The web server and the worker, as `./lodestar` runs them from this clone."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.launcher.clones import ROOT
from tests.offenders import each

PYTHON = getattr(sys, "_base_executable", sys.executable)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHON": PYTHON, "LODESTAR_ENV": "demo", **more}


def run(*words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [ROOT / "lodestar", *words], env=environment(**more), capture_output=True, text=True, timeout=60, check=False
    )


@contextmanager
def started(folder: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """A command of this clone whose files lie in `folder`."""
    process = subprocess.Popen(
        [ROOT / "lodestar", *words],
        env=environment(LODESTAR_VAR=str(folder)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        print(process.communicate(timeout=60)[1])


def status(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/sign-in", headers={"Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_serve_says_where_the_sign_in_page_is_and_ends_when_told(own_database, tmp_path):
    port = free_port()
    with started(tmp_path, "serve", "--port", str(port)) as server:
        assert server.stdout.readline() == f"http://localhost:{port}\n"
        assert status(port) == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
        with socket.create_server(("127.0.0.1", port)):
            assert server.stdout.read() == ""


@pytest.mark.long
def test_what_a_killed_launcher_served_ends_with_it(own_database, tmp_path):
    port = free_port()
    with started(tmp_path, "serve", "--port", str(port)) as server:
        assert server.stdout.readline()
        server.kill()
        server.wait()
        server.stderr.read()  # ends when the last process that held it has ended
    with socket.create_server(("127.0.0.1", port)):
        assert server.returncode == -signal.SIGKILL


@each("command", ["serve", "demo"])
def test_a_taken_port_is_told_in_one_line_before_anything_slow_is_done(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = run(command, "--port", str(port))
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        f"lodestar: Port {port} is not to be had (Address already in use): stop what holds it, or add --port {port + 1}.\n"
    )


@each(
    ("command", "more", "line"),
    [
        ("serve --port http", {}, r"--port wants a number from 1 on\."),
        ("serve --port", {}, r"--port wants a number from 1 on\."),
        ("serve --port=65536", {}, r"There is no port 65536: the last is 65535\."),
        ("demo --resett", {}, r"--resett is not known here: \./lodestar demo --help tells the options\."),
        ("work hard", {}, r"hard is not known here: \./lodestar work --help tells the options\."),
        ("demo --reset", {"DATABASE_URL": "postgresql://somebody@/theirs"}, ".*not ours to remove.*"),
        ("demo code officer", {"DATABASE_URL": "the one in the cellar"}, "DATABASE_URL cannot be read: .*"),
        (
            "serve",
            {"LODESTAR_ENV": "production", "LODESTAR_SECRET_KEY": ""},
            "LODESTAR_ENV=production needs .*LODESTAR_SECRET_KEY.*",
        ),
        ("demo", {"LODESTAR_ENV": "production"}, r"LODESTAR_ENV=production holds real people: the demo does not run there\."),
    ],
)
def test_what_whoever_types_can_put_right_is_told_in_one_line(command, more, line):
    told = run(*command.split(), **more)
    assert (told.returncode, told.stdout) == (1, "")
    assert re.fullmatch(f"{line}\n", told.stderr.removeprefix("lodestar: ")), told.stderr


@pytest.mark.long
@each("command", ["serve", "demo code officer"])
def test_a_database_older_than_the_program_is_told_in_one_line(command):
    name = f"older_than_{command.replace(' ', '_')}"
    with psycopg.connect(os.environ["LODESTAR_BOOTSTRAP_URL"], autocommit=True) as superuser:
        superuser.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        told = run(*command.split(), DATABASE_URL=url)
        superuser.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.removeprefix("lodestar: ") == ("The database is older than this program: run ./lodestar migrate.\n")


@each("command", ["work", "import concerns /dev/null --as officer"])
def test_a_database_that_is_not_there_is_told_in_one_line(tmp_path, command):
    told = run(*command.split(), DATABASE_URL=f"postgresql://lodestar_app@/lodestar?host={tmp_path}")
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert told.stderr.removeprefix("lodestar: ").startswith("The database does not answer as it should: ")


def test_secrets_are_new_each_time_and_alone_on_standard_output():
    first, second = run("secrets"), run("secrets")
    assert first.stderr == ""
    assert [line.partition("=")[0] for line in first.stdout.splitlines()] == [
        "LODESTAR_SECRET_KEY",
        "LODESTAR_FIELD_KEYS",
        "LODESTAR_FILE_KEYS",
        "LODESTAR_BACKUP_KEY",
    ]
    assert not set(first.stdout.splitlines()) & set(second.stdout.splitlines())


def test_an_unknown_command_is_answered_with_the_commands():
    told = run("dmeo")
    assert (told.returncode, told.stdout) == (1, "")
    assert "demo code USER" in told.stderr

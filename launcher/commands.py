"""Runs the command of `./lodestar` that the words name; `commands.toml` describes them all."""

import os
import signal
from collections.abc import Callable, Sequence

from launcher import backup, bench, database, demo, keys, manage, manual, packages, processes, restoring, roles, serving, testing
from launcher.manual import COMMANDS, Command
from launcher.say import Trouble, answer, in_one_line, progress


def main(arguments: Sequence[str]) -> int:
    """Runs the command that `arguments` name and returns its exit code; trouble is told in one line."""
    processes.listen()
    try:
        return _run(list(arguments))
    except Trouble as trouble:
        progress(f"lodestar: {trouble}")
        return 1
    except BrokenPipeError:
        return 128 + signal.SIGPIPE  # whoever read our answers has enough: a filter ends then, and says nothing
    except OSError as error:
        progress(f"lodestar: {in_one_line(error)}")
        return 1
    except processes.Stopped as stopped:
        return 128 + stopped.number


def _run(words: list[str]) -> int:
    for length in (2, 1):
        command = COMMANDS.get(tuple(words[:length]))
        if command:
            return _run_command(command, words[length:])
    text = manual.group_overview(words[0]) if words else ""
    if manual.asks_for_help(words) or words == ["help"]:
        answer(text or manual.overview())
        return 0
    progress(text or manual.overview())
    return 1


def _run_command(command: Command, rest: list[str]) -> int:
    """Runs a command. Its help starts nothing: no database, no installation of packages."""
    if manual.asks_for_help(rest) and (command.words != ("manage",) or rest[0] in manual.HELP):
        answer(manual.help_of(command, rest))
        return 0
    if command.words in _OWN:
        return _OWN[command.words](rest)
    if command.needs_arguments and not rest:
        raise Trouble(f"Say more: {command.line()}")
    needs = "packages" if rest == ["--template"] else command.needs
    return _pass_on(command.runs, needs, rest)


def _pass_on(runs: str, needs: str, rest: list[str]) -> int:
    packages.ensure("base")
    if needs == "packages":
        return manage.through({}, *runs.split(), *rest)
    with database.in_use() as used:
        addresses = manage.as_owner(used.addresses) if needs == "owner" else used.addresses
        return manage.through(addresses, *runs.split(), *rest)


def _manage(rest: list[str]) -> int:
    is_help = not rest or rest[0] == "help" or manual.asks_for_help(rest)
    return _pass_on(rest[0] if rest else "help", "packages" if is_help else "database", rest[1:])


def _secrets(_rest: list[str]) -> int:
    for name, value in keys.new().items():
        answer(f"{name}={value}")
    return 0


def _guidance_import(rest: list[str]) -> int:
    """Where this clone's own database holds nobody yet, the demo force is made first: guidance belongs to a force."""
    if not rest:
        raise Trouble(f"Say more: {COMMANDS['guidance', 'import'].line()}")
    packages.ensure("base")
    with database.in_use() as used:
        if not os.environ.get("DATABASE_URL") and not keys.is_production():
            demo.fill(used.addresses)
        return manage.through(used.addresses, "guidance_import", *rest)


def _db_shell(_rest: list[str]) -> int:
    packages.ensure("base")
    with database.embedded() as server:
        return server.shell(roles.APP)


def _db_roles(_rest: list[str]) -> int:
    answer(f"create database {database.NAME};\n{roles.role_sql(database.NAME)}")
    answer(f"\\connect {database.NAME}")
    answer(roles.schema_sql())
    return 0


_OWN: dict[manual.Words, Callable[[list[str]], int]] = {
    ("demo",): demo.run,
    ("test",): testing.run,
    ("bench",): bench.run,
    ("guidance", "import"): _guidance_import,
    ("serve",): serving.serve,
    ("work",): serving.work,
    ("backup",): backup.run,
    ("restore",): restoring.run,
    ("secrets",): _secrets,
    ("db", "roles"): _db_roles,
    ("db", "shell"): _db_shell,
    ("manage",): _manage,
}

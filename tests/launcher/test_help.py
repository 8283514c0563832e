"""`--help` of every command: answered at once, with exit code 0, without a database, an installation or a file written; and its
arguments are those that the command itself reads."""

import os
import resource
import socket
import subprocess
import time
from argparse import Action, ArgumentParser, _SubParsersAction
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from launcher import commands, database, manage, packages, processes, restoring
from launcher.commands import main
from launcher.manual import COMMANDS, Command, benchmarks
from tests.launcher.test_serving import run

MOST = 1.0  # seconds of a processor
GROUPS = sorted({command.words[0] for command in COMMANDS.values() if len(command.words) == 2})
ASKED = [
    *([*command.words, "--help"] for command in COMMANDS.values()),
    *([group, "--help"] for group in GROUPS if (group,) not in COMMANDS),
    *(["bench", name, "--help"] for name in benchmarks()),
    ["--help"], ["-h"], ["help"], ["demo", "--port", "8001", "-h"], ["import", "concerns", "concerns.csv", "--help"],
]  # fmt: skip
WITH_DJANGOS = {option for action in BaseCommand().create_parser("", "")._actions for option in action.option_strings}


def processor_seconds() -> float:
    """The processor time of this process and of those it waited for."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


@pytest.fixture
def nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every program, socket, installation, folder and written file."""

    def refuse(*given: object, **_named: object) -> None:
        raise AssertionError(f"this was started or written: {given}")

    for owner, name in ((subprocess, "Popen"), (socket, "socket"), (packages, "ensure"), (Path, "mkdir"), (os, "open")):
        monkeypatch.setattr(owner, name, refuse)
    monkeypatch.setattr(processes, "listen", lambda: None)  # the signals of the tests are pytest's
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("PATH", "")


def test_help_of_every_command_is_answered_at_once_and_starts_nothing(nothing_starts, capsys):
    offenders = []
    for words in ASKED:
        began = processor_seconds()
        try:
            code, fault = main(words), ""
        except AssertionError as started:
            code, fault = -1, str(started)
        seconds, told = processor_seconds() - began, capsys.readouterr()
        begins = f"usage: ./lodestar {' '.join(words[:2] if tuple(words[:2]) in COMMANDS else words[:-1][:1])}".rstrip()
        if code or told.err or not told.out.startswith(begins) or seconds > MOST:
            offenders.append(f"{' '.join(words)}: code {code}, {seconds:.2f} s, {fault or told.err or told.out[:80]!r}")
    assert not offenders, "\n".join(offenders)


def test_help_in_a_fresh_clone_leaves_it_as_it_was(make_clone, tmp_path):
    clone = make_clone()
    before = sorted(clone.folder.rglob("*"))
    offenders = []
    for words in (["demo", "--help"], ["guidance", "import", "--help"]):
        began = processor_seconds()
        told = clone.run(*words, HOME=str(tmp_path))
        seconds = processor_seconds() - began
        if told.returncode or told.stderr or not told.stdout.startswith("usage: ") or seconds > MOST:
            offenders.append(f"{' '.join(words)}: code {told.returncode}, {seconds:.2f} s, {told.stderr}")
    assert not offenders, "\n".join(offenders)
    assert sorted(clone.folder.rglob("*")) == before
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["check_ledger", "--help"], ["help", "migrate"], []])
def test_help_of_a_django_command_starts_no_database(words, monkeypatch):
    ran = []
    monkeypatch.setattr(processes, "listen", lambda: None)
    monkeypatch.setattr(packages, "ensure", lambda *_names: None)
    monkeypatch.setattr(database, "in_use", lambda: pytest.fail("a database was started"))
    monkeypatch.setattr(manage, "through", lambda addresses, *given: ran.append((addresses, *given)) or 0)
    assert main(["manage", *words]) == 0
    assert ran == [({}, *(words or ["help"]))]


def test_a_django_command_tells_its_help_where_no_database_answers(tmp_path):
    told = run("manage", "check_ledger", "--help", DATABASE_URL=f"postgresql://lodestar_app@/lodestar?host={tmp_path}")
    assert (told.returncode, told.stderr) == (0, "")
    assert "--mend" in told.stdout


def test_every_command_can_be_run_and_has_its_help():
    runnable = {words for words, command in COMMANDS.items() if command.runs or words in commands._OWN}
    assert runnable == set(COMMANDS)
    assert set(commands._OWN) <= set(COMMANDS)


def test_the_manual_has_the_arguments_that_the_commands_read():
    read = [command for command in COMMANDS.values() if command.arguments and (command.runs or command.name == "restore")]
    faults = [fault for command in read for fault in differences(command)]
    in_manual: dict[str, set[str]] = {}
    for command in read:
        in_manual.setdefault(parser_key(command), set()).update(command.values())
    for command in read:
        options = {option for action in own_actions(parser_of(command)) for option in action.option_strings}
        faults += [f"{command.name}: {option} is not in the manual" for option in options - in_manual[parser_key(command)]]
    assert not faults, "\n".join(faults)


def parser_key(command: Command) -> str:
    """The parser that a command is read by: some commands share one."""
    return command.runs if command.runs.startswith("admin") else command.runs.partition(" ")[0] or command.name


def parser_of(command: Command) -> ArgumentParser:
    """The parser with which the application, or the launcher, reads the arguments of a command."""
    if command.name == "restore":
        return restoring.make_parser()
    name, _, step = command.runs.partition(" ")
    parser = load_command_class(get_commands()[name], name).create_parser("", name)
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            return action.choices[step]
    return parser


def own_actions(parser: ArgumentParser) -> list[Action]:
    """The arguments of a parser besides those of every Django command."""
    return [action for action in parser._actions if not WITH_DJANGOS & set(action.option_strings)]


def differences(command: Command) -> list[str]:
    """Where the manual says of an argument what its parser does not."""
    actions = own_actions(parser_of(command))
    positional = [action for action in actions if not action.option_strings]
    if " " in command.runs and not command.runs.startswith("admin"):
        positional = positional[1:]  # the step
    typed = [argument for argument in command.arguments if not argument.startswith(("-", "["))]
    faults = [f"{command.name}: {typed} for {[action.dest for action in positional]}"] if len(typed) > len(positional) else []
    faults += [f"{command.name}: {action.dest} is required" for action in positional[len(typed) :] if action.required]
    by_option = {option: action for action in actions for option in action.option_strings}
    for argument, words in command.arguments.items():
        option, _, value = argument.strip("[]").partition(" ")
        action = by_option.get(option) if option.startswith("--") else dict(zip(typed, positional, strict=False)).get(argument)
        if action is None:
            faults.append(f"{command.name}: {argument} is not read")
            continue
        if option.startswith("--") and bool(value) != (action.nargs != 0):
            faults.append(f"{command.name}: {argument} takes a value in one place only")
        if option.startswith("--") and not command.usage and action.required == argument.startswith("["):
            faults.append(f"{command.name}: {argument} is required in one place only")
        if (action.nargs == "+") != argument.endswith("..."):
            faults.append(f"{command.name}: {argument} is given several times in one place only")
        if lacking := [choice for choice in action.choices or () if choice not in f"{argument} {words}"]:
            faults.append(f"{command.name}: {argument} does not tell {lacking}")
    return faults


def test_required_arguments_come_first_in_the_manual():
    offenders = [
        command.name
        for command in COMMANDS.values()
        if not command.usage and list(command.arguments) != sorted(command.arguments, key=lambda name: name.startswith("["))
    ]
    assert not offenders

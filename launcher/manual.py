"""The manual: every command of `./lodestar` as `commands.toml` describes it, and the help that is printed of each."""

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launcher.places import CLONE

Words = tuple[str, ...]
HELP = ("--help", "-h")
_WIDTH, _COLUMN = 130, 41
_END = "PYTHON=/usr/bin/python3.13 chooses the Python. README.md begins; DEVELOPERS.md tells the rest."


@dataclass(frozen=True)
class Command:
    """One command: the sentence about it, its arguments with their explanations, and the application's command that it runs."""

    words: Words
    does: str
    runs: str = ""
    needs: str = ""
    usage: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    more: str = ""

    @property
    def name(self) -> str:
        """The words of the command, as they are typed after `./lodestar`."""
        return " ".join(self.words)

    @property
    def pattern(self) -> str:
        """What is typed after the words of the command, optional parts in brackets."""
        return self.usage or " ".join(self.arguments)

    @property
    def needs_arguments(self) -> bool:
        """Whether it cannot run without arguments."""
        return bool(self.pattern) and not self.pattern.startswith("[")

    def line(self) -> str:
        """The whole command line, with every argument."""
        return f"./lodestar {self.name} {self.pattern}".strip()

    def entry(self) -> str:
        """The lines of this command in a list: its words, with as many arguments as fit and all that it requires."""
        every = f"{self.name} {self.pattern}".strip()
        first, _, _ = every.partition(", or ")
        return _row(every if len(every) < _COLUMN - 2 else re.sub(r" \[[^]]*]", "", first), self.does)

    def help(self) -> str:
        """The help of this command: usage, sentence, arguments."""
        usage = textwrap.fill(f"usage: {self.line()}", _WIDTH, subsequent_indent=" " * 9, break_on_hyphens=False)
        rows = [_row(argument.strip("[]"), words) for argument, words in self.arguments.items()]
        parts = [usage, self.does, "\n".join(rows), textwrap.fill(self.more, _WIDTH)]
        return "\n\n".join(part for part in parts if part)

    def values(self) -> dict[str, str]:
        """The name of the value that each option takes, by option; an empty text for an option without a value."""
        written = (argument.strip("[]").partition(" ") for argument in self.arguments)
        return {option: value for option, _, value in written if option.startswith("--")}


def _row(left: str, right: str) -> str:
    lines = textwrap.wrap(right, _WIDTH - _COLUMN, break_on_hyphens=False) or [""]
    begins = f"  {left}".ljust(_COLUMN)
    if len(begins) > _COLUMN:
        begins += "\n" + " " * _COLUMN
    return begins + ("\n" + " " * _COLUMN).join(lines)


def _read(path: Path) -> dict[Words, Command]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    shared: dict[str, str] = table["arguments"]
    found = {}
    for name, row in table["command"].items():
        arguments = {argument: words or shared[argument.strip("[]")] for argument, words in row.pop("arguments", {}).items()}
        words = tuple(name.split())
        found[words] = Command(words, arguments=arguments, **row)
    return found


COMMANDS = _read(Path(__file__).with_name("commands.toml"))


def overview() -> str:
    """The list of all commands."""
    return f"{_list('./lodestar COMMAND', COMMANDS.values())}\n\n{_END}"


def group_overview(word: str) -> str:
    """The list of the commands of two words that begin with this one; an empty text where none do."""
    commands = [command for command in COMMANDS.values() if len(command.words) > 1 and command.words[0] == word]
    return _list(f"./lodestar {word} COMMAND", commands) if commands else ""


def _list(usage: str, commands: Iterable[Command]) -> str:
    rows = "\n".join(command.entry() for command in commands)
    return f"usage: {usage}\n\n{rows}\n\n{_row('COMMAND --help', 'Print the arguments of a command. Nothing is started.')}"


def asks_for_help(words: Sequence[str]) -> bool:
    """Whether these words ask for help. What follows `--` belongs to another program."""
    own = words[: words.index("--")] if "--" in words else words
    return any(word in HELP for word in own)


def help_of(command: Command, rest: Sequence[str]) -> str:
    """The help of a command, or of the benchmark that the words after it name."""
    if command.words != ("bench",):
        return command.help()
    if rest[0] in benchmarks():
        return _benchmark_help(rest[0])
    names = textwrap.fill(f"NAME is one of: {', '.join(benchmarks())}.", _WIDTH)
    return f"{command.help()}\n\n{names}"


def benchmarks() -> list[str]:
    """The names of the benchmarks."""
    return sorted(path.name for path in (CLONE / "bench").glob("*") if path.is_file() and not path.suffix)


def _benchmark_help(name: str) -> str:
    """The first lines of the module of a benchmark."""
    module = ast.parse((CLONE / "bench" / f"{name}.py").read_text(encoding="utf-8"))
    return f"usage: ./lodestar bench {name} [ARGUMENT...]\n\n{ast.get_docstring(module) or ''}"

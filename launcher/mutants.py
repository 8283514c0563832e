"""`./lodestar test --mutants`: breaks every rule and every door by one operator at a time, and sees who notices.

Of the rules at least 95 in 100 must be caught, of the doors (`access.py`, `access/`) 90. Others are explained in docs/mutants.md,
each under the line it breaks.
"""

import json
import os
import subprocess
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from launcher import database, mutant_plugin, processes, suite
from launcher.mutations import Mutation, mutations
from launcher.packages import PYTHON
from launcher.places import CLONE, SRC
from launcher.say import Trouble, answer, progress

_EXPLAINED = CLONE / "docs" / "mutants.md"
_WANTED = {"rules": 95, "access": 90}  # in 100
_NO_TESTS = 5  # pytest's exit code


class Trial(NamedTuple):
    """A mutant whose tests are running."""

    mutant: "Mutant"
    tests: tuple[str, ...]
    process: "subprocess.Popen[str]"
    until: float

    def ended(self) -> bool:
        """Whether its tests have ended, or have to be ended."""
        return self.process.poll() is not None or time.monotonic() > self.until

    def code(self) -> int:
        """The exit code; one that never ends counts as caught. Raises Trouble when there was no test at all."""
        processes.finish(self.process)
        if self.process.returncode == _NO_TESTS:
            raise Trouble(f"{self.mutant.module} has no tests.")
        return self.process.returncode


class Mutant(NamedTuple):
    """One broken module."""

    module: Path
    mutation: Mutation

    def app(self) -> str:
        """The app whose module it is."""
        return self.module.relative_to(SRC / "lodestar").parts[0]

    def kind(self) -> str:
        """`access` or `rules`."""
        return "access" if _is_door(self.module) else "rules"

    def order(self) -> dict[str, str]:
        """What a fork needs to break it."""
        path = str(self.module)
        return {"path": path, "function": f"{path}:{self.mutation.function}", "code": self.mutation.code}

    def __str__(self) -> str:
        text = self.module.read_text().splitlines()[self.mutation.line - 1].strip()
        return f"{self.module.relative_to(CLONE)}: `{text}`: {self.mutation.change}"


def run(words: list[str]) -> int:
    """Breaks the modules whose path holds one of `words` (all, without). Returns 0 when enough are caught and told."""
    modules = [path for path in _modules() if not words or any(word in str(path.relative_to(SRC)) for word in words)]
    found = [Mutant(path, each) for path in modules for each in mutations(path.read_text())]
    explained = _EXPLAINED.read_text() if _EXPLAINED.exists() else ""
    progress(f"{len(found)} mutants of {len(modules)} modules.")
    with database.thrown_away() as server, tempfile.TemporaryDirectory() as folder:
        environment = suite.prepare(server, chromium="")
        return _report(found, _tried(environment, found, Path(folder), explained), explained)


def _refuse_failing(environment: Mapping[str, str], tests: Sequence[str], calls: Path) -> None:
    """Also writes to `calls` which functions each test calls. Raises Trouble."""
    if not tests:
        raise Trouble("There are modules here that have no tests.")
    code, output, _ = processes.run(_pytest(tests), {**environment, mutant_plugin.CALLS: str(calls)})
    if code:
        raise Trouble(f"Before anything is broken, these fail: {' '.join(tests)}\n{output[-2000:]}")


def _pytest(tests: Sequence[str]) -> list[str]:
    plain = [
        "-x",
        "-q",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "-p",
        "launcher.mutant_plugin",
        "-p",
        "launcher.mutant_forks",
    ]
    return [str(PYTHON), "-P", "-m", "pytest", *plain, *tests]


def _tried(
    environment: Mapping[str, str], found: Sequence[Mutant], folder: Path, explained: str
) -> Iterator[tuple[Mutant, int]]:
    """Every mutant with the exit code of its tests, as they end.

    They are tried in forks of one collected run. A survivor of that may still be noticed as modules are read and tests
    collected, where its function is called then or it lies in none: it is tried again from a cold start.
    """
    cold, near = list[Mutant](), dict[Path, tuple[str, ...]]()
    for tests in sorted({_tests(mutant.module) for mutant in found}):
        _refuse_failing(environment, tests, folder / "calls.json")
        calls = json.loads((folder / "calls.json").read_text())["calls"]
        collected = calls[mutant_plugin.COLLECTED]
        warm = [each for each in found if _tests(each.module) == tests]
        near |= {module: _near(module, calls) for module in {each.module for each in warm}}
        for mutant, code in _forked(environment, tests, warm, folder):
            at_once = not mutant.mutation.function or mutant.order()["function"] in collected
            if code == mutant_plugin.SURVIVED and str(mutant) not in explained and at_once:
                cold.append(mutant)
            else:
                yield mutant, code
    yield from _from_cold(environment, cold, folder, near)


def _near(module: Path, calls: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Of the tests that should notice, the files of those that call anything of the module."""
    calling = {test for test, called in calls.items() if any(each.rpartition(":")[0] == str(module) for each in called)}
    files = {f"/{test.partition('::')[0]}" for test in calling - {mutant_plugin.COLLECTED}}
    return tuple(path for path in _tests(module) if path.endswith(tuple(files)))


def _forked(
    environment: Mapping[str, str], tests: Sequence[str], found: Sequence[Mutant], folder: Path
) -> Iterator[tuple[Mutant, int]]:
    if not found:
        return
    (folder / "orders.json").write_text(json.dumps([each.order() for each in found]))
    reading, writing = os.pipe()
    told = {
        mutant_plugin.ORDERS: str(folder / "orders.json"),
        mutant_plugin.CALLS: str(folder / "calls.json"),
        mutant_plugin.ANSWERS: str(writing),
    }
    nothing = subprocess.DEVNULL
    process = processes.start(
        _pytest(tests), {**environment, **told}, stdin=nothing, stdout=nothing, stderr=nothing, pass_fds=(writing,)
    )
    os.close(writing)
    done = 0
    try:
        with os.fdopen(reading) as answers:
            for line in answers:
                place, code = line.split()
                done += 1
                yield found[int(place)], int(code)
    finally:
        processes.finish(process)
    if done < len(found):
        raise Trouble(f"The tests ended after {done} of {len(found)} mutants.")


def _from_cold(
    environment: Mapping[str, str], found: Sequence[Mutant], folder: Path, near: Mapping[Path, tuple[str, ...]]
) -> Iterator[tuple[Mutant, int]]:
    """Each in a Python of its own; as many at once as there are cores. Whoever survives the tests that are near is tried by
    all of them."""
    waiting, running = deque((mutant, near.get(mutant.module, ())) for mutant in found), list[Trial]()
    try:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                mutant, tests = waiting.popleft()
                running.append(_start(environment, mutant, tests or _tests(mutant.module), folder))
            for trial in [each for each in running if each.ended()]:
                running.remove(trial)
                code = trial.code()
                if code == mutant_plugin.SURVIVED and trial.tests != _tests(trial.mutant.module):
                    waiting.append((trial.mutant, ()))
                else:
                    yield trial.mutant, code
            time.sleep(0.01)
    finally:
        for trial in running:
            processes.finish(trial.process)


def _start(environment: Mapping[str, str], mutant: Mutant, tests: tuple[str, ...], folder: Path) -> "Trial":
    handle, code = tempfile.mkstemp(suffix=".py", dir=folder)
    with open(handle, "w") as text:
        text.write(mutant.mutation.code)
    name = ".".join(mutant.module.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")
    broken = {mutant_plugin.MODULE: name, mutant_plugin.CODE: code}
    nothing = subprocess.DEVNULL
    process = processes.start(_pytest(tests), {**environment, **broken}, stdin=nothing, stdout=nothing, stderr=nothing)
    return Trial(mutant, tests, process, time.monotonic() + mutant_plugin.PATIENCE)


def _modules() -> list[Path]:
    """Modules of rules and doors; a page about rules is neither."""
    wanted = ("*/rules.py", "*/rules/**/*.py", "*/access.py", "*/access/**/*.py")
    return sorted(path for pattern in wanted for path in (SRC / "lodestar").glob(pattern))


def _is_door(module: Path) -> bool:
    return module.name == "access.py" or module.parent.name == "access"


@cache
def _tests(module: Path) -> tuple[str, ...]:
    """The fast tests that should notice: of a door those that open it themselves, without a page between."""
    app = module.relative_to(SRC / "lodestar").parts[0]
    pattern = f"apps/{app}/test_access*.py" if _is_door(module) else "rules/**/test_*.py"
    return tuple(sorted(map(str, (CLONE / "tests").glob(pattern))))


def _report(found: Sequence[Mutant], tried: Iterable[tuple[Mutant, int]], explained: str) -> int:
    """Tells the survivors as they are found, then the sums of each app."""
    survivors, unexplained = Counter[tuple[str, str]](), 0
    for done, (mutant, code) in enumerate(tried, 1):
        if code == mutant_plugin.SURVIVED:
            known = str(mutant) in explained
            unexplained += not known
            survivors[mutant.kind(), mutant.app()] += 1
            answer(f"survived{'' if known else ', unexplained'}: {mutant}")
        if done % 50 == 0:
            progress(f"{done} of {len(found)} tried.")
    enough = True
    for kind, wanted in _WANTED.items():
        numbers = Counter(mutant.app() for mutant in found if mutant.kind() == kind)
        for app, number in sorted(numbers.items()):
            answer(f"{kind} of {app}: {_share(number - survivors[kind, app], number)}")
        number, lived = sum(numbers.values()), sum(survivors[kind, app] for app in numbers)
        if number:
            answer(f"{kind} in all: {_share(number - lived, number)}, of which {wanted} % must be.")
        enough = enough and 100 * (number - lived) >= wanted * number
    answer(f"{unexplained} survivors unexplained.")
    return int(not enough or unexplained > 0)


def _share(caught: int, number: int) -> str:
    return f"{caught} of {number} caught ({100 * caught // max(number, 1)} %)"

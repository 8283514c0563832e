"""`./lodestar test --mutants`: breaks every rule and every door by one operator at a time, and sees who notices.

At least 90 in 100 must be caught. The others are explained in docs/mutants.md, each under the line it breaks.
"""

import os
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from launcher import database, mutant_plugin, processes, suite
from launcher.mutations import Mutation, mutations
from launcher.packages import PYTHON
from launcher.places import CLONE, SRC
from launcher.say import Trouble, answer, progress

_EXPLAINED = CLONE / "docs" / "mutants.md"
_WANTED = 90  # in 100
_PATIENCE = 120  # seconds: a mutant may never end
_SURVIVED, _NO_TESTS = 0, 5  # pytest's exit codes


class Trial(NamedTuple):
    """A mutant whose tests are running."""

    mutant: "Mutant"
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

    def __str__(self) -> str:
        text = self.module.read_text().splitlines()[self.mutation.line - 1].strip()
        return f"{self.module.relative_to(CLONE)}: `{text}`: {self.mutation.change}"


def run(words: list[str]) -> int:
    """Breaks the modules whose path holds one of `words` (all, without). Returns 0 when enough are caught and told."""
    modules = [path for path in _modules() if not words or any(word in str(path) for word in words)]
    found = [Mutant(path, each) for path in modules for each in mutations(path.read_text())]
    progress(f"{len(found)} mutants of {len(modules)} modules.")
    with database.thrown_away() as server, tempfile.TemporaryDirectory() as folder:
        environment = suite.prepare(server, chromium="")
        for tests in sorted({tuple(_tests(path)) for path in modules}):
            _refuse_failing(environment, tests)
        return _report(len(found), _tried(environment, found, Path(folder)))


def _refuse_failing(environment: Mapping[str, str], tests: Sequence[str]) -> None:
    if not tests:
        raise Trouble("There are modules here that have no tests.")
    code, output, _ = processes.run(_pytest(tests), environment)
    if code:
        raise Trouble(f"Before anything is broken, these fail: {' '.join(tests)}\n{output[-2000:]}")


def _pytest(tests: Sequence[str]) -> list[str]:
    plain = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "launcher.mutant_plugin"]
    return [str(PYTHON), "-P", "-m", "pytest", *plain, *tests]


def _tried(environment: Mapping[str, str], found: Sequence[Mutant], folder: Path) -> Iterator[tuple[Mutant, int]]:
    """Every mutant with the exit code of its tests, as they end; as many at once as there are cores."""
    waiting, running = deque(enumerate(found)), list[Trial]()
    try:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                number, mutant = waiting.popleft()
                running.append(_start(environment, mutant, folder / f"{number}.py"))
            for trial in [each for each in running if each.ended()]:
                running.remove(trial)
                yield trial.mutant, trial.code()
            time.sleep(0.01)
    finally:
        for trial in running:
            processes.finish(trial.process)


def _start(environment: Mapping[str, str], mutant: Mutant, code: Path) -> "Trial":
    code.write_text(mutant.mutation.code)
    name = ".".join(mutant.module.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")
    broken = {mutant_plugin.MODULE: name, mutant_plugin.CODE: str(code)}
    nothing = subprocess.DEVNULL
    process = processes.start(
        _pytest(_tests(mutant.module)), {**environment, **broken}, stdin=nothing, stdout=nothing, stderr=nothing
    )
    return Trial(mutant, process, time.monotonic() + _PATIENCE)


def _modules() -> Iterator[Path]:
    for path in sorted(SRC.rglob("*.py")):
        if path.name in ("rules.py", "access.py") or path.parent.name == "rules":
            yield path


def _tests(module: Path) -> list[str]:
    """The fast tests that should notice, those that name the module's app first: the first failure ends the run."""
    app, tests = module.relative_to(SRC / "lodestar").parts[0], CLONE / "tests"
    if module.name == "access.py":
        wanted = [*tests.glob(f"apps/{app}/**/test_*.py"), *tests.glob("wall/test_rights*.py")]
    else:
        wanted = list(tests.glob("rules/**/test_*.py"))
    return [str(path) for path in sorted(wanted, key=lambda path: (app not in str(path.relative_to(tests)), path))]


def _report(number: int, tried: Iterable[tuple[Mutant, int]]) -> int:
    """Tells the survivors as they are found, then the sum."""
    explained = _EXPLAINED.read_text() if _EXPLAINED.exists() else ""
    survivors = unexplained = 0
    for done, (mutant, code) in enumerate(tried, 1):
        if code == _SURVIVED:
            known = str(mutant) in explained
            survivors, unexplained = survivors + 1, unexplained + (not known)
            answer(f"survived{'' if known else ', unexplained'}: {mutant}")
        if done % 50 == 0:
            progress(f"{done} of {number} tried.")
    caught = number - survivors
    answer(f"{caught} of {number} caught ({100 * caught // max(number, 1)} %), {unexplained} survivors unexplained.")
    return int(100 * caught < _WANTED * number or unexplained > 0)

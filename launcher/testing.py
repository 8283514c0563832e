"""`./lodestar test`: the tests against a database that lives as long as they do."""

import os
import resource
from pathlib import Path

from launcher import binaries, browser, database, frontend, packages, places, processes, suite
from launcher.places import CLONE
from launcher.say import Trouble, progress

# As many processes as there are cores: one more ends no sooner, and finds all tests, copies databases and starts a browser too.
_ON_ALL_CORES = ["-n", str(os.cpu_count() or 1), "--dist", "loadfile", "--no-loadscope-reorder"]
_NOT_LONG = ["-m", "not long"]  # so that the whole ends within twenty minutes on two cores


def run(words: list[str]) -> int:
    """Runs all tests on all cores, or, given pytest's own arguments, just what they ask for on one."""
    packages.ensure("base", "test")
    frontend.build()
    chromium = browser.find() if words and words != ["--all"] else browser.ensure()
    if words == ["--all"]:
        return _run_all(chromium)
    before = processor_seconds()
    with database.thrown_away() as server:
        code = run_in(server, words or [*_ON_ALL_CORES, *_NOT_LONG], chromium, anew=not words)
    progress(f"Processor time of the tests, their browsers and databases: {processor_seconds() - before:.0f} s.")
    return code


def processor_seconds() -> float:
    """The processor time, in seconds, of every process that this command started and waited for, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run_all(chromium: str) -> int:
    """All tests here, then with the other end of the range of Pythons, then with Debian's PostgreSQL."""
    other = other_python()
    with database.thrown_away() as server:
        here = run_in(server, _ON_ALL_CORES, chromium)
    progress(f"The same with {other}.")
    there = processes.run_through([str(CLONE / "lodestar"), "test"], processes.clean_environment(PYTHON=other))
    progress("The same with Debian's PostgreSQL 17.")
    with database.thrown_away(binaries.debians(places.database_folder())) as server:
        debian = run_in(server, [*_ON_ALL_CORES, *_NOT_LONG], chromium)
    return here or there or debian


def other_python() -> str:
    """The path of Python 3.13, or of 3.11 where 3.13 runs this. Raises Trouble when it is not there."""
    name = "python3.11" if packages.VERSION == "3.13" else "python3.13"
    for folder in (*os.get_exec_path(), "/usr/bin"):
        path = os.path.join(folder, name)
        if os.access(path, os.X_OK) and processes.run([path, "-c", ""], processes.clean_environment())[0] == 0:
            return path
    raise Trouble(f"--all needs {name} too. On Debian, as root: apt-get install {name} {name}-venv")


def run_in(server: database.Server, words: list[str], chromium: str, *, anew: bool = True) -> int:
    """Runs pytest against `server`; its output and its exit code are let through."""
    pytest = [str(packages.PYTHON), "-P", "-m", "pytest", *map(_from_the_callers_folder, words)]
    return processes.run_through(pytest, suite.prepare(server, chromium, anew=anew), folder=CLONE)


def _from_the_callers_folder(word: str) -> str:
    path, mark, name = word.partition("::")
    return f"{Path(path).resolve()}{mark}{name}" if not word.startswith("-") and os.path.exists(path) else word

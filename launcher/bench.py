"""`./lodestar bench NAME`: a benchmark against a database that lives as long as it does."""

from launcher import database, frontend, packages, processes, suite
from launcher.manual import benchmarks
from launcher.places import CLONE
from launcher.say import Trouble


def run(words: list[str]) -> int:
    """Runs the benchmark; what follows its name is its own. Raises Trouble for a name that is none."""
    if not words or words[0] not in benchmarks():
        raise Trouble(f"Name one of: {', '.join(benchmarks())}.")
    packages.ensure("base", "test")
    frontend.build()
    with database.thrown_away() as server:
        environment = suite.prepare(server, "") | {"LODESTAR_ENV": "demo"}
        command = [str(packages.PYTHON), "-P", "-m", f"bench.{words[0]}", *words[1:]]
        return processes.run_through(command, environment, folder=CLONE)

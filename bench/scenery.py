"""What every benchmark stands on: Django up, the demo force at a size, and numbers told with the load they were taken at."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

PASSWORD = "bench-bench-bench"


def set_up() -> None:
    """Starts Django as the application's role, as the server does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodestar.config.settings")
    import django

    from lodestar.config import memory

    django.setup()
    memory.look_seldom()


def prepare_pages() -> None:
    """Puts together what pages load besides, as a start of the server does."""
    subprocess.run([sys.executable, "-m", "lodestar.config.manage", "collectstatic", "--noinput", "-v", "0"], check=True)


def seed(scale: int) -> str:
    """Makes the demo force in the empty database, `scale` times as large, as its owner; returns what the command said of its
    speed."""
    ran = subprocess.run(
        [sys.executable, "-m", "lodestar.config.manage", "seed_demo"],
        env={**os.environ, "LODESTAR_DATABASE_ROLE": "owner", "LODESTAR_DEMO_PASSWORD": PASSWORD},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    multiply(scale)
    return ran.stderr.strip().splitlines()[-1]


def multiply(times: int) -> None:
    """Makes what is there `times` as much, as the owner."""
    as_owner(f"from bench.scale import multiply; multiply({times})")


def as_owner(what: str) -> None:
    """Runs these lines of Python as the owner, in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "lodestar.config.manage", "shell", "-v", "0", "-c", what],
        env={**os.environ, "LODESTAR_DATABASE_ROLE": "owner"}, check=True,
    )  # fmt: skip


def tidy(*tables: str) -> None:
    """Does to the tables what a server does by itself within a minute of their being filled; only their owner may."""
    as_owner(f"from django.db import connection; connection.cursor().execute('vacuum analyze {', '.join(tables)}')")


def processor_ms() -> float:
    """What this process and its database's have used of a processor, which a busy machine does not change."""
    from django.db import connection

    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    ours = time.process_time() * 1000
    return ours + int(told.read_text().split()[0]) / 1e6 if told.exists() else ours


def load() -> str:
    """The load of the machine, as every figure needs it beside it."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def spread(values: Sequence[float], unit: str = "ms") -> str:
    """Median, 95th of a hundred, and the largest."""
    ordered = sorted(values)
    at_95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    middle = statistics.median(ordered)
    return f"p50 {middle:.1f} {unit}, p95 {at_95:.1f} {unit}, most {ordered[-1]:.1f} {unit} (n={len(ordered)})"

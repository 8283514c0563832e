"""A benchmark as the tests run it."""

import subprocess

from tests.launcher.clones import ROOT


def printed(*words: str) -> str:
    """What a benchmark prints: its name and its own arguments."""
    ran = subprocess.run([ROOT / "bench" / words[0], *words[1:]], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout

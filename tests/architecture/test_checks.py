"""Style, types and common security faults, as the tools see them. Their settings stand in pyproject.toml."""

import subprocess
import sys

import pytest

from tests.architecture.reading import ROOT

COMMANDS = {
    "ruff": ["ruff", "check", "--no-cache", "src", "launcher", "tests", "bench", "frontend", "films"],
    "mypy": ["mypy", "--no-error-summary"],
    "bandit": ["bandit", "--quiet", "-c", "pyproject.toml", "-r", "src", "launcher"],
}


# Ruff has bandit's rules too, and is done in a second: bandit itself looks through all when everything is asked.
@pytest.mark.parametrize("tool", ["ruff", "mypy", pytest.param("bandit", marks=pytest.mark.long)])
def test_finds_nothing(tool):
    command = COMMANDS[tool]
    if tool == "mypy":
        command = [*command, "--cache-dir", str(ROOT / ".mypy_cache")]
    found = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == 0, f"{found.stdout}{found.stderr}"

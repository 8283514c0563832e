"""Style, types and common security faults, as the tools see them. Their settings stand in pyproject.toml."""

import subprocess
import sys

from tests.architecture.reading import ROOT
from tests.offenders import each

COMMANDS = {
    "ruff": ["ruff", "check", "--no-cache", "src", "launcher", "tests", "bench", "frontend", "films"],
    "mypy": ["mypy", "--no-error-summary"],
    "bandit": ["bandit", "--quiet", "-c", "pyproject.toml", "-r", "src", "launcher"],
}


@each("tool", COMMANDS)
def test_finds_nothing(tool, tmp_path):
    command = COMMANDS[tool]
    if command[0] == "mypy":
        command = [*command, "--cache-dir", str(ROOT / ".mypy_cache")]
    found = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == 0, f"{found.stdout}{found.stderr}"

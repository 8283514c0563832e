"""The virtual environment in .venv/<version>, from hash-pinned requirements."""

import hashlib
import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path

from launcher import processes
from launcher.locks import Lock, alone
from launcher.places import CLONE
from launcher.say import Trouble, blame, progress

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
ENVIRONMENTS = CLONE / ".venv"
ENVIRONMENT = ENVIRONMENTS / VERSION
PYTHON = ENVIRONMENT / "bin" / "python"
_STAMP = ENVIRONMENT / "lodestar.json"
_held: list[Lock] = []  # for as long as this command lives: nobody rebuilds the environment under it


def site_packages() -> Path:
    """Where the packages lie."""
    return ENVIRONMENT / "lib" / f"python{VERSION}" / "site-packages"


def ensure(*wanted: str) -> None:
    """Installs requirements/<each of wanted>.txt, unless the stamp says that they are there.

    The stamp is taken away before pip begins and written after it ends: what was interrupted starts again from nothing.
    Raises Trouble.
    """
    sets = {name: _digest(name) for name in wanted}
    with alone(ENVIRONMENTS / f"{VERSION}.lock", "Waiting for another command to finish installing."):
        in_use = Lock(ENVIRONMENTS / f"{VERSION}.in-use")
        found = _stamped()
        if any(found.get(name) != digest for name, digest in sets.items()):
            if not found or any(found.get(name, digest) != digest for name, digest in sets.items()):
                _make_anew(in_use)
                found = {}
            missing = [name for name in sets if name not in found]
            progress(f"Installing the pinned packages ({', '.join(missing)}).")
            if found:
                _install(missing, "--dry-run")  # where they cannot be had, what is here stays as it is
            _STAMP.unlink(missing_ok=True)
            _install(missing)
            _write(found | sets)
        in_use.share()
        _held.append(in_use)


def _digest(name: str) -> str:
    return hashlib.sha256((CLONE / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


def _identity() -> str:
    return f"{sys.version} {sys.base_prefix} {ENVIRONMENT.resolve()}"  # a clone that moved has the wrong paths inside


def _stamped() -> dict[str, str]:
    """Which requirements are installed here, by name; empty when the environment is not to be relied on."""
    try:
        stamp = json.loads(_STAMP.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    usable = stamp.get("identity") == _identity() and os.access(PYTHON, os.X_OK)
    return dict(stamp["sets"]) if usable else {}


def _write(sets: dict[str, str]) -> None:
    new = _STAMP.with_suffix(".new")
    new.write_text(json.dumps({"identity": _identity(), "sets": sets}, indent=1))
    new.rename(_STAMP)


def _make_anew(in_use: Lock) -> None:
    if not in_use.alone(wait=False):
        raise Trouble("The packages must be installed anew, but another lodestar command runs here: stop it first.")
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble(f"This Python cannot make virtual environments. On Debian: apt-get install python{VERSION}-venv")
    if os.pathsep in str(CLONE):
        raise Trouble(f"Python makes no virtual environment below a path with a colon: move {CLONE}.")
    progress(f"Making .venv/{VERSION}.")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    without = [sys.executable, "-m", "venv", "--without-pip", str(ENVIRONMENT)]
    for step in (without, [str(PYTHON), "-m", "ensurepip", "--default-pip"]):  # apart: venv hides what ensurepip says
        code, output, errors = processes.run(step, processes.clean_environment())
        if code:
            raise blame(output + errors, "The virtual environment could not be made")


def _install(names: list[str], *how: str) -> None:
    files = [part for name in names for part in ("-r", str(CLONE / "requirements" / f"{name}.txt"))]
    code, output, errors = processes.run(
        [
            *(str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
            *("--require-hashes", "--only-binary", ":all:", "--no-deps", *how, *files),  # the files name all that is wanted
        ],
        processes.clean_environment(),
    )
    if code:
        raise blame(output + errors, "The packages could not be installed")

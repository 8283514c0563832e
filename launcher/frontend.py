"""Styles and scripts: built once from pinned npm packages, then gathered for the web server."""

import shutil

from launcher import manage, packages, processes
from launcher.places import CLONE
from launcher.say import blame, progress

_BUILD = CLONE / "frontend" / "build.py"
_OLDEST_NODE = 18


def build() -> None:
    """Builds what changed since the last time. Raises Trouble."""
    progress("Building the front end, if it changed.")
    if not _has_node():
        packages.ensure("base", "node")
    code, output, errors = processes.run([str(packages.PYTHON), str(_BUILD)], processes.clean_environment())
    if code:
        raise blame(output + errors, "")  # build.py says what could not be done, and why


def _has_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    _, version, _ = processes.run(["node", "--version"], processes.clean_environment())
    major = version.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= _OLDEST_NODE


def gather() -> None:
    """Copies styles and scripts to where the web server finds them. Raises Trouble."""
    progress("Gathering styles and scripts.")
    manage.quietly({}, "collectstatic", "--no-input")

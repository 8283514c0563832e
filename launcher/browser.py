"""The browser for the tests: Debian's Chromium."""

import shutil

from launcher import processes
from launcher.places import is_root
from launcher.say import Trouble, blame, progress

# The one without windows first: a page opens in less than half the time, and none of a browser's own pages are loaded.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", "chromium-headless-shell", "fonts-liberation")


def find() -> str:
    """The path of Chromium, or nothing."""
    return next((path for path in map(shutil.which, _NAMES) if path), "")


def ensure() -> str:
    """The path of Chromium, installed from Debian where that is ours to do. Raises Trouble with the one command."""
    if find():
        return find()
    if not is_root() or not shutil.which("apt-get"):
        raise Trouble(f"The browser tests need Chromium. On Debian, as root: {' '.join(_INSTALL)}")
    progress("Installing Chromium.")
    environment = processes.clean_environment(DEBIAN_FRONTEND="noninteractive")
    processes.run(["apt-get", "update"], environment)  # where it fails, the lists that are there may do
    code, output, errors = processes.run(_INSTALL, environment)
    if code:  # an older Debian has it with its windows alone
        code, output, errors = processes.run([*_INSTALL[:4], "chromium", *_INSTALL[5:]], environment)
    if code or not find():
        raise blame(output + errors, "Chromium could not be installed")
    return find()

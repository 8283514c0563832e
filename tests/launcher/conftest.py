"""Clones that are removed again, with what they left outside."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.launcher.clones import Clone


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs root is skipped, and said to be, for everybody else."""
    if os.geteuid() != 0:
        for item in items:
            if item.get_closest_marker("root"):
                item.add_marker(pytest.mark.skip(reason="needs root, to become other users"))


@pytest.fixture
def make_clone() -> Iterator[Callable[..., Clone]]:
    """Makes clones in a folder that every user may enter."""
    home = Path(tempfile.mkdtemp(prefix="lodestar-tests-"))
    home.chmod(0o755)
    temporary = home / "tmp"
    temporary.mkdir()
    temporary.chmod(0o1777)
    made: list[Clone] = []

    def make(name: str = "clone", user: int | None = None) -> Clone:
        made.append(Clone(home / name, user))
        made[-1].environment["TMPDIR"] = str(temporary)
        return made[-1]

    yield make
    for clone in made:
        clone.remove()
    shutil.rmtree(home)

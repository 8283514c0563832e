"""What an action raises when somebody else wrote first, and trying once more."""

from collections.abc import Callable
from typing import Any, TypeVar

Answer = TypeVar("Answer")
TRIES = 3  # a colleague who saves at the same moment makes us read again


class ConcurrentEdit(Exception):
    """Somebody wrote the same thing after the writer looked. `theirs` is what they wrote, where there is a row to show."""

    def __init__(self, theirs: Any = None) -> None:
        super().__init__("changed by somebody else")
        self.theirs = theirs


def retry_from_reading(once: Callable[[], Answer]) -> Answer:
    """Does it, and again from a fresh reading when somebody saved in between; raises ConcurrentEdit of the last try."""
    for _ in range(TRIES - 1):
        try:
            return once()
        except ConcurrentEdit:
            continue
    return once()

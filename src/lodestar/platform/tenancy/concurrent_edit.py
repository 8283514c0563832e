"""What an action raises when somebody else wrote first."""

from typing import Any


class ConcurrentEdit(Exception):
    """Somebody wrote the same thing after the writer looked. `theirs` is what they wrote, where there is a row to show."""

    def __init__(self, theirs: Any = None) -> None:
        super().__init__("changed by somebody else")
        self.theirs = theirs

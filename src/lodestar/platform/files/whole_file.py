"""A file that others read at any moment: they find all of it as it was, or all of it as it is now."""

import os
import tempfile
from pathlib import Path

PART = ".part"  # the end of the name of what is not whole yet


def write_whole(path: Path, content: str | bytes) -> None:
    """Puts the content under this name, whatever stood there: all of it or nothing, whoever else writes the same file at this
    moment, or when the disk is full. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened, part = tempfile.mkstemp(suffix=PART, dir=path.parent)  # for our own eyes only
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise

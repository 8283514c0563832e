"""A file that others read at any moment: they find all of it as it was, or all of it as it is now."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Puts the text under this name, whatever stood there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened, part = tempfile.mkstemp(suffix=".part", dir=path.parent)
    try:
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise

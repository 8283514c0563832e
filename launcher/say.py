"""What the launcher tells people: progress and trouble on standard error; answers alone on standard output."""

import errno
import os
import re
import sys
from contextlib import suppress
from typing import TextIO


class Trouble(Exception):
    """Something a person has to put right; its text is the one clear line they get."""


DISK_FULL = "The disk is full: free some space and run the same command again."


def progress(line: str) -> None:
    """Says what is being done, on standard error. Where nobody can be told the work goes on."""
    with suppress(OSError):
        _say(line, sys.stderr)


def answer(line: str) -> None:
    """Says what was asked for, on standard output. Raises BrokenPipeError when nobody reads on, Trouble when it is closed."""
    try:
        _say(line, sys.stdout)
    except OSError as error:
        if error.errno == errno.EBADF:
            raise Trouble("The answer cannot be written: standard output is closed.") from None
        raise


def _say(line: str, to: TextIO) -> None:
    try:
        print(line, file=to, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), to.fileno())  # as it ends, Python writes once more what was left
        raise


def in_one_line(error: OSError) -> str:
    """What a failure of the system means for the person at the keyboard."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or tells_of_a_full_disk(str(error)):
        return DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename:
        return f"No right to write {error.filename}: run as the user this clone belongs to, or clone it anew."
    return f"{error.strerror or error}: {error.filename}" if error.filename else str(error)


def blame(output: str, otherwise: str) -> Trouble:
    """The trouble that a failed program's `output` tells of: a full disk, else `otherwise` (if any) and its last words."""
    if tells_of_a_full_disk(output):
        return Trouble(DISK_FULL)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if re.search("error|fatal", line, re.IGNORECASE) and " WARNING " not in line] or lines
    return Trouble(": ".join(part for part in (otherwise, *told[-1:]) if part))


def tells_of_a_full_disk(text: str) -> bool:
    """Whether what a program said has a full disk in it."""
    return "No space left on device" in text or "Disk quota exceeded" in text

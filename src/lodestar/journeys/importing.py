"""What everything that takes a file in has in common: what stops one row, and what stops all."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, OperationalError

from lodestar.kernel.typed import one_line

LONGEST_TOLD = 1_000  # characters
AT_ONCE = 1_000_000  # bytes
# Classes of PostgreSQL's error codes: no connection (also without a code), held by others, no room, told to stop, a fault of
# the system.
NOT_OF_A_LINE = ("", "08", "40", "53", "55", "57", "58")
BUSY = ("40001", "40P01", "55P03")  # others held what the row needed: the number of the next case, mostly
MOST_TRIES = 5  # each waits as long as a statement may for a lock (5 s)
WHY_NOT_KEPT = "a value cannot be kept: one of them is of a kind or a length that has no place here"
Done = TypeVar("Done")


class BadLine(ValueError):
    """A line that makes no case; the words say what is wrong with it."""


def printable(words: str) -> str:
    """The words as a terminal may print them: what was sent cannot move its cursor, nor go on for ever."""
    return one_line(words)[:LONGEST_TOLD]


def called(path: Path) -> str:
    """What a file is called, as it can be kept: the bytes of its name need not be text."""
    return one_line(os.fsencode(path.name).decode("utf-8", "replace"))


def is_of_the_database(error: BaseException) -> bool:
    """Whether it tells of a database that is gone, stopping or full, and so would be told of every line to come."""
    return isinstance(error, OperationalError) and _code(error)[:2] in NOT_OF_A_LINE


def fingerprint_of(kind: str, path: Path) -> str:
    """By what a file that holds this kind is known, as the page on which it is taken in knows it."""
    told = hashlib.sha256(f"{kind}\n".encode())
    with path.open("rb") as file:
        while some := file.read(AT_ONCE):
            told.update(some)
    return told.hexdigest()


def attempt(write: Callable[[], Done], tries: int = MOST_TRIES) -> Done:
    """What the write gives. Tried again once where somebody wrote the same meanwhile, and some times more where others keep the
    database busy, who are no fault of a row. Raises BadLine for what cannot be kept."""
    try:
        return tried(write, tries)
    except BadLine:
        raise
    except (DatabaseError, ValueError) as error:
        if is_of_the_database(error):
            raise
        raise BadLine(WHY_NOT_KEPT) from None


def tried(write: Callable[[], Done], tries: int = MOST_TRIES) -> Done:
    """What the write gives. Done again once where somebody wrote the same meanwhile, and `tries` times more where others keep
    the database busy. Raises what the last try raises."""
    for _ in range(tries):
        try:
            return write()
        except OperationalError as error:
            if _code(error) not in BUSY:
                raise
        except IntegrityError:
            break
    return write()


def _code(error: BaseException) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""

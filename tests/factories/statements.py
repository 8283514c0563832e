"""Counting what a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

NOT_ASKED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SELECT set_config", "select set_config")


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """No more than so many statements that read or write rows; those that only open and close transactions are not counted."""
    with CaptureQueriesContext(connection) as caught:
        yield
    asked = [query["sql"] for query in caught.captured_queries if not query["sql"].startswith(NOT_ASKED)]
    assert len(asked) <= number, f"{len(asked)} statements, {number} are allowed:\n" + "\n".join(sql[:160] for sql in asked)

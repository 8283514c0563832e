"""What the server's own log says of a fault: where and of what kind, never in words that may hold what somebody typed."""

import logging
import traceback
from types import TracebackType

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Leaves out the words of an error, since a database puts the refused row into them, and a parser what it read."""

    def formatException(self, ei: Fault) -> str:
        """The lines of code that led to the error and to those before it, with the kind of each."""
        return "\n".join(_format_error(error) for error in reversed(_chain(ei[1])))


def _chain(error: BaseException | None) -> list[BaseException]:
    """The error and those that it came of, the last first."""
    errors: list[BaseException] = []
    while error is not None and error not in errors:
        errors.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return errors


def _format_error(error: BaseException) -> str:
    diagnostics = getattr(error, "diag", None)  # psycopg's errors: which rule of the database, not what it refused
    parts = [
        getattr(diagnostics, "sqlstate", None),
        getattr(diagnostics, "table_name", None),
        getattr(diagnostics, "constraint_name", None),
    ]
    if type(error) is RuntimeError:
        parts.append(str(error))  # our own, in our own words
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return "".join(traceback.format_tb(error.__traceback__)) + " ".join([kind, *(part for part in parts if part)])

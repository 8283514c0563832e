"""The entry of every Django command: `python -m lodestar.config.manage COMMAND`."""

import errno
import fcntl
import os
import signal
import sys
from typing import NoReturn

OLDER = ("42P01", "42703")  # PostgreSQL's words for a table, or a column, that is not there


def main() -> None:
    """Runs the command that sys.argv names. What a person has to put right is one line on standard error.

    A command whose reader has gone ends as any filter does, without a word.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodestar.config.settings")
    sys.argv[0] = "lodestar manage"  # what a command calls itself when it is asked for --help
    try:
        try:
            _run()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python would write what was left once more as it ends
        _end(error)
        raise


def _run() -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import OperationalError, ProgrammingError

    from lodestar.platform.documents.description import NotMade
    from lodestar.platform.text.reference_lists import Unreadable

    try:
        _execute()
    except NotMade as fault:
        sys.exit(str(fault))
    except Unreadable as broken:
        sys.exit(f"fault: {broken}")
    except (ImproperlyConfigured, CommandError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"{error}\n")
        sys.exit(getattr(error, "returncode", 1))
    except OperationalError as error:
        sys.exit(f"The database does not answer as it should: {str(error).splitlines()[0]}")
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") not in OLDER:
            raise
        sys.exit("The database is older than this program: run ./lodestar migrate.")


def _execute() -> None:
    import django
    from django.conf import settings
    from django.core.management import execute_from_command_line
    from django.core.management.base import CommandParser

    from lodestar.config import checks, memory

    # Its own prints a usage that names what nobody typed.
    setattr(CommandParser, "error", _refuse)  # noqa: B010 - a plain assignment is refused by the type checker
    memory.look_seldom()
    if sys.argv[1:3] == ["procrastinate", "worker"]:
        django.setup()
        checks.refuse_unfit()  # the jobs are held by the same wall as the pages
    else:
        settings.DATABASES["default"].get("OPTIONS", {}).pop("pool", None)  # one connection, which fails at once if it does
    program, *words = sys.argv
    if words and words[0] != "help" and not words[0].startswith("-"):
        words.insert(1, "--traceback")  # Django hands on what a command refuses, which it else prints behind a name of its own
    execute_from_command_line([program, *words])


def _refuse(_parser: object, message: str) -> NoReturn:
    """Words that a command does not know, or that it misses, are told in one line like all that somebody can put right."""
    sys.exit(f"That cannot be read: {message.rstrip('.')}. ./lodestar help lists the commands, and COMMAND --help its options.")


def _end(error: OSError) -> None:
    """Ends the process when it could not read or write, or nobody reads what it writes; returns for any other failure."""
    if error.errno == errno.EPIPE:
        sys.exit(128 + signal.SIGPIPE)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        sys.exit(f"The disk is full ({error.strerror}): free some space and run the same command again.")
    if error.errno == errno.EBADF and fcntl.fcntl(0, fcntl.F_GETFL) & os.O_WRONLY:  # ./lodestar holds a closed one so
        sys.exit("Standard input is closed: pipe in what is to be read.")
    if error.errno == errno.EBADF:
        sys.exit("The answer cannot be written: standard output is closed.")


if __name__ == "__main__":
    main()

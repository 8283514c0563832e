"""`./lodestar import concerns FILE --as USER`: first reports from elsewhere, one JSON object a line, as `assess` takes them."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError

from lodestar.accounts.access import Member, member_from
from lodestar.accounts.models import User
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import memberships_today
from lodestar.journeys.concerns_imported import import_concern, import_key
from lodestar.kernel.encounter_form import read_encounter
from lodestar.kernel.facts import Encounter
from lodestar.kernel.form_values import FormErrors
from lodestar.kernel.strict_json import read_json
from lodestar.kernel.typed import one_line
from lodestar.tenancy.within import as_user, within

LONGEST_TOLD = 1_000  # characters
LONGEST_LINE = 1_000_000  # bytes
# Classes of PostgreSQL's error codes: no connection (also without a code), no room, told to stop, a fault of the system.
NOT_OF_A_LINE = ("", "08", "53", "57", "58")


class Command(BaseCommand):
    """Each line is a transaction of its own: a bad line is reported and passed over, the others go on."""

    help = "Makes cases of the encounters in a file, once each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        member = member_named(options["user"], options["tenant"])
        made = stood = bad = 0
        for number, line in enumerate(_lines(options["file"]), 1):
            if not line.strip():
                continue
            try:
                new, told = _one(member, line)
            except _BadLine as error:
                bad += 1
                self.stdout.write(f"line {number}: not imported: {_told(str(error))}")
                continue
            made, stood = made + new, stood + (not new)
            self.stdout.write(f"line {number}: {_told(told)}")
        self.stdout.write(f"{made} made, {stood} stood already, {bad} not imported")
        if bad:
            sys.exit(2)


class _BadLine(ValueError):
    """A line that makes no case; the words say what is wrong with it."""


def _told(words: str) -> str:
    """The words as a terminal may print them: what was sent cannot move its cursor, nor go on for ever."""
    return one_line(words)[:LONGEST_TOLD]


def _lines(name: str) -> list[bytes]:
    """The lines of the file. Only what ends a line of bytes ends one here: text may hold marks that end one elsewhere."""
    try:
        return Path(name).read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from None


def member_named(username: str, tenant: str, permission: Permission = Permission.CONCERN_RECORD) -> Member:
    """The member that a command acts as. Raises CommandError where that is nobody, or somebody who may not."""
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody signs in as {username!r}.")
    with as_user(user.id):
        places = [place for place in memberships_today(user.id) if not tenant or place.tenant == tenant]
    if len(places) != 1:
        raise CommandError(f"{username} is at work in {len(places)} places: name one with --force SLUG.")
    member = member_from(places[0])
    if not member.may(permission):
        may_not = "record concerns" if permission is Permission.CONCERN_RECORD else "do that"
        raise CommandError(f"{username} may not {may_not}.")
    return member


def _read(line: bytes) -> tuple[Any, Encounter]:
    """What the line holds, as it was sent and as it is read. Raises _BadLine."""
    if len(line) > LONGEST_LINE:
        raise _BadLine("longer than a million bytes")
    try:
        sent = read_json(line)
        return sent, read_encounter(sent)
    except UnicodeDecodeError:
        raise _BadLine("not UTF-8 text: save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise _BadLine(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except FormErrors as errors:
        raise _BadLine("; ".join(f"{e['path']}: {e['message']}" for e in errors.errors)) from None
    except ValueError as error:
        raise _BadLine(f"not JSON that can be read: {error}") from None


def _is_of_the_database(error: OperationalError) -> bool:
    """Whether it tells of a database that is gone, stopping or full, and so would be told of every line to come."""
    return (getattr(error.__cause__, "sqlstate", None) or "")[:2] in NOT_OF_A_LINE


def _one(member: Member, line: bytes) -> tuple[bool, str]:
    sent, encounter = _read(line)
    try:
        with within(member.tenant):
            result = import_concern(
                by=member, at=encounter.encountered_at, encounter=encounter, key=import_key(encounter, sent)
            )
    except (DatabaseError, ValueError) as error:
        if isinstance(error, OperationalError) and _is_of_the_database(error):
            raise
        raise _BadLine(f"a value cannot be kept: {str(error).splitlines()[0]}") from None
    name = f" ({encounter.reference})" if encounter.reference else ""
    stands = "made" if result.is_new else "stood already, nothing changed:"
    return result.is_new, f"{stands} {result.case.reference}{name}"

"""`./lodestar import htcds FILE --as USER`: cases from records of HTCDS 2.0, JSON or CSV. All of the file or none of it; a case
that says otherwise than it did when it came before is left as it stands, and told of."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.exchange.exports.rules.files import LARGEST, Refused, read
from lodestar.exchange.imports.actions.earlier_reports import SaysOtherwise, WasLetGo
from lodestar.exchange.imports.actions.encounter_import import Imported
from lodestar.exchange.imports.actions.htcds import import_case
from lodestar.exchange.imports.import_files import printable
from lodestar.exchange.imports.rules.htcds import cases_in
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """Says which cases were made, and what was not taken of the file."""

    help = "Makes cases of records of HTCDS 2.0, once each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            incoming_cases = cases_in(read(_bytes(options["file"])), now.isoformat())
        except Refused as refusal:
            raise CommandError(f"Nothing was imported: {printable(str(refusal))}.") from None
        member = member_named(options["user"], options["tenant"], Permission.TAKE_IN)
        lines, bad = [], 0  # told once it stands: what is let go undoes all of it
        with within(member.tenant):
            for incoming in incoming_cases:
                try:
                    lines.append(_outcome_line(import_case(by=member, at=now, incoming=incoming)))
                except WasLetGo as gone:
                    raise CommandError(f"Nothing was imported. One of its cases: {gone}.") from None
                except SaysOtherwise as fault:
                    bad += 1
                    name = incoming.encounter.reference or "a case without a reference"
                    lines.append(printable(f"{name}: not imported: {fault.errors[0]['message']}"))
        for line in lines:
            self.stdout.write(line)
        for note in dict.fromkeys(note for incoming in incoming_cases for note in incoming.notes):
            self.stdout.write(f"note: {printable(note)}")
        if bad:
            sys.exit(2)


def _outcome_line(imported: Imported) -> str:
    words = "made" if imported.is_new else "already here, nothing changed:"
    return f"{words} {imported.reference}".strip()


def _bytes(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from None

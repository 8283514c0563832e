"""`./lodestar assess FILE|-`: what the rules answer to encounters, one result a line. It uses no database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lodestar.exchange.assess.rules import assess_lines
from lodestar.platform.obligations.settings import SHIPPED

BAD = 2  # the exit status when any line was bad


class Command(BaseCommand):
    """Answers with the settings shipped in the project. Exit status 2 when any encounter had a fault; the others go on."""

    help = "Run the rules: one JSON object, or one a line. Answers one a line, in order."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, or - for what is piped in."""
        parser.add_argument("file", help="a file of one JSON object, or one a line; - reads what is piped in")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Reads, answers, and says in the exit status whether anything was bad."""
        answers = list(assess_lines(_read(file), SHIPPED))
        if not answers:
            raise CommandError("There is nothing in it. Give one JSON object, or one a line.", returncode=BAD)
        for result in answers:
            self.stdout.write(json.dumps(result))
        bad = sum("errors" in result for result in answers)
        if bad:
            raise CommandError(f"{bad} of {len(answers)} could not be read: see its errors.", returncode=BAD)


def _read(file: str) -> bytes:
    """The bytes of a file, or of what is piped in."""
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}.", returncode=BAD) from None

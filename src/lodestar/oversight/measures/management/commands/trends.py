"""`./lodestar trends FILE|-`: which chart a series allows, its limits and its signals. It uses no database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lodestar.platform.statistics.trends import trend_of
from lodestar.platform.text.strict_json import read_json

BAD = 2  # the exit status of bad input


class Command(BaseCommand):
    """Answers with one JSON object."""

    help = 'What may be drawn and said of {"period": "quarter", "counts": [], "denominators": []}; the last may be left out.'
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, or - for what is piped in."""
        parser.add_argument("file", help="a file of one JSON object; - reads what is piped in")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Reads and answers; what is wrong is named, with exit status 2."""
        try:
            content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            answer = trend_of(read_json(content.removeprefix(b"\xef\xbb\xbf")))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.", returncode=BAD) from None
        except ValueError as fault:
            raise CommandError(f"{file}: {fault}", returncode=BAD) from None
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

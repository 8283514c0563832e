"""`./lodestar allocation try FILE|-`: who could take the encounter in FILE, and why. It uses no database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lodestar.casework.allocation.rules.trial import try_allocation
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.obligations.settings import SHIPPED
from lodestar.platform.text.strict_json import read_json

BAD = 2  # the exit status of bad input


class Command(BaseCommand):
    """Answers with the settings shipped in the project, as one JSON object."""

    help = (
        'Who can take a case. FILE holds {"encounter": as for assess, "languages": [ISO 639-1 codes], "investigators": '
        '[{"name", "skills", "languages", "open_cases", "on_leave", "conflict"}]}; a skill is a code or {"code", "to"}.'
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, or - for what is piped in."""
        parser.add_argument("file", help="a file of one JSON object; - reads what is piped in")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Reads and answers; what is wrong is named with its place, with exit status 2."""
        try:
            content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            value = read_json(content.removeprefix(b"\xef\xbb\xbf"))
            answer = try_allocation(value, SHIPPED)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.", returncode=BAD) from None
        except FormErrors as fault:
            lines = [f"{error['path']}: {error['message']}" for error in fault.errors]
            raise CommandError("\n".join(lines), returncode=BAD) from None
        except ValueError as fault:
            raise CommandError(f"{file}: is not JSON: {fault}", returncode=BAD) from None
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

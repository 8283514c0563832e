"""`./lodestar referral check FILE|-`: what in a referral could be clearer, in one line. It uses no database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.casework.referral_forms.forms.files import NotRead, content_of, referral_from
from lodestar.casework.referral_forms.rules.coach import Check, checks


class Command(BaseCommand):
    """Prints the checks as one line of JSON, with how many are open. Keeps nothing."""

    help = "What in a referral could be clearer: advice about the form, one JSON object."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, or - for what is piped in."""
        parser.add_argument(
            "file",
            help="a text with the form's page titles as headings, or answers as `referral pack` takes them; - reads a pipe",
        )

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Reads, checks, prints."""
        try:
            referral = referral_from(content_of(file), timezone.localdate())
        except NotRead as fault:
            raise CommandError(f"{file}: {fault}") from None
        referral_checks = checks(referral)
        rows = [_row(check) for check in referral_checks]
        self.stdout.write(json.dumps({"checks": rows, "open": sum(check.is_open for check in referral_checks)}))


NOT_ANSWERED = "Not answered yet."


def _row(check: Check) -> dict[str, Any]:
    """One check: `why` and `quote` are of its first fault, `faults` all of them."""
    faults = [{"why": fault.why, "quote": fault.quote} for fault in check.faults]
    first = faults[0] if faults else {"why": check.met if check.is_answered else NOT_ANSWERED, "quote": None}
    return {"code": check.code, "open": check.is_open, "answered": check.is_answered, **first, "faults": faults}

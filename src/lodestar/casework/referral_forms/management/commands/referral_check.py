"""`./lodestar referral check FILE|-`: what in a referral could be clearer, in one line. It uses no database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.casework.referral_forms.forms.files import NotRead, content_of, referral_from
from lodestar.casework.referral_forms.rules.coach import checks


class Command(BaseCommand):
    """Prints the checks as one line of JSON, with how many are open. Keeps nothing."""

    help = "What in a referral could be clearer: advice about the form, one JSON object."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, or - for what is piped in."""
        parser.add_argument(
            "file", help="a text file with the form's page titles as headings; - reads what is piped in"
        )

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Reads, checks, prints."""
        try:
            referral = referral_from(content_of(file), timezone.localdate())
        except NotRead as fault:
            raise CommandError(f"{file}: {fault}") from None
        results = checks(referral)
        rows = [{"code": each.code, "open": each.is_open, "why": each.why, "quote": each.quote} for each in results]
        self.stdout.write(json.dumps({"checks": rows, "open": sum(each.is_open for each in results)}))

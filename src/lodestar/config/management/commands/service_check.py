"""`./lodestar check`: whether something needs the administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lodestar.config.service_checks import CHECKS


class Command(BaseCommand):
    """Each check is a function of `config/service_checks.py`."""

    help = "One line for each check; exit code 1 when any of them fails."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for check in CHECKS:
            result = check()
            failed += not result.ok
            self.stdout.write(f"{'ok' if result.ok else 'FAILED':8}{result.name}: {result.message}")
        if failed:
            raise CommandError(f"{failed} of {len(CHECKS)} checks failed.")

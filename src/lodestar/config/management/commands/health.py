"""`./lodestar check`: whether what a force needs in the night is there. Exit code 1 when any check fails."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lodestar.config.health_checks import check_all


class Command(BaseCommand):
    """Looks and writes nothing."""

    help = "Runs every check, and names each thing that is missing or too old."

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = check_all(timezone.now())
        for outcome in outcomes:
            self.stdout.write(f"{'ok' if outcome.ok else 'fault'}: {outcome.name}: {outcome.message}")
        if not all(outcome.ok for outcome in outcomes):
            sys.exit(1)

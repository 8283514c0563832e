"""`./lodestar reference check`: whether the reference data is whole, in date, and says where it comes from."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.kernel.days import london_date
from lodestar.kernel.reference_lists import PACKAGE, every_reference_list
from lodestar.reference.rules import faults, unconfirmed

SOURCES = PACKAGE.parent.parent / "docs" / "sources.md"


class Command(BaseCommand):
    """Names every fault; fails when any is more than a warning. Says how much of each list nobody has confirmed."""

    help = "Check the dated reference lists: gaps, overlaps, reviews, sources."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--on, to look at another day than today."""
        parser.add_argument("--on", type=date.fromisoformat, help="the day to judge on, like 2026-10-01; today without")

    def handle(self, *args: Any, on: date | None, **options: Any) -> None:
        """One line for each fault, one for each list, and the exit status."""
        lists = every_reference_list()
        found = faults(lists, on or london_date(timezone.now()), SOURCES.read_text(encoding="utf-8"))
        for fault in found:
            self.stdout.write(f"{'warning' if fault.is_warning else 'fault'}: {fault.list} {fault.message}")
        for one in lists:
            self.stdout.write(f"{one.name}: {len(one.rows)} rows, {unconfirmed(one)} not confirmed")
        bad = sum(not fault.is_warning for fault in found)
        if bad:
            raise CommandError(f"{bad} faults in the reference data.")

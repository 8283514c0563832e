"""`./lodestar reference check`: whether the reference data is whole, in date, and says where it comes from."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.platform.reference.rules import faults, unconfirmed
from lodestar.platform.text.reference_lists import PACKAGE, ReferenceList, Unreadable, list_files, read_list
from lodestar.platform.time.days import london_date

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
        lists, broken = _read()
        for words in broken:
            self.stdout.write(f"fault: {words}")
        all_faults = faults(lists, on or london_date(timezone.now()), SOURCES.read_text(encoding="utf-8", errors="replace"))
        for fault in all_faults:
            self.stdout.write(f"{'warning' if fault.is_warning else 'fault'}: {fault.list} {fault.message}")
        for reference_list in lists:
            self.stdout.write(
                f"{reference_list.name}: {len(reference_list.rows)} rows, {unconfirmed(reference_list)} not confirmed"
            )
        bad = len(broken) + sum(not fault.is_warning for fault in all_faults)
        if bad:
            raise CommandError(f"{bad} {'fault' if bad == 1 else 'faults'} in the reference data.")


def _read() -> tuple[list[ReferenceList], list[str]]:
    """Every list that can be read, and one line for each that cannot."""
    lists, broken = [], []
    for path in list_files():
        try:
            lists.append(read_list(path))
        except Unreadable as error:
            broken.append(str(error))
    return lists, broken

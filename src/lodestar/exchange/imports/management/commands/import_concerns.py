"""`./lodestar import concerns FILE --as USER`: first reports from elsewhere, as a table (CSV, XLSX) or as JSON lines."""

from typing import Any

from django.utils import timezone

from lodestar.exchange.imports.import_command import ImportCommand
from lodestar.exchange.imports.import_files import ADDED, MADE, STOOD
from lodestar.exchange.imports.import_run import Run


class Command(ImportCommand):
    """What belongs to one incident is one transaction: a bad row is reported and passed over, the others go on."""

    help = "Says what the concerns in a file would make; with --apply makes it, once each."

    def handle(self, *args: Any, **options: Any) -> None:
        file = self.open("concerns", options)
        counts = self.report_outcomes(file, Run(self.member, file, timezone.now(), self.write, applies=self.applies).lines())
        if not self.bad and not counts:
            self.print_line("note: the file has headings and no row: look whether it is the one that was meant")
        be = "" if self.applies else "would be "
        added = f", {counts[ADDED]} {be}added to a concern" if counts[ADDED] else ""
        self.end(f"{counts[MADE]} {be}made{added}, {counts[STOOD]} were already here, {self.bad} not imported")

"""`./lodestar import records FILE --kind custody --as USER`: earlier records of other systems, as a table or as JSON lines."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from lodestar.exchange.imports.import_command import ImportCommand
from lodestar.exchange.imports.import_files import MADE, STOOD, printable_file_name
from lodestar.exchange.imports.import_run import Run
from lodestar.intelligence.earlier_records.rules.earlier import KINDS
from lodestar.platform.accounts.permissions import Permission


class Command(ImportCommand):
    """Records are taken in some at a time; where one of them cannot be kept, each by itself, so that it stops no other."""

    help = "Says what the earlier records in a file are; with --apply takes them in, once each."
    permission = Permission.RECORDS_TAKE_IN
    made = verb = "taken in"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--kind", required=True, choices=list(KINDS))

    def handle(self, *args: Any, **options: Any) -> None:
        self.kind = str(options["kind"])
        file = self.open(self.kind, options)
        run = Run(self.member, file, timezone.now(), self.write, applies=self.applies, file_name=printable_file_name(self.path))
        counts = self.report_outcomes(file, run.lines())
        be = "" if self.applies else "would be "
        signs = f"of which {counts['sign']} may show a sign"
        self.end(f"{counts[MADE]} {be}taken in, {signs}, {counts[STOOD]} were already here, {self.bad} not taken in")

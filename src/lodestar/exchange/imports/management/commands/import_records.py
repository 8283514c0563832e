"""`./lodestar import records FILE --kind custody --as USER`: earlier records of other systems, as a table or as JSON lines."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from lodestar.exchange.imports.import_command import ImportCommand
from lodestar.exchange.imports.import_files import LET_GO, MADE, STOOD, fingerprint_of, printable_file_name
from lodestar.exchange.imports.import_run import Run
from lodestar.intelligence.earlier_records.actions.records import say_whole, take_whole_back
from lodestar.intelligence.earlier_records.rules.earlier import KINDS, why_not_whole
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date


class Command(ImportCommand):
    """Records are taken in some at a time; where one of them cannot be kept, each by itself, so that it stops no other."""

    help = "Says what the earlier records in a file are; with --apply takes them in, once each."
    permission = Permission.RECORDS_TAKE_IN
    made = verb = "taken in"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--kind", required=True, choices=list(KINDS))
        parser.add_argument("--whole-from", default="", help="with this file all of its kind are here, from this day")
        parser.add_argument("--whole-to", default="", help="to this day, which is over")
        parser.add_argument("--not-whole", action="store_true", help="takes back that with this file all are here")

    def handle(self, *args: Any, **options: Any) -> None:
        self.kind = str(options["kind"])
        self.whole = _span(options["whole_from"], options["whole_to"])
        if options["not_whole"] and self.whole:
            raise CommandError("Give --not-whole, or days that are whole, not both.")
        file = self.open(self.kind, options)
        if options["not_whole"]:
            self._take_back()
            return
        run = Run(self.member, file, timezone.now(), self.write, applies=self.applies, file_name=printable_file_name(self.path))
        counts = self.report_outcomes(file, run.lines())
        if self.whole is not None:
            self._say_whole(*self.whole, erased_count=counts[LET_GO])
        be = "" if self.applies else "would be "
        signs = f"of which {counts['sign']} may show a sign"
        self.end(f"{counts[MADE]} {be}taken in, {signs}, {counts[STOOD]} were already here, {self.bad} not taken in")

    def _say_whole(self, first: date, last: date, *, erased_count: int) -> None:
        span = f"all {KINDS[self.kind].lower()} records from {first} to {last} are here"
        if self.bad > erased_count:
            self.print_line(
                f"that {span} is not kept, because not every row was taken in: import those put right with the same days"
            )
            return
        if erased_count:
            span += f", but for {erased_count} let go before: of those days nothing can be told"
        if self.applies:
            with within(self.member.tenant), transaction.atomic():
                say_whole(
                    by=self.member, at=timezone.now(), kind=self.kind, first=first, last=last,
                    file_name=printable_file_name(self.path),
                    file_mark=fingerprint_of(self.kind, self.path),
                )  # fmt: skip
        self.print_line(f"{'kept' if self.applies else 'would be kept'}: {span}")

    def _take_back(self) -> None:
        """Takes back what was said of this file; nothing of it is taken in."""
        mark, statement = fingerprint_of(self.kind, self.path), None
        with within(self.member.tenant), transaction.atomic():
            statement = take_whole_back(by=self.member, at=timezone.now(), kind=self.kind, file_mark=mark)
            transaction.set_rollback(not self.applies)
        all_of_them = f"all {KINDS[self.kind].lower()} records"
        if statement is None:
            self.print_line(f"of no days was it recorded that with this file {all_of_them} are here")
            return
        be = "withdrawn" if self.applies else "would be taken back"
        self.print_line(f"{be}: {all_of_them} from {statement.first_day} to {statement.last_day} are here")


def _span(first: str, last: str) -> tuple[date, date] | None:
    """The days of which all records are said to be here; None where nothing is said."""
    if not first and not last:
        return None
    try:
        first_day, other = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise CommandError("Give both --whole-from and --whole-to, each as a day like 2026-03-01.") from None
    if why := why_not_whole(first_day, other, london_date(timezone.now())):
        raise CommandError(f"{why}.")
    return first_day, other

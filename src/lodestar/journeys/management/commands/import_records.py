"""`./lodestar import records FILE --kind custody --as USER`: earlier records of other systems, as a table or as JSON lines."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from lodestar.accounts.permissions import Permission
from lodestar.journeys.entries import Entry
from lodestar.journeys.importing import (
    BadLine,
    Rejects,
    attempt,
    called,
    fingerprint_of,
    opened,
    printable,
    why_no_json,
)
from lodestar.journeys.let_go import records_let_go
from lodestar.journeys.management.commands.import_concerns import member_named
from lodestar.journeys.record_read import COLUMNS, record_of
from lodestar.journeys.records_imported import import_records, look_at_records
from lodestar.journeys.row_read import NothingTold
from lodestar.journeys.rows_grouped import gathered
from lodestar.kernel.days import london_date
from lodestar.kernel.table_text import NotRead
from lodestar.recognition.actions.whole import say_whole, take_whole_back
from lodestar.recognition.queries.held import said_of
from lodestar.recognition.rules.earlier import KINDS, RecordTold
from lodestar.recognition.rules.look_back import why_not_whole
from lodestar.tenancy.within import within

TOGETHER = 100  # records that are written in one transaction
NO_RECORD = "it holds none of the columns of an earlier record"
Read = tuple[Entry, RecordTold]


class Command(BaseCommand):
    """Records are taken in some at a time; where one of them cannot be kept, each by itself, so that it stops no other."""

    help = "Says what the earlier records in a file are; with --apply takes them in, once each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--kind", required=True, choices=list(KINDS))
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--apply", action="store_true")
        parser.add_argument("--rejects", default="")
        parser.add_argument("--whole-from", default="", help="with this file all of its kind are here, from this day")
        parser.add_argument("--whole-to", default="", help="to this day, which is over")
        parser.add_argument(
            "--not-whole", action="store_true", help="takes back that with this file all are here; takes nothing in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.member = member_named(options["user"], options["tenant"], Permission.RECORDS_TAKE_IN)
        self.applies, self.kind = bool(options["apply"]), str(options["kind"])
        self.path = Path(options["file"])
        self.whole = _span(options["whole_from"], options["whole_to"])
        if options["not_whole"]:
            self._take_back()
            return
        self.new = self.stood = self.bad = self.gone = self.with_signs = 0
        self.seen: set[str] = set()
        self.rejects = Rejects()
        rejects = Path(options["rejects"]) if options["rejects"] else None
        if rejects and rejects.resolve() == self.path.resolve():
            raise CommandError("The file of rejected rows would take the place of the file itself: give another --rejects.")
        self.source = opened(self.path, COLUMNS)
        self._take_all()
        if self.rejects.many and (self.applies or rejects):
            kept = rejects or self.path.with_name(f"{self.path.name}.rejects{self.source.ending}")
            self.rejects.write(kept, self.source.head)
            self._say(f"what was not taken in stands in {kept}: put it right there and import that file")
        if self.whole is not None:
            self._say_whole(*self.whole)
        self._say(self._summary())
        if self.bad or self.gone:
            sys.exit(2)

    def _take_all(self) -> None:
        try:
            for note in self.source.notes:
                self._say(f"note: {note}")
            for some in gathered(self._records(timezone.now()), TOGETHER):
                self._take(some)
        except NotRead as fault:
            self._say(f"the rest of the file was not read: {fault}")
            self.bad += 1

    def _records(self, now: datetime) -> Iterator[Read]:
        """The records in their order; what is none is told of at once."""
        for entry in self.source.entries:
            if (read := self._read(entry, now)) is not None:
                yield entry, read

    def _read(self, entry: Entry, now: datetime) -> RecordTold | None:
        try:
            if entry.fault or entry.cells is None:
                raise NothingTold(entry.fault or why_no_json(entry.line or b"") or NO_RECORD)
            return record_of(entry.cells, self.kind, now, is_object=entry.is_object)
        except NothingTold as fault:
            self._refuse(entry, str(fault))
            return None

    def _take(self, some: list[Read]) -> None:
        try:
            fresh, gone = attempt(lambda: self._taken([told for _, told in some]))
        except BadLine as fault:
            if len(some) == 1:
                self._refuse(some[0][0], str(fault))
                return
            for one in some:
                self._take([one])
            return
        for entry, told in some:
            if told.key in gone:
                self.gone += 1
                self._tell_not(entry, gone[told.key])
            else:
                self._tell(entry, told, fresh)

    def _taken(self, records: list[RecordTold]) -> tuple[dict[str, bool], dict[str, str]]:
        """The keys of those that are new, each with whether it may show a sign; and of those that were let go, each with why."""
        with within(self.member.tenant):
            gone = records_let_go(one.key for one in records)
            if self.applies:
                return import_records(by=self.member, at=timezone.now(), records=records, file_name=called(self.path)), gone
            return look_at_records(records, timezone.now()), gone

    def _tell(self, entry: Entry, told: RecordTold, fresh: dict[str, bool]) -> None:
        is_new = told.key in fresh and told.key not in self.seen
        self.seen.add(told.key)
        self.new += is_new
        self.stood += not is_new
        shows = is_new and fresh[told.key]
        self.with_signs += shows
        says = ("taken in" if self.applies else "would be taken in") if is_new else "stands already, nothing changed"
        name = f" ({told.reference})" if told.reference else ""
        notes = [*(["may show a sign"] if shows else []), *entry.notes, *told.notes]
        self._say(f"{self.source.place(entry)}: " + "; ".join([says + name, *notes]))

    def _refuse(self, entry: Entry, why: str) -> None:
        self.rejects.add(entry.raw)
        self.bad += 1
        self._tell_not(entry, why)

    def _tell_not(self, entry: Entry, why: str) -> None:
        self._say(f"{self.source.place(entry)}: not taken in: {why}")

    def _say_whole(self, first: date, last: date) -> None:
        span = f"all {KINDS[self.kind].lower()} records from {first} to {last} are here"
        if self.bad:
            self._say(f"that {span} is not kept, because not every row was taken in: import those put right with the same days")
            return
        if self.gone:
            span += f", but for {self.gone} let go before: of those days nothing can be told"
        if self.applies:
            with within(self.member.tenant), transaction.atomic():
                say_whole(
                    by=self.member, at=timezone.now(), kind=self.kind, first=first, last=last, file_name=called(self.path),
                    file_mark=fingerprint_of(self.kind, self.path),
                )  # fmt: skip
        self._say(f"{'kept' if self.applies else 'would be kept'}: {span}")

    def _take_back(self) -> None:
        if self.whole:
            raise CommandError("Give --not-whole, or days that are whole, not both.")
        try:
            mark = fingerprint_of(self.kind, self.path)
        except OSError as error:
            raise CommandError(f"{self.path} cannot be read: {error.strerror}.") from None
        with within(self.member.tenant), transaction.atomic():
            if self.applies:
                said = take_whole_back(by=self.member, at=timezone.now(), kind=self.kind, file_mark=mark)
            else:
                said = said_of(self.kind, mark)
        if said is None:
            self._say(f"of no days is it said that with this file all {KINDS[self.kind].lower()} records are here")
            return
        be = "taken back" if self.applies else "would be taken back"
        end = "" if self.applies else ". Nothing was written: run it again with --apply"
        self._say(f"{be}: all {KINDS[self.kind].lower()} records from {said.first_day} to {said.last_day} are here{end}")

    def _say(self, words: str) -> None:
        self.stdout.write(printable(words))

    def _summary(self) -> str:
        be = "" if self.applies else "would be "
        words = f"{self.new} {be}taken in, of which {self.with_signs} may show a sign, {self.stood} stood already"
        end = "" if self.applies else ". Nothing was written: run it again with --apply"
        return f"{words}, {self.bad + self.gone} not taken in{end}"


def _span(first: str, last: str) -> tuple[date, date] | None:
    """The days of which all records are said to be here; None where nothing is said."""
    if not first and not last:
        return None
    try:
        one, other = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise CommandError("Give both --whole-from and --whole-to, each as a day like 2026-03-01.") from None
    if why := why_not_whole(one, other, london_date(timezone.now())):
        raise CommandError(f"{why}.")
    return one, other

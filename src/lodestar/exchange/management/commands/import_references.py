"""`./lodestar import references FILE --as USER`: the references under which other systems of the force hold what went there."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.accounts.permissions import Permission
from lodestar.exchange.actions import RECORDED, STOOD, Became, NotTaken, take_reference
from lodestar.exchange.rules.references import COLUMNS, NoReference, by_our_names, returned
from lodestar.journeys.entries import Entry
from lodestar.journeys.importing import BadLine, Rejects, attempt, opened, printable, why_no_json
from lodestar.journeys.management.commands.import_concerns import member_named
from lodestar.journeys.placeholders import says_nothing
from lodestar.kernel.table_text import NotRead
from lodestar.tenancy.within import within

NO_ROW = "it is no row of these columns: our_reference, person, system, reference, at"


class Command(BaseCommand):
    """Each row is a transaction of its own: a bad one is told, goes to a file to be put right, and stops no other."""

    help = "Says which references a table would bring; with --apply keeps them, once each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--apply", action="store_true")
        parser.add_argument("--rejects", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        self.member = member_named(options["user"], options["tenant"], Permission.GIVE_OUT)
        self.applies = bool(options["apply"])
        self.counts, self.bad, self.rejects = {RECORDED: 0, STOOD: 0}, 0, Rejects()
        path = Path(options["file"])
        rejects = Path(options["rejects"]) if options["rejects"] else None
        if rejects and rejects.resolve() == path.resolve():
            raise CommandError("The file of rejected rows would take the place of the file itself: give another --rejects.")
        self.source = source = opened(path, tuple(COLUMNS))
        for note in source.notes:
            self._say(f"note: {note}")
        try:
            for entry in source.entries:
                self._take(entry)
        except NotRead as fault:
            self._say(f"the rest of the file was not read: {fault}")
            self.bad += 1
        if self.rejects.many and (self.applies or rejects):
            kept = rejects or path.with_name(f"{path.name}.rejects{source.ending}")
            self.rejects.write(kept, source.head)
            self._say(f"what was not imported stands in {kept}: put it right there and import that file")
        self._end()

    def _take(self, entry: Entry) -> None:
        try:
            became = attempt(lambda: self._one(entry))
        except BadLine as fault:
            self.bad += 1
            self.rejects.add(entry.raw)
            self._say(f"{self.source.place(entry)}: not imported: {fault}")
            return
        self.counts[became.what] += 1
        be = "" if self.applies or became.what == STOOD else "would be "
        self._say(f"{self.source.place(entry)}: {be}{became.what}: {'; '.join([became.words, *entry.notes])}")

    def _one(self, entry: Entry) -> Became:
        if entry.fault or entry.cells is None:
            raise BadLine(entry.fault or why_no_json(entry.line or b"") or NO_ROW)
        try:
            told = returned(by_our_names(entry.cells))
            if says_nothing(told.reference, of_a_reference=True):
                raise NoReference(f"reference “{told.reference}” is none: leave the row out until there is one")
            with within(self.member.tenant):
                return take_reference(by=self.member, at=timezone.now(), told=told, applies=self.applies)
        except (NoReference, NotTaken) as fault:
            raise BadLine(str(fault)) from None

    def _end(self) -> None:
        be = "" if self.applies else "would be "
        words = f"{self.counts[RECORDED]} {be}recorded, {self.counts[STOOD]} stood already, {self.bad} not imported"
        self._say(words if self.applies else f"{words}. Nothing was written: run it again with --apply")
        if self.bad:
            sys.exit(2)

    def _say(self, words: str) -> None:
        self.stdout.write(printable(words))

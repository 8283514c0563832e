"""What every command that takes a file in has in common: who it acts as, its options, what it prints, and the file of rejects."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.exchange.imports.actions.custody_lists import NEW, read_row, take_list_row
from lodestar.exchange.imports.import_files import (
    ADDED,
    LET_GO,
    MADE,
    REFUSED,
    STOOD,
    Entry,
    ImportFile,
    RowRejected,
    attempt,
    open_import,
    printable,
)
from lodestar.exchange.imports.import_run import Line
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.files.whole_file import write_whole
from lodestar.platform.tables.mappings import decided_headings
from lodestar.platform.tables.rules import Template, as_csv, template_of
from lodestar.platform.tables.table_files import IGNORED, NotRead, folded_heading
from lodestar.platform.tenancy.tenant_transaction import within

Done = TypeVar("Done")


class ImportCommand(BaseCommand):
    """A file is looked at, or with --apply taken in; what is rejected goes to a file with the reasons, and the exit code is 2."""

    permission = Permission.CONCERN_RECORD
    made, verb = "made", "imported"  # what a new row is said to be, and what a rejected one is said not to be

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--apply", action="store_true")
        parser.add_argument("--rejects", default="")
        parser.add_argument("--mapping", default="", help="lines `heading = column`, in place of what the force decided")
        parser.add_argument("--ignore", action="append", default=[], metavar="HEADING", help="its contents are not read")

    def open(self, kind: str, options: Mapping[str, Any]) -> ImportFile:
        """The file as one of this kind, for the member who is named. Where nobody has decided about one of its headings those are
        listed, and the command ends with 2. Raises CommandError where it cannot be read."""
        self.member = member_named(options["user"], options["tenant"], self.permission)
        self.applies, self.path = bool(options["apply"]), Path(options["file"])
        self.rejects_to = Path(options["rejects"]) if options["rejects"] else None
        if self.rejects_to and self.rejects_to.resolve() == self.path.resolve():
            raise CommandError("The file of rejected rows would take the place of the file itself: give another --rejects.")
        self.rejected: list[tuple[Entry, str]] = []
        self.bad = 0
        template = template_of(kind)
        with within(self.member.tenant):
            decided = _mapping(Path(options["mapping"]), template) if options["mapping"] else decided_headings(kind)
        try:
            if not self.path.is_file():
                raise NotRead(f"{self.path} is no file")
            file = open_import(lambda: self.path.open("rb"), template, decided, options["ignore"])
        except NotRead as fault:
            raise CommandError(f"Nothing was imported: {printable(str(fault))}.") from None
        except OSError as error:
            raise CommandError(f"{self.path} cannot be read: {error.strerror}.") from None
        for note in file.notes:
            self.print_line(f"note: {note}")
        if file.unmapped:
            self._list_unmapped(file)
        return file

    def _list_unmapped(self, file: ImportFile) -> None:
        for heading in file.unmapped:
            proposed = file.template.proposed.get(folded_heading(heading), "")
            self.print_line(f"heading not mapped: {heading}" + (f" (may be {proposed})" if proposed else ""))
        self.print_line(
            "Nothing was imported: map each heading (--mapping FILE, of lines such as DOB = born) or give --ignore HEADING"
        )
        sys.exit(2)

    def print_line(self, words: str) -> None:
        """Prints one line."""
        self.stdout.write(printable(words))

    def refuse(self, file: ImportFile, entry: Entry, why: str) -> None:
        """Keeps an entry that is not taken in for the file of rejects, and says why."""
        self.rejected.append((entry, why))
        self.bad += 1
        self.print_line(f"{file.place(entry)}: not {self.verb}: {why}")

    def write(self, write: Callable[[], Done]) -> Done:
        """What the write gives, in a transaction of its own. Raises RowRejected for what cannot be kept."""

        def within_the_force() -> Done:
            with within(self.member.tenant):
                return write()

        return attempt(within_the_force)

    def readable(self, things: Iterator[Done]) -> Iterator[Done]:
        """These, until the file cannot be read further, which is said."""
        try:
            yield from things
        except NotRead as fault:
            self.bad += 1
            self.print_line(f"the rest of the file was not read: {fault}")

    def take_each(self, file: ImportFile, take: Callable[[Entry], tuple[bool, str]]) -> None:
        """Takes in each row in a transaction of its own: whether it is new, and what is said of it; a bad one is told, goes to
        the file of rejects, and stops no other."""
        self.new = self.standing = 0
        for entry in self.readable(file.entries()):
            try:
                is_new, words = self.write(partial(take, entry))
            except RowRejected as fault:
                self.refuse(file, entry, str(fault))
                continue
            self.new, self.standing = self.new + is_new, self.standing + (not is_new)
            self.print_line(f"{file.place(entry)}: {'' if self.applies or not is_new else 'would be '}{words}")

    def end_recorded(self) -> None:
        """Says how many rows were recorded, and ends."""
        be = "" if self.applies else "would be "
        self.end(f"{self.new} {be}recorded, {self.standing} were already here, {self.bad} not imported")

    def report_outcomes(self, file: ImportFile, lines: Iterator[Line]) -> Counter[str]:
        """Says what becomes of each row, and writes the file of rejects; how many became what, and how many may show a `sign`."""
        be = "" if self.applies else "would be "
        stood = "already here, nothing changed:" if self.applies else "already here:"
        says = {MADE: f"{be}{self.made}", ADDED: f"{be}added to", STOOD: stood}
        counts = Counter[str]()
        for entry, taken in self.readable(lines):
            counts.update({taken.what: 1, "sign": int(taken.has_sign)})
            if taken.what == REFUSED:
                self.refuse(file, entry, taken.notes[0])
            elif taken.what == LET_GO:
                self.bad += 1
                self.print_line(f"{file.place(entry)}: not {self.verb}: {taken.notes[0]}")
            else:
                name = f"({taken.name})" if taken.name else ""
                words = " ".join(filter(None, (says[taken.what], taken.reference, name)))
                self.print_line(f"{file.place(entry)}: " + "; ".join([words, *taken.notes]))
        self.write_rejects(file)
        return counts

    def write_rejects(self, file: ImportFile) -> None:
        """Puts what was rejected beside the file, where it was to be taken in or that is asked for."""
        if not self.rejected or not (self.applies or self.rejects_to):
            return
        path = self.rejects_to or self.path.with_name(f"{self.path.name}.rejects{'.jsonl' if file.is_json else '.csv'}")
        try:
            write_whole(path, file.rejects(self.rejected))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        self.print_line(f"what was not {self.verb} stands in {path}: correct it there and import that file")

    def end(self, summary: str) -> None:
        """Says what was done, and ends with 2 where something was not."""
        self.print_line(summary if self.applies else f"{summary}. Nothing was written: run it again with --apply")
        if self.bad:
            sys.exit(2)


class CustodyListCommand(ImportCommand):
    """A list of people in custody or of people charged: how many possible victims without a consideration of section 45 it
    names is printed at once."""

    permission = Permission.RECORDS_TAKE_IN
    template = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--template", action="store_true", help="prints the columns as CSV, with an example")
        for action in parser._actions:
            if action.dest == "file":
                action.nargs = "?"
            action.required = action.required and action.dest not in ("file", "user")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["template"]:
            sys.stdout.buffer.write(as_csv(template_of(self.template)))
            return
        if not options["file"] or not options["user"]:
            raise CommandError("Give FILE and --as USER, or --template.")
        file, now, self.not_considered = self.open(self.template, options), timezone.now(), 0

        def take(entry: Entry) -> tuple[bool, str]:
            row = read_row(entry, self.template, now)
            what, notes = take_list_row(by=self.member, at=now, row=row, applies=self.applies)
            self.not_considered += any("section 45" in note for note in notes)
            return what == NEW, "; ".join([what, *notes])

        self.take_each(file, take)
        self.write_rejects(file)
        self.print_line(f"possible victims, section 45 of the Modern Slavery Act 2015 not considered: {self.not_considered}")
        self.end_recorded()


def _mapping(path: Path, template: Template) -> dict[str, str]:
    """What a file of lines `heading = column` says; a column that is blank or `ignore` is not read. Raises CommandError."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"{path} cannot be read as text in UTF-8.") from None
    by_heading = {}
    for number, line in enumerate(lines, 1):
        heading, mark, column = (part.strip() for part in line.rpartition("="))
        if not line.strip() or line.startswith("#"):
            continue
        if not mark or not heading or column not in (*template.columns, "", "ignore"):
            raise CommandError(f"{path}, line {number}: write `heading = column`; columns are {', '.join(template.columns)}.")
        by_heading[folded_heading(heading)] = IGNORED if column == "ignore" else column
    return by_heading

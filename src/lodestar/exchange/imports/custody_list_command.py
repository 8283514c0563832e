"""What the commands that take in a list of people in custody or of people charged have in common."""

import sys
from argparse import ArgumentParser
from collections import Counter
from functools import partial
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from lodestar.exchange.imports.actions.custody_lists import NEW, STOOD, read_row, take_list_row
from lodestar.exchange.imports.import_command import ImportCommand
from lodestar.exchange.imports.import_files import BadLine, Entry
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.tables.rules import as_csv, template_of


class CustodyListCommand(ImportCommand):
    """Each row is a transaction of its own: a bad one is printed, goes to a file to be put right, and stops no other."""

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
        file = self.open(self.template, options)
        counts, be = Counter[str](), "" if options["apply"] else "would be "
        for entry in self.readable(file.entries()):
            try:
                what, notes = self.write(partial(self._take, entry))
            except BadLine as fault:
                self.refuse(file, entry, str(fault))
                continue
            counts[what] += 1
            counts["not considered"] += any("section 45" in note for note in notes)
            self.print_line(f"{file.place(entry)}: " + "; ".join([f"{be if what == NEW else ''}{what}", *notes]))
        self.write_rejects(file)
        self.print_line(f"possible victims, section 45 of the Modern Slavery Act 2015 not considered: {counts['not considered']}")
        self.end(f"{counts[NEW]} {be}recorded, {counts[STOOD]} were already here, {self.bad} not imported")

    def _take(self, entry: Entry) -> tuple[str, list[str]]:
        now = timezone.now()
        row = read_row(entry, self.template, now)
        return take_list_row(by=self.member, at=now, row=row, applies=self.applies)

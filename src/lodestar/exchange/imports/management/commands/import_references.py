"""`./lodestar import references FILE --as USER`: the references under which other systems of the force hold what went there."""

from collections import Counter
from functools import partial
from typing import Any

from django.utils import timezone

from lodestar.exchange.imports.actions.htcds import RECORDED, STOOD, NotTaken, take_reference
from lodestar.exchange.imports.import_command import ImportCommand
from lodestar.exchange.imports.import_files import BadLine, Entry
from lodestar.exchange.imports.rules.htcds import NoReference, returned
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.text.text_normalise import one_line

NO_ROW = "it is no row of these columns: our_reference, person, system, reference, at"


class Command(ImportCommand):
    """Each row is a transaction of its own: a bad one is told, goes to a file to be put right, and stops no other."""

    help = "Says which references a table would bring; with --apply keeps them, once each."
    permission = Permission.GIVE_OUT

    def handle(self, *args: Any, **options: Any) -> None:
        file = self.open("references", options)
        counts, used = Counter[str](), Counter[str]()
        for entry in self.readable(file.entries()):
            used.update(one_line(text) for name, text in entry.cells if name == "reference")
            try:
                what, words = self.write(partial(self._take_entry, entry))
            except BadLine as fault:
                self.refuse(file, entry, str(fault))
                continue
            counts[what] += 1
            be = "" if self.applies or what == STOOD else "would be "
            self.print_line(f"{file.place(entry)}: {be}{what}: {words}")
        for reference, rows in used.items():
            if rows > 1:
                self.print_line(f"note: reference {reference} is used by {rows} rows: look whether it is one")
        self.write_rejects(file)
        be = "" if self.applies else "would be "
        self.end(f"{counts[RECORDED]} {be}recorded, {counts[STOOD]} were already here, {self.bad} not imported")

    def _take_entry(self, entry: Entry) -> tuple[str, str]:
        if entry.fault or not entry.cells:
            raise BadLine(entry.fault or NO_ROW)
        try:
            return take_reference(by=self.member, at=timezone.now(), entry=returned(dict(entry.cells)), applies=self.applies)
        except (NoReference, NotTaken) as fault:
            raise BadLine(str(fault)) from None

"""`./lodestar import references FILE --as USER`: the references under which other systems of the force hold what went there."""

from collections import Counter
from typing import Any

from django.utils import timezone

from lodestar.exchange.imports.actions.htcds import RECORDED, take_reference
from lodestar.exchange.imports.import_command import ImportCommand
from lodestar.exchange.imports.import_files import Entry, RowRejected
from lodestar.exchange.imports.rules.htcds import NoReference, returned
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.text.text_normalise import one_line

NO_ROW = "it is no row of these columns: our_reference, person, system, reference, at"


class Command(ImportCommand):
    """Each row is a transaction of its own: a bad one is told, goes to a file to be put right, and stops no other."""

    help = "Says which references a table would bring; with --apply keeps them, once each."
    permission = Permission.GIVE_OUT

    def handle(self, *args: Any, **options: Any) -> None:
        file, used = self.open("references", options), Counter[str]()

        def take(entry: Entry) -> tuple[bool, str]:
            used.update(one_line(text) for name, text in entry.cells if name == "reference")
            if entry.fault or not entry.cells:
                raise RowRejected(entry.fault or NO_ROW)
            try:
                row = returned(dict(entry.cells))
            except NoReference as fault:
                raise RowRejected(str(fault)) from None
            what, words = take_reference(by=self.member, at=timezone.now(), entry=row, applies=self.applies)
            return what == RECORDED, f"{what}: {words}"

        self.take_each(file, take)
        for reference, rows in used.items():
            if rows > 1:
                self.print_line(f"note: reference {reference} is used by {rows} rows: look whether it is one")
        self.write_rejects(file)
        self.end_recorded()

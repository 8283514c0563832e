"""`./lodestar import references FILE --as USER`: the references under which other systems of the force hold what went there."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.accounts.permissions import Permission
from lodestar.exchange.actions import RECORDED, STOOD, NotTaken, take_reference
from lodestar.exchange.rules.references import COLUMNS, NoReference, named, returned
from lodestar.journeys.management.commands.import_concerns import member_named
from lodestar.kernel.cells import as_it_was
from lodestar.kernel.table_text import Line, NotRead, Record, dialect_of, encoding_of, lines_of, name_of, records
from lodestar.kernel.typed import one_line
from lodestar.tenancy.within import within

LONGEST_TOLD = 1_000
LARGEST = 20_000_000  # bytes
NO_NAMES = "its first line does not name the columns: our_reference, person, system, reference, at"


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
        member = member_named(options["user"], options["tenant"], Permission.GIVE_OUT)
        applies, path = bool(options["apply"]), Path(options["file"])
        rejects = Path(options["rejects"] or f"{path}.rejects.csv")
        if rejects.resolve() == path.resolve():
            raise CommandError("The file of rejected rows would take the place of the file itself: give another --rejects.")
        head, rows = _opened(path)
        counts, bad = {RECORDED: 0, STOOD: 0}, []
        for names, record in rows:
            try:
                if record.fault:
                    raise NoReference(record.fault)
                cells = dict(zip(names, (as_it_was(cell) for cell in record.cells), strict=False))
                with within(member.tenant):
                    became = take_reference(by=member, at=timezone.now(), told=returned(cells), applies=applies)
            except (NoReference, NotTaken) as fault:
                bad.append(record.raw if record.raw.endswith(("\n", "\r")) else f"{record.raw}\n")
                self._say(f"line {record.number}: not imported: {fault}")
                continue
            counts[became.what] += 1
            be = "" if applies or became.what == STOOD else "would be "
            self._say(f"line {record.number}: {be}{became.what}: {became.words}")
        self._end(counts, bad, head, rejects if bad and (applies or options["rejects"]) else None, applies=applies)

    def _end(self, counts: dict[str, int], bad: list[str], head: str, rejects: Path | None, *, applies: bool) -> None:
        if rejects:
            _write(rejects, head + "".join(bad))
            self._say(f"what was not imported stands in {rejects}: put it right there and import that file")
        be = "" if applies else "would be "
        words = f"{counts[RECORDED]} {be}recorded, {counts[STOOD]} stood already, {len(bad)} not imported"
        self._say(words if applies else f"{words}. Nothing was written: run it again with --apply")
        if bad:
            sys.exit(2)

    def _say(self, words: str) -> None:
        self.stdout.write(one_line(words)[:LONGEST_TOLD])


def _opened(path: Path) -> tuple[str, Iterator[tuple[list[str], Record]]]:
    """The line that names the columns, and the rows with those names."""
    try:
        if path.stat().st_size > LARGEST:
            raise NotRead(f"the file is larger than {LARGEST // 1_000_000} MB")
        with path.open("rb") as file:
            encoding = encoding_of(file)
        lines = lines_of(path, encoding)
        first = next((line for line in lines if line.text.strip()), Line(1, ""))
        held, dialect = dialect_of(first.text.lstrip("\ufeff"), first.text, frozenset(COLUMNS))
        if not held:
            raise NotRead(NO_NAMES)
    except NotRead as fault:
        raise CommandError(f"Nothing was imported: {one_line(str(fault))[:LONGEST_TOLD]}.") from None
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
    head = next(records(iter([first]), dialect)).cells
    names = named([name_of(cell) for cell in head])
    begin = first.text.lstrip("\ufeff")
    return begin if begin.endswith(("\n", "\r")) else f"{begin}\n", ((names, row) for row in records(lines, dialect))


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None

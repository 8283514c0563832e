"""A file that comes by a page: what it would bring, and taking it in, in the page's own transaction; of fewer rows than by the
command."""

from collections.abc import Callable
from dataclasses import astuple, dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.journeys.import_files import Entry, ImportFile, open_import
from lodestar.journeys.import_run import Line, Run
from lodestar.journeys.importing import attempt
from lodestar.journeys.taken import REFUSED
from lodestar.kernel.tables.files import NotRead
from lodestar.recognition.actions.files import keep_report
from lodestar.recognition.actions.whole import say_whole
from lodestar.recognition.presenters.files import Kept
from lodestar.tables.queries import decided_headings
from lodestar.tables.rules import template_of

CONCERNS = "concerns"
LARGEST = 2_000_000  # bytes
MOST_ROWS = 50  # of concerns: each makes a case
MOST_RECORDS = 200
Done = TypeVar("Done")


@dataclass
class Report:
    """What a file brings: each row, what there is to know of the file as a whole, and the rows to put right, each with the
    reason: not what was let go, of which nothing is kept."""

    notes: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)
    rejected: list[tuple[Entry, str]] = field(default_factory=list)

    def count(self, *outcomes: str) -> int:
        """How many rows have one of these outcomes."""
        return sum(1 for line in self.lines if line.becomes in outcomes)

    def told(self) -> list[Kept]:
        """Each row as it is shown and kept."""
        return [Kept(line.place, line.becomes, line.reference, line.notes) for line in self.lines]


def may_take_in(by: Member, kind: str) -> bool:
    """Whether the member takes in files of this kind."""
    return by.may(Permission.CONCERN_RECORD if kind == CONCERNS else Permission.RECORDS_TAKE_IN)


def uploaded_file(content: bytes, kind: str) -> ImportFile:
    """The entries of an uploaded file, by the template and what the force decided about headings. Raises NotRead."""
    most = MOST_ROWS if kind == CONCERNS else MOST_RECORDS
    file = open_import(lambda: BytesIO(content), template_of(kind), decided_headings(kind))
    entries = list(islice(file.entries(), most + 1))
    if len(entries) > most:
        raise NotRead(f"the file contains more than {most} rows: split it, keeping rows of one incident in one file, or ask "
                      "your force’s IT team to import it by command")  # fmt: skip
    return replace(file, entries=lambda: iter(entries))


def look_at_file(by: Member, file: ImportFile, now: datetime) -> Report:
    """What taking the file in would do. Writes nothing."""
    return _report(Run(by, file, now, _within_the_page, applies=False))


def take_file_in(*, by: Member, at: datetime, file: ImportFile, name: str = "") -> Report:
    """Takes in what did not come before. Within the caller's transaction."""
    return _report(Run(by, file, at, _within_the_page, applies=True, file_name=name))


def _report(run: Run) -> Report:
    report = Report(run.file.notes)
    for line in run.lines():
        report.lines.append(line)
        if line.becomes == REFUSED and line.entry is not None:
            report.rejected.append((line.entry, line.notes[0]))
    return report


def _within_the_page(write: Callable[[], Done]) -> Done:
    """What the write gives. Raises BadLine where a value cannot be kept, with nothing of it written."""
    return attempt(transaction.atomic(write), tries=0)


def take_whole_in(
    *, by: Member, at: datetime, file: ImportFile, name: str, mark: str, days: tuple[date, date] | None
) -> Report:
    """Takes the file in, and with it that of these days, from the first to the last, all of its kind are here. Where that is said
    and a row is refused, nothing is. What was let go stands in no way of it: of its days nothing is told, whatever is said."""
    with transaction.atomic():
        report = take_file_in(by=by, at=at, file=file, name=name)
        if days is not None and report.count(REFUSED):
            transaction.set_rollback(True)
        elif days is not None:
            kind = file.template.kind
            say_whole(by=by, at=at, kind=kind, first=days[0], last=days[1], file_name=name, file_mark=mark)
    return report


def keep_what_became(*, by: Member, at: datetime, file: ImportFile, report: Report) -> UUID:
    """Keeps the report of a file that was taken in, for whoever took it in; by what it is found."""
    rows = [astuple(row) for row in report.told()]
    rejected = file.rejects(report.rejected) if report.rejected else ""
    ending = ".jsonl" if file.is_json else ".csv"
    return keep_report(by=by, at=at, kind=file.template.kind, rows=rows, rejected=rejected, ending=ending).id

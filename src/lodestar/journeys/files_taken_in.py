"""A file that comes by a page: what it would bring, and taking it in. Fewer rows than by the command, in the page's own
transaction; one that cannot be kept stops no other."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, OperationalError, transaction
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.journeys import record_read, row_read
from lodestar.journeys.entries import Entry, Source
from lodestar.journeys.files_read import open_source
from lodestar.journeys.importing import why_no_json
from lodestar.journeys.let_go import records_let_go
from lodestar.journeys.record_read import record_of
from lodestar.journeys.records_imported import import_records, look_at_records
from lodestar.journeys.row_read import NothingTold, RowTold
from lodestar.journeys.rows_grouped import have_equals, together
from lodestar.journeys.rows_together import import_together, look_at_several
from lodestar.journeys.taken import ADDED, LET_GO, MADE, STOOD, Taken
from lodestar.kernel.cells import harmless, table
from lodestar.kernel.table_text import NotRead
from lodestar.recognition.actions.files import keep_report
from lodestar.recognition.actions.whole import say_whole
from lodestar.recognition.rules.earlier import RecordTold

CONCERNS = "concerns"
LARGEST = 2_000_000  # bytes
MOST_UNPACKED = 30_000_000  # bytes of a part of a workbook
MOST_ROWS = 50  # of concerns: each makes a case
MOST_RECORDS = 200
LOOKED_THROUGH = 20_000  # rows of a file that is too long, for those that say the same
AN_ENCOUNTER = "it is no row of a table: whoever runs Lodestar takes in encounters by its command"
NO_RECORD = "it holds none of the columns of an earlier record"
CANNOT_KEEP = "a value cannot be kept"
STAY_TOGETHER = "keep rows that say the same in one file"
AS_IT_CAME = "as it came"
Told = TypeVar("Told")


class TooMany(NotRead):
    """A file of more rows than a page takes."""


@dataclass(frozen=True)
class Line:
    """One row as it is told: where it stands, what becomes of it (`made`, `added`, `stood`, `let_go` for what is not taken in
    because it was let go, or `refused`), and what is told of it."""

    place: str
    becomes: str
    reference: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Report:
    """What a file brings: how many rows of each outcome, each row, and what is told of the file as a whole. `rejected`
    are those to put right: not what was let go, of which nothing is kept."""

    notes: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    rejected: list[Entry] = field(default_factory=list)

    def count(self, *outcomes: str) -> int:
        """How many rows have one of these outcomes."""
        return sum(1 for line in self.lines if line.becomes in outcomes)


@dataclass(frozen=True)
class FileIn:
    """A file that was read: of which kind, its name, its entries and what is told of it."""

    kind: str
    name: str
    source: Source
    entries: tuple[Entry, ...]


def may_take_in(by: Member, kind: str) -> bool:
    """Whether the member takes in files of this kind."""
    return by.may(Permission.CONCERN_RECORD if kind == CONCERNS else Permission.RECORDS_TAKE_IN)


def file_of(content: bytes, name: str, kind: str) -> FileIn:
    """The entries of a file. Raises NotRead with one sentence. It lies on the disk only while it is read, for our eyes alone."""
    most = MOST_ROWS if kind == CONCERNS else MOST_RECORDS
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(content)
        kept.flush()
        columns = row_read.COLUMNS if kind == CONCERNS else record_read.COLUMNS
        source = open_source(Path(kept.name), columns, MOST_UNPACKED)
        entries = tuple(islice(source.entries, most + 1))
        if len(entries) > most:
            told = f"the file holds more than {most} rows: split it, or ask whoever runs Lodestar to take it in by its command"
            stay = kind == CONCERNS and have_equals(chain(entries, source.entries), timezone.now(), LOOKED_THROUGH)
            raise TooMany(f"{told}. Where you split it, {STAY_TOGETHER}" if stay else told)
    return FileIn(kind, name, source, entries)


def look_at_file(by: Member, file: FileIn, now: datetime) -> Report:
    """What taking the file in would do. Writes nothing."""
    return _of_concerns(by, file, now, _would_take) if file.kind == CONCERNS else _of_records(by, file, now, _would_keep)


def take_file_in(*, by: Member, at: datetime, file: FileIn) -> Report:
    """Takes in what did not come before. Within the caller's transaction."""
    return _of_concerns(by, file, at, _take) if file.kind == CONCERNS else _of_records(by, file, at, _keep)


def take_whole_in(*, by: Member, at: datetime, file: FileIn, mark: str, days: tuple[date, date] | None) -> Report:
    """Takes the file in, and with it that of these days, from the first to the last, all of its kind are here. Where that is said
    and a row cannot be taken in, whether it cannot be read or not be written, nothing is. What was let go stands in no way of it:
    of its days nothing is told, whatever is said of them."""
    with transaction.atomic():
        report = take_file_in(by=by, at=at, file=file)
        if days is not None and report.count("refused"):
            transaction.set_rollback(True)
        elif days is not None:
            say_whole(by=by, at=at, kind=file.kind, first=days[0], last=days[1], file_name=file.name, file_mark=mark)
    return report


def keep_what_became(*, by: Member, at: datetime, file: FileIn, report: Report) -> UUID:
    """Keeps the report of a file that was taken in, for whoever took it in; by what it is found."""
    rows = [(line.place, line.becomes, line.reference, line.notes) for line in report.lines]
    rejected, ending = file_to_put_right(file, report.rejected), file.source.ending
    return keep_report(by=by, at=at, kind=file.kind, rows=rows, rejected=rejected, ending=ending).id


def file_to_put_right(file: FileIn, entries: Sequence[Entry]) -> str:
    """These entries as a file that can be put right and taken in: of a table one that no spreadsheet runs anything of. What
    could not be told apart into cells stands in a column of its own, as it came."""
    if not entries or file.source.ending != ".csv":
        return _storable("".join(one.raw if one.raw.endswith("\n") else f"{one.raw}\n" for one in entries if one.raw))
    rows: list[dict[tuple[str, int], str]] = []
    for entry in entries:
        seen: Counter[str] = Counter()
        rows.append({})
        for name, text in entry.cells or [(AS_IT_CAME, entry.raw.rstrip("\r\n"))]:
            rows[-1][name, seen[name]] = _storable(text)
            seen[name] += 1
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return table([harmless(name) for name, _ in columns], [[row.get(one, "") for one in columns] for row in rows]).decode()


def _storable(text: str) -> str:
    """The text as it can be kept: a byte that is no text stands as a question mark."""
    return text.encode("utf-8", "replace").decode()


# --- concerns -----------------------------------------------------------------------------------------------------------------

Concerns = Sequence[Sequence[RowTold]]
OneByOne = list[list[Taken | None]]  # None for what cannot be kept


def _of_concerns(by: Member, file: FileIn, now: datetime, do: Callable[[Member, datetime, Concerns], OneByOne]) -> Report:
    groups = [[(entry, row) for entry, row in group] for group in together(file.source, now, file.entries)]
    rows = [[(entry, row) for entry, row in group if isinstance(row, RowTold)] for group in groups]
    taken = iter(do(by, now, [[row for _, row in group] for group in rows if group]))
    report = Report(list(file.source.notes))
    for group, told in zip(groups, rows, strict=True):
        if not told:
            wrong = [(entry, row or AN_ENCOUNTER) for entry, row in group if not isinstance(row, RowTold)]
            report.lines += [_refused(file, entry, why) for entry, why in wrong]
            report.rejected += [entry for entry, _ in wrong]
            continue
        found = next(taken)
        for place, (entry, row) in enumerate(told):
            one = found[place]
            if one is None:
                report.lines.append(_refused(file, entry, CANNOT_KEEP))
                report.rejected.append(entry)
                continue
            if one.what == LET_GO:
                report.lines.append(Line(file.source.place(entry), LET_GO, notes=(one.why,)))
                continue
            report.lines.append(Line(file.source.place(entry), one.what, one.reference, (*entry.notes, *row.notes, *one.notes)))
    return report


def _would_take(by: Member, _: datetime, concerns: Concerns) -> OneByOne:
    return [list(one) for one in look_at_several(by=by, concerns=concerns)]


def _take(by: Member, at: datetime, concerns: Concerns) -> OneByOne:
    if not concerns:
        return []
    whole = _tried(lambda: import_together(by=by, at=at, concerns=concerns))
    if whole is not None:
        return [list(one) for one in whole]
    return [_of_one(by, at, rows) for rows in concerns]


def _of_one(by: Member, at: datetime, rows: Sequence[RowTold]) -> list[Taken | None]:
    """Takes in rows of one incident; where one of them cannot be kept, each by itself. One that says the same as a row before it
    stands by its number in this file alone: refused with its neighbour, it would be taken for that row when it comes again."""
    whole = _tried(partial(import_together, by=by, at=at, concerns=[rows]))
    if whole is not None:
        return [*whole[0]]
    return [None] if len(rows) == 1 else [one for row in rows for one in _of_one(by, at, [row])]


# --- earlier records ------------------------------------------------------------------------------------------------------------

Fresh = dict[str, bool]


def _of_records(
    by: Member, file: FileIn, now: datetime, do: Callable[[Member, datetime, list[RecordTold], str], tuple[Fresh, set[str]]]
) -> Report:
    read = [(entry, _record(entry, file.kind, now)) for entry in file.entries]
    records = [one for _, one in read if isinstance(one, RecordTold)]
    gone = records_let_go(one.key for one in records)
    fresh, lost = do(by, now, records, file.name)
    report, seen = Report(list(file.source.notes)), set[str]()
    for entry, one in read:
        if isinstance(one, RecordTold) and one.key in gone:
            report.lines.append(Line(file.source.place(entry), LET_GO, notes=(gone[one.key],)))
            continue
        if isinstance(one, str) or one.key in lost:
            report.lines.append(_refused(file, entry, one if isinstance(one, str) else CANNOT_KEEP))
            report.rejected.append(entry)
            continue
        is_new = one.key in fresh and one.key not in seen
        seen.add(one.key)
        notes = (*(["may show a sign"] if is_new and fresh[one.key] else []), *entry.notes, *one.notes)
        report.lines.append(Line(file.source.place(entry), MADE if is_new else STOOD, one.reference, notes))
    return report


def _record(entry: Entry, kind: str, now: datetime) -> RecordTold | str:
    if entry.fault or entry.cells is None:
        return entry.fault or why_no_json(entry.line or b"") or NO_RECORD
    try:
        return record_of(entry.cells, kind, now, is_object=entry.is_object)
    except NothingTold as fault:
        return str(fault)


def _would_keep(_: Member, now: datetime, records: list[RecordTold], __: str) -> tuple[Fresh, set[str]]:
    return look_at_records(records, now), set()


def _keep(by: Member, at: datetime, records: list[RecordTold], name: str) -> tuple[Fresh, set[str]]:
    whole = _tried(lambda: import_records(by=by, at=at, records=records, file_name=name))
    if whole is not None:
        return whole, set()
    fresh: Fresh = {}
    lost: set[str] = set()
    for record in records:
        one = _tried(partial(import_records, by=by, at=at, records=[record], file_name=name))
        if one is None:
            lost.add(record.key)
        else:
            fresh |= one
    return fresh, lost


def _tried(write: Callable[[], Told]) -> Told | None:
    """What the write gives; None where a value cannot be kept, with nothing of it written."""
    try:
        with transaction.atomic():
            return write()
    except OperationalError:
        raise  # the database's trouble, not the row's
    except (DatabaseError, ValueError):
        return None


def _refused(file: FileIn, entry: Entry, why: str) -> Line:
    return Line(file.source.place(entry), "refused", notes=(why,))


def outcomes(report: Report) -> Iterator[tuple[str, int]]:
    """How many rows are new, add to what stands, stood already, and are not taken in."""
    for name, kinds in (("new", (MADE,)), ("added", (ADDED,)), ("stood", (STOOD,)), ("refused", ("refused", LET_GO))):
        yield name, report.count(*kinds)

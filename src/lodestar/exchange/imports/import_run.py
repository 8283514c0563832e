"""The rows of a file are taken in, or looked at, which is the same and undone: what belongs to one incident is one transaction,
and a row that cannot be kept stops no other. A file that comes by a page is taken in in the page's own transaction, and has fewer
rows than by the command."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from io import BytesIO
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from lodestar.exchange.imports.actions.concern_import import import_rows, reference_use
from lodestar.exchange.imports.actions.earlier_reports import SAME, WasLetGo, content_of, erased_records, mark_of
from lodestar.exchange.imports.actions.encounter_import import import_concern, import_key, refuse_times
from lodestar.exchange.imports.import_files import (
    ADDED,
    LET_GO,
    MADE,
    REFUSED,
    STOOD,
    Entry,
    ImportFile,
    RowOutcome,
    RowRejected,
    attempt,
    open_import,
)
from lodestar.exchange.imports.import_rows import ConcernRow, concern_key, concern_row, record_row
from lodestar.intelligence.earlier_records.actions.records import keep_records, keep_report
from lodestar.intelligence.earlier_records.queries.records import keys_with_signs
from lodestar.intelligence.earlier_records.rules.earlier import RecordInput
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.tables.mappings import decided_headings
from lodestar.platform.tables.rules import template_of
from lodestar.platform.tables.table_files import NotRead
from lodestar.platform.text.strict_json import read_json

MOST_OF_AN_INCIDENT = 200  # rows of one incident that are written in one transaction
RECORDS_TOGETHER = 100
NO_ROW = "none of its keys is a column: call them as the template does, such as name, born or narrative"
Done = TypeVar("Done")
Write = Callable[[Callable[[], Done]], Done]  # runs a write in a transaction; raises RowRejected for what cannot be kept
Row = TypeVar("Row")
Line = tuple[Entry, RowOutcome]


@dataclass
class Run:
    """One file that is looked at, or with `applies` taken in."""

    by: Member
    file: ImportFile
    now: datetime
    write: Write
    applies: bool
    file_name: str = ""

    def __post_init__(self) -> None:
        self.seen: set[str] = set()  # what stands earlier in this file, for a run that writes nothing

    def lines(self) -> Iterator[Line]:
        """What becomes of each entry, in their order."""
        return self._concern_lines() if self.file.template.kind == "concerns" else self._record_lines()

    def _write(self, write: Callable[[], Done]) -> Done:
        """What the write gives; for a run that only looks, undone again."""
        return self.write(write if self.applies else partial(_undone, write))

    def _take(self, group: Sequence[tuple[Entry, Row]], write: Callable[[list[Row]], list[RowOutcome]]) -> Iterator[Line]:
        """Takes in some rows together; where one cannot be kept each by itself."""
        try:
            taken = self._write(lambda: write([row for _, row in group])) if group else []
        except RowRejected as fault:
            if len(group) == 1:
                yield group[0][0], RowOutcome(REFUSED, notes=(str(fault),))
                return
            for pair in group:
                yield from self._take([pair], write)
            return
        yield from zip((entry for entry, _ in group), taken, strict=True)

    # --- concerns ---

    def _concern_lines(self) -> Iterator[Line]:
        reader = _Reader(self.file, self.now)
        waiting: list[tuple[Entry, ConcernRow]] = []
        for entry in self.file.entries():
            row, why = None, ""
            try:
                row = reader.row(entry)
            except RowRejected as fault:
                why = str(fault)
            goes_on = row is not None and waiting and row.incident and row.incident == waiting[-1][1].incident
            if not goes_on or len(waiting) == MOST_OF_AN_INCIDENT:
                yield from self._take(waiting, self._concern)
                waiting = []
            if row is not None:
                waiting.append((entry, row))
            else:
                yield entry, RowOutcome(REFUSED, notes=(why,)) if why else self._encounter(entry.line or "")
        yield from self._take(waiting, self._concern)

    def _concern(self, rows: list[ConcernRow]) -> list[RowOutcome]:
        outcomes = import_rows(by=self.by, at=self.now, rows=rows)
        outcomes = outcomes if self.applies else self._as_looked_at(rows, outcomes)
        return [
            outcome
            if outcome.what in (LET_GO, REFUSED)
            else replace(outcome, notes=(*row.notes, *outcome.notes), name=row.incident)
            for row, outcome in zip(rows, outcomes, strict=True)
        ]

    def _as_looked_at(self, rows: list[ConcernRow], outcomes: list[RowOutcome]) -> list[RowOutcome]:
        """What would become of these rows after those that stand earlier in the file, of which nothing was kept either."""
        concern = concern_key(rows[0].incident, rows[0].key)
        made = {outcome.reference for outcome in outcomes if outcome.what == MADE}
        shown = []
        for row, outcome in zip(rows, outcomes, strict=True):
            if row.key in self.seen:
                shown.append(RowOutcome(STOOD))
            elif outcome.what == MADE and concern in self.seen:
                shown.append(RowOutcome(ADDED))
            else:
                shown.append(replace(outcome, reference="") if outcome.reference in made else outcome)
        if stand := {row.key for row, outcome in zip(rows, shown, strict=True) if outcome.what not in (LET_GO, REFUSED)}:
            self.seen |= stand | {concern}
        return shown

    # --- encounters ---

    def _encounter(self, line: str) -> RowOutcome:
        try:
            return self._write(lambda: self._encounter_taken(read_json(line.encode())))
        except WasLetGo as gone:
            return RowOutcome(LET_GO, notes=(str(gone),))
        except RowRejected as fault:
            return RowOutcome(REFUSED, notes=(str(fault),))

    def _encounter_taken(self, sent: object) -> RowOutcome:
        if not isinstance(sent, dict) or not {"encountered_at", "people", "reference"} & set(sent):
            raise RowRejected(NO_ROW)
        try:
            encounter = read_encounter(sent)
            refuse_times(encounter, self.now)
            key, content, name = import_key(encounter, sent), content_of(encounter), encounter.reference or ""
            made = import_concern(by=self.by, at=encounter.encountered_at, encounter=encounter, key=key, content=content)
        except FormErrors as faults:
            raise RowRejected(
                "; ".join(f"{error['path'] or 'the line'}: {error['message']}" for error in faults.errors)
            ) from None
        if self.applies or not made.is_new:
            return RowOutcome(MADE if made.is_new else STOOD, made.reference, name=name)
        mark = mark_of(key, content)
        stood = mark in self.seen
        if key in self.seen and not stood:
            raise RowRejected(f"reference: it differs from an earlier row with this reference: {SAME}")
        self.seen |= {key, mark}
        return RowOutcome(STOOD if stood else MADE, name=name)

    # --- earlier records ---

    def _record_lines(self) -> Iterator[Line]:
        waiting: list[tuple[Entry, RecordInput]] = []
        for entry in self.file.entries():
            try:
                if entry.fault or entry.line is not None:
                    raise RowRejected(entry.fault or NO_ROW)
                waiting.append((entry, record_row(entry.cells, entry.others, self.file.template.kind, self.now)))
            except RowRejected as fault:
                yield entry, RowOutcome(REFUSED, notes=(str(fault),))
            if len(waiting) >= RECORDS_TOGETHER:
                yield from self._take(waiting, self._records)
                waiting = []
        yield from self._take(waiting, self._records)

    def _records(self, records: list[RecordInput]) -> list[RowOutcome]:
        erasure_reasons = erased_records(earlier_record.key for earlier_record in records)
        fresh = set(keep_records(by=self.by, at=self.now, records=records, file_name=self.file_name))
        showing, new = keys_with_signs(fresh), fresh - self.seen
        taken = []
        for earlier_record in records:
            if earlier_record.key in erasure_reasons:
                taken.append(RowOutcome(LET_GO, notes=(erasure_reasons[earlier_record.key],)))
            elif earlier_record.key in new:
                sign = ["may show a sign"] if earlier_record.key in showing else []
                taken.append(RowOutcome(MADE, earlier_record.reference, (*sign, *earlier_record.notes), has_sign=bool(sign)))
            else:
                taken.append(RowOutcome(STOOD, earlier_record.reference, tuple(earlier_record.notes)))
            new.discard(earlier_record.key)
        if not self.applies:
            self.seen |= {earlier_record.key for earlier_record in records}
        return taken


def _undone(write: Callable[[], Done]) -> Done:
    with transaction.atomic():
        result = write()
        transaction.set_rollback(True)
    return result


class _Reader:
    """Reads the rows of one file of concerns, and sees which say the same as one before. Of a long table only numbers are kept.

    Rows that say the same in every column are two people where neither a name nor a reference tells who; one, where a reference
    or a name with a date of birth does; and a name alone does not tell: a person decides (docs/adr/0046)."""

    def __init__(self, file: ImportFile, now: datetime) -> None:
        self.file, self.now = file, now
        self.use = reference_use(file.entries())
        self.first: dict[int, int] = {}
        self.more: dict[int, int] = {}

    def row(self, entry: Entry) -> ConcernRow | None:
        """What an entry says; None for an encounter. Raises RowRejected."""
        if entry.fault:
            raise RowRejected(entry.fault)
        if entry.line is not None:
            return None
        row = concern_row(entry.cells, entry.others, self.now)
        if why := self.use.why_refused(row):
            raise RowRejected(why)
        return self._same_or_other(entry, row)

    def _same_or_other(self, entry: Entry, row: ConcernRow) -> ConcernRow:
        number = int(row.key[:16], 16)
        first = self.first.setdefault(number, entry.number)
        if first == entry.number:
            return row
        place = self.file.place(replace(entry, number=first))
        person = row.person or {}
        if row.person is not None and not row.person_ref and not person.get("name"):
            self.more[number] = self.more.get(number, 1) + 1
            key = hashlib.sha256(f"{row.key}\n{self.more[number]}".encode()).hexdigest()
            return replace(row, key=key, notes=[*row.notes, f"it says the same as {place} without a name: it is someone else"])
        if row.person is not None and not row.person_ref and not person.get("birth_date"):
            raise RowRejected(f"it says the same as {place}: give another person a person_ref, and leave out what is there twice")
        return replace(row, notes=[*row.notes, f"it says the same as {place}, and was taken for the same"])


CONCERNS = "concerns"
LARGEST = 2_000_000  # bytes
MOST_ROWS = 50  # of concerns: each makes a case
MOST_RECORDS = 200


@dataclass(frozen=True)
class Report:
    """What a file brings: what there is to know of it as a whole, and what becomes of each row."""

    file: ImportFile
    lines: list[Line]

    def count(self, *outcomes: str) -> int:
        """How many rows have one of these outcomes."""
        return sum(1 for _, taken in self.lines if taken.what in outcomes)

    def placed(self) -> list[tuple[str, RowOutcome]]:
        """What becomes of each row, with its place in the file."""
        return [(self.file.place(entry), outcome) for entry, outcome in self.lines]

    def rejected(self) -> str:
        """The rows to put right as a file, each with the reason: not what was let go, of which nothing is kept."""
        rows = [(entry, taken.notes[0]) for entry, taken in self.lines if taken.what == REFUSED]
        return self.file.rejects(rows) if rows else ""


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
    return Report(file, list(Run(by, file, now, _within_the_page, applies=False).lines()))


def take_file_in(*, by: Member, at: datetime, file: ImportFile, name: str = "") -> Report:
    """Takes in what did not come before. Within the caller's transaction."""
    return Report(file, list(Run(by, file, at, _within_the_page, applies=True, file_name=name).lines()))


def _within_the_page(write: Callable[[], Done]) -> Done:
    """What the write gives. Raises RowRejected where a value cannot be kept, with nothing of it written."""
    return attempt(transaction.atomic(write), tries=0)


def keep_what_became(*, by: Member, at: datetime, report: Report) -> UUID:
    """Keeps the report of a file that was taken in, for whoever took it in; by what it is found."""
    rows = [(place, outcome.what, outcome.reference, outcome.notes) for place, outcome in report.placed()]
    ending = ".jsonl" if report.file.is_json else ".csv"
    kind = report.file.template.kind
    return keep_report(by=by, at=at, kind=kind, rows=rows, rejected=report.rejected(), ending=ending).id

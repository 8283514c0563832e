"""The rows of a file are taken in, or looked at, which is the same and undone: what belongs to one incident is one transaction,
and a row that cannot be kept stops no other."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db import transaction

from lodestar.accounts.access import Member
from lodestar.journeys.concern_import import import_rows
from lodestar.journeys.concern_rows import ConcernRow, concern_key, concern_row
from lodestar.journeys.concerns_imported import import_concern, import_key, refuse_times
from lodestar.journeys.encounter_said import SAME, content_of, mark_of
from lodestar.journeys.import_files import Entry, ImportFile, RowRejected
from lodestar.journeys.importing import BadLine
from lodestar.journeys.let_go import WasLetGo, records_let_go
from lodestar.journeys.record_rows import record_row
from lodestar.journeys.reference_checks import reference_use
from lodestar.journeys.taken import ADDED, LET_GO, MADE, REFUSED, STOOD, Taken
from lodestar.kernel.encounter_form import read_encounter
from lodestar.kernel.form_values import FormErrors
from lodestar.kernel.strict_json import read_json
from lodestar.recognition.actions.records import keep_records
from lodestar.recognition.queries.records import keys_with_signs
from lodestar.recognition.rules.earlier import RecordTold

MOST_OF_AN_INCIDENT = 200  # rows of one incident that are written in one transaction
RECORDS_TOGETHER = 100
NO_ROW = "none of its keys is a column: call them as the template does, such as name, born or narrative"
Done = TypeVar("Done")
Write = Callable[[Callable[[], Done]], Done]  # runs a write in a transaction; raises BadLine for what cannot be kept
Group = list[tuple[Entry, ConcernRow]]


@dataclass(frozen=True)
class Line:
    """One row as it is shown: where it stands, what becomes of it (`made`, `added`, `stood`, `let_go`, `refused`), the reference
    of its case, what there is to know; its entry, what the other system calls it, and whether it may show a sign."""

    place: str
    becomes: str
    reference: str = ""
    notes: tuple[str, ...] = ()
    entry: Entry | None = None
    name: str = ""
    has_sign: bool = False


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

    def _refused(self, entry: Entry, why: str) -> Line:
        return Line(self.file.place(entry), REFUSED, notes=(why,), entry=entry)

    # --- concerns ---

    def _concern_lines(self) -> Iterator[Line]:
        reader = _Reader(self.file, self.now)
        waiting: Group = []
        for entry in self.file.entries():
            row, why = None, ""
            try:
                row = reader.row(entry)
            except RowRejected as fault:
                why = str(fault)
            goes_on = row is not None and waiting and row.incident and row.incident == waiting[-1][1].incident
            if not goes_on or len(waiting) == MOST_OF_AN_INCIDENT:
                yield from self._take(waiting)
                waiting = []
            if row is not None:
                waiting.append((entry, row))
            else:
                yield self._refused(entry, why) if why else self._encounter(entry)
        yield from self._take(waiting)

    def _take(self, group: Group) -> Iterator[Line]:
        """Takes in rows of one incident; where one cannot be kept each by itself."""
        if not group:
            return
        try:
            taken = self._write(lambda: self._taken([row for _, row in group]))
        except BadLine as fault:
            if len(group) == 1:
                yield self._refused(group[0][0], str(fault))
                return
            for pair in group:
                yield from self._take([pair])
            return
        for (entry, row), one in zip(group, taken, strict=True):
            if one.what in (LET_GO, REFUSED):
                yield Line(self.file.place(entry), one.what, notes=(one.why,), entry=entry)
                continue
            notes = (*row.notes, *one.notes)
            yield Line(self.file.place(entry), one.what, one.reference, notes, entry, row.incident)

    def _taken(self, rows: list[ConcernRow]) -> list[Taken]:
        found = import_rows(by=self.by, at=self.now, rows=rows)
        return found if self.applies else self._as_looked_at(rows, found)

    def _as_looked_at(self, rows: list[ConcernRow], found: list[Taken]) -> list[Taken]:
        """What would become of these rows after those that stand earlier in the file, of which nothing was kept either."""
        concern = concern_key(rows[0].incident, rows[0].key)
        made = {one.reference for one in found if one.what == MADE}
        shown = []
        for row, one in zip(rows, found, strict=True):
            if row.key in self.seen:
                shown.append(Taken(STOOD, ""))
            elif one.what == MADE and concern in self.seen:
                shown.append(Taken(ADDED, ""))
            else:
                shown.append(replace(one, reference="") if one.reference in made else one)
        if stand := {row.key for row, one in zip(rows, shown, strict=True) if one.what not in (LET_GO, REFUSED)}:
            self.seen |= stand | {concern}
        return shown

    # --- encounters ---

    def _encounter(self, entry: Entry) -> Line:
        try:
            taken, name = self._write(partial(self._encounter_taken, entry.line or ""))
        except WasLetGo as gone:
            return Line(self.file.place(entry), LET_GO, notes=(str(gone),), entry=entry)
        except BadLine as fault:
            return self._refused(entry, str(fault))
        return Line(self.file.place(entry), taken.what, taken.reference, (), entry, name)

    def _encounter_taken(self, line: str) -> tuple[Taken, str]:
        try:
            return self._of_encounter(read_json(line.encode()))
        except FormErrors as faults:
            raise BadLine("; ".join(f"{one['path'] or 'the line'}: {one['message']}" for one in faults.errors)) from None

    def _of_encounter(self, sent: object) -> tuple[Taken, str]:
        if not isinstance(sent, dict) or not {"encountered_at", "people", "reference"} & set(sent):
            raise BadLine(NO_ROW)
        encounter = read_encounter(sent)
        refuse_times(encounter, self.now)
        key, content, name = import_key(encounter, sent), content_of(encounter), encounter.reference or ""
        made = import_concern(by=self.by, at=encounter.encountered_at, encounter=encounter, key=key, content=content)
        if self.applies or not made.is_new:
            return Taken(MADE if made.is_new else STOOD, made.reference), name
        mark = mark_of(key, content)
        stood = mark in self.seen
        if key in self.seen and not stood:
            raise BadLine(f"reference: it differs from an earlier row with this reference: {SAME}")
        self.seen |= {key, mark}
        return Taken(STOOD if stood else MADE, ""), name

    # --- earlier records ---

    def _record_lines(self) -> Iterator[Line]:
        waiting: list[tuple[Entry, RecordTold]] = []
        for entry in self.file.entries():
            try:
                if entry.fault or entry.line is not None:
                    raise RowRejected(entry.fault or NO_ROW)
                waiting.append((entry, record_row(entry.cells, entry.others, self.file.template.kind, self.now)))
            except RowRejected as fault:
                yield self._refused(entry, str(fault))
            if len(waiting) >= RECORDS_TOGETHER:
                yield from self._take_records(waiting)
                waiting = []
        yield from self._take_records(waiting)

    def _take_records(self, some: Sequence[tuple[Entry, RecordTold]]) -> Iterator[Line]:
        try:
            fresh, gone = self._write(lambda: self._records_taken([record for _, record in some]))
        except BadLine as fault:
            if len(some) == 1:
                yield self._refused(some[0][0], str(fault))
                return
            for one in some:
                yield from self._take_records([one])
            return
        for entry, record in some:
            if record.key in gone:
                yield Line(self.file.place(entry), LET_GO, notes=(gone[record.key],), entry=entry)
                continue
            is_new = record.key in fresh and record.key not in self.seen
            self.seen.add(record.key)
            sign = is_new and fresh[record.key]
            notes = (*(["may show a sign"] if sign else []), *record.notes)
            becomes = MADE if is_new else STOOD
            yield Line(self.file.place(entry), becomes, record.reference, notes, entry, has_sign=sign)

    def _records_taken(self, records: list[RecordTold]) -> tuple[dict[str, bool], dict[str, str]]:
        """The keys of those that are new, each with whether it may show a sign; and of those that were let go, each with why."""
        gone = records_let_go(one.key for one in records)
        fresh = keep_records(by=self.by, at=self.now, records=records, file_name=self.file_name)
        showing = keys_with_signs(fresh)
        return {key: key in showing for key in fresh}, gone


def _undone(write: Callable[[], Done]) -> Done:
    with transaction.atomic():
        found = write()
        transaction.set_rollback(True)
    return found


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


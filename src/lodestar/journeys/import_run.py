"""The rows of a file are looked at or taken in, some at a time: what belongs to one incident is one transaction, and a row that
cannot be kept stops no other."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from lodestar.accounts.access import Member
from lodestar.journeys.concern_import import import_rows
from lodestar.journeys.concern_rows import ConcernRow, concern_key, concern_row
from lodestar.journeys.concerns_imported import concerns_standing, import_concern, import_key, refuse_times
from lodestar.journeys.encounter_said import SAME, Said, SaysOtherwise
from lodestar.journeys.import_files import Entry, ImportFile, RowRejected
from lodestar.journeys.importing import BadLine
from lodestar.journeys.let_go import WasLetGo, records_let_go, refuse_let_go
from lodestar.journeys.record_rows import record_row
from lodestar.journeys.records_imported import import_records, look_at_records
from lodestar.journeys.reference_checks import reference_use
from lodestar.journeys.rows_together import import_together, look_at_several
from lodestar.journeys.sent_before import own_key
from lodestar.journeys.taken import LET_GO, MADE, REFUSED, STOOD, Taken
from lodestar.kernel.encounter_form import read_encounter
from lodestar.kernel.form_values import FormErrors
from lodestar.kernel.strict_json import read_json
from lodestar.recognition.rules.earlier import RecordTold

MOST_OF_AN_INCIDENT = 200  # rows of one incident that are written in one transaction
# Rows of several incidents that are written in one transaction: while they are, nobody else is given the number of a case.
CONCERNS_TOGETHER = 50
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

    def _refused(self, entry: Entry, why: str) -> Line:
        return Line(self.file.place(entry), REFUSED, notes=(why,), entry=entry)

    # --- concerns ---

    def _concern_lines(self) -> Iterator[Line]:
        reader = _Reader(self.file, self.now)
        waiting: list[Group] = []
        for entry in self.file.entries():
            try:
                row = reader.row(entry)
            except RowRejected as fault:
                yield from self._take_waiting(waiting)
                yield self._refused(entry, str(fault))
                continue
            if row is None:
                yield from self._take_waiting(waiting)
                yield self._encounter(entry)
                continue
            last = waiting[-1] if waiting else []
            if last and row.incident and row.incident == last[-1][1].incident and len(last) < MOST_OF_AN_INCIDENT:
                last.append((entry, row))
                continue
            if sum(map(len, waiting)) >= CONCERNS_TOGETHER:
                yield from self._take_waiting(waiting)
            waiting.append([(entry, row)])
        yield from self._take_waiting(waiting)

    def _take_waiting(self, waiting: list[Group]) -> Iterator[Line]:
        groups, waiting[:] = list(waiting), []
        if groups:
            yield from self._take(groups)

    def _take(self, groups: Sequence[Group]) -> Iterator[Line]:
        """Takes in rows of several incidents; where one cannot be kept each incident, and then each row, by itself."""
        try:
            taken = self.write(lambda: self._taken([[row for _, row in group] for group in groups]))
        except BadLine as fault:
            parts = [[group] for group in groups] if len(groups) > 1 else [[[one]] for one in groups[0]]
            if len(parts) == 1:
                yield self._refused(groups[0][0][0], str(fault))
                return
            for part in parts:
                yield from self._take(part)
            return
        for group, outcomes in zip(groups, taken, strict=True):
            for (entry, row), one in zip(group, outcomes, strict=True):
                if one.what in (LET_GO, REFUSED):
                    yield Line(self.file.place(entry), one.what, notes=(one.why,), entry=entry)
                    continue
                notes = (*row.notes, *one.notes)
                yield Line(self.file.place(entry), one.what, one.reference, notes, entry, row.incident)

    def _taken(self, concerns: list[list[ConcernRow]]) -> list[list[Taken]]:
        if self.applies and len(concerns) == 1:
            return [import_rows(by=self.by, at=self.now, rows=concerns[0])]
        if self.applies:
            return import_together(by=self.by, at=self.now, concerns=concerns)
        outcomes = look_at_several(by=self.by, concerns=concerns, before=self.seen)
        shown = [
            [Taken(STOOD, "") if row.key in self.seen else one for row, one in zip(rows, some, strict=True)]
            for rows, some in zip(concerns, outcomes, strict=True)
        ]
        for rows, some in zip(concerns, shown, strict=True):
            if stand := {row.key for row, one in zip(rows, some, strict=True) if one.what not in (LET_GO, REFUSED)}:
                self.seen |= stand | {concern_key(rows[0].incident, rows[0].key)}
        return shown

    # --- encounters ---

    def _encounter(self, entry: Entry) -> Line:
        try:
            taken, name, notes = self.write(partial(self._encounter_taken, entry.line or ""))
        except WasLetGo as gone:
            return Line(self.file.place(entry), LET_GO, notes=(str(gone),), entry=entry)
        except BadLine as fault:
            return self._refused(entry, str(fault))
        return Line(self.file.place(entry), taken.what, taken.reference, notes, entry, name)

    def _encounter_taken(self, line: str) -> tuple[Taken, str, tuple[str, ...]]:
        try:
            return self._of_encounter(read_json(line.encode()))
        except SaysOtherwise as fault:
            raise BadLine(str(fault)) from None
        except FormErrors as faults:
            raise BadLine("; ".join(f"{one['path'] or 'the line'}: {one['message']}" for one in faults.errors)) from None

    def _of_encounter(self, sent: object) -> tuple[Taken, str, tuple[str, ...]]:
        if not isinstance(sent, dict) or not {"encountered_at", "people", "reference"} & set(sent):
            raise BadLine(NO_ROW)
        encounter = read_encounter(sent)
        refuse_times(encounter, self.now)
        key, said, name = import_key(encounter, sent), Said(encounter), encounter.reference or ""
        if self.applies:
            made = import_concern(by=self.by, at=encounter.encountered_at, encounter=encounter, key=key, said=said)
            return Taken(MADE if made.is_new else STOOD, made.reference), name, made.notes
        (standing,) = concerns_standing(self.by, [(key, said)])
        if isinstance(standing, SaysOtherwise):
            raise standing
        if standing is not None:
            return Taken(STOOD, standing.reference), name, standing.notes
        refuse_let_go(key, own_key(self.by, key))
        mark = said.mark(key)
        stood = mark in self.seen
        if key in self.seen and not stood:
            raise BadLine(f"reference: it says otherwise than what stands under it earlier in the file: {SAME}")
        self.seen |= {key, mark}
        return Taken(STOOD if stood else MADE, ""), name, ()

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
            fresh, gone = self.write(lambda: self._records_taken([record for _, record in some]))
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
            yield Line(self.file.place(entry), becomes, record.reference, notes, entry, record.reference, sign)

    def _records_taken(self, records: list[RecordTold]) -> tuple[dict[str, bool], dict[str, str]]:
        """The keys of those that are new, each with whether it may show a sign; and of those that were let go, each with why."""
        gone = records_let_go(one.key for one in records)
        if self.applies:
            return import_records(by=self.by, at=self.now, records=records, file_name=self.file_name), gone
        return look_at_records(records, self.now), gone


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
            return replace(row, key=key, notes=[*row.notes, f"it says the same as {place} without a name: it is somebody else"])
        if row.person is not None and not row.person_ref and not person.get("birth_date"):
            raise RowRejected(f"it says the same as {place}: give another person a person_ref, and leave out what is there twice")
        return replace(row, notes=[*row.notes, f"it says the same as {place}, and was taken for the same"])


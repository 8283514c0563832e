"""Rows under one reference that do not look like one incident, or one person, want a person's word: no list of words tells that
N/A is no reference, and twenty women of twenty houses are not to become one. Structure tells: they differ, or are too many."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.cases.models import Person
from lodestar.journeys.concern_rows import ConcernRow, key_of_person, references_of
from lodestar.journeys.import_files import Entry
from lodestar.journeys.sent_before import Standing
from lodestar.kernel.days import london_date
from lodestar.kernel.fuzzy import partial_date
from lodestar.kernel.person_age import age_between
from lodestar.kernel.typed import one_line
from lodestar.recognition.models import RowTakenIn
from lodestar.tables.rules import CONFIRMED

MOST_OF_ONE = 20  # rows under one reference of an incident that nobody has confirmed
OF_AN_INCIDENT = ("happened_at", "happened_time", "reported_at", "reported_time", "place", "postcode")
OF_A_PERSON = ("name", "forename", "surname", "born", "age", "sex")
_ADVICE = (
    f"if it is one all the same, write yes under {CONFIRMED}; else give each a reference of its own, or leave the cell blank"
)
Reference = tuple[str, str]  # of the incident, and of a person in it or empty


@dataclass
class ReferenceUse:
    """How the references of one file are used: by how many rows, and in which columns the rows of one differ."""

    rows: Counter[Reference] = field(default_factory=Counter)
    differs: dict[Reference, dict[str, None]] = field(default_factory=dict)

    def why_refused(self, row: ConcernRow) -> str:
        """Why a row of the file is not taken in under its references; empty where it is."""
        if row.confirmed or not row.incident:
            return ""
        incident, person = (row.incident, ""), (row.incident, row.person_ref)
        for name, reference, use in (("incident_ref", row.incident, incident), ("person_ref", row.person_ref, person)):
            if self.rows[use] > 1 and reference and not has_figure(reference):
                return f"{name} “{reference}” has no figure and is used by {self.rows[use]} rows: {_ADVICE}"
        if columns := self.differs.get(incident):
            return f"{self.rows[incident]} rows of incident_ref “{row.incident}” differ in {', '.join(columns)}: {_ADVICE}"
        if self.rows[incident] > MOST_OF_ONE:
            return f"incident_ref “{row.incident}” is used by {self.rows[incident]} rows: {_ADVICE}"
        if columns := self.differs.get(person):
            return f"rows of person_ref “{row.person_ref}” differ in {', '.join(columns)}: {_ADVICE}"
        return ""


def has_figure(reference: str) -> bool:
    """Whether a reference holds a figure: one that has none (N/A, TBC) may be no reference."""
    return any(map(str.isdecimal, reference))


def reference_use(entries: Iterable[Entry]) -> ReferenceUse:
    """How the references of these entries are used."""
    use, first = ReferenceUse(), dict[Reference, dict[str, str]]()
    for entry in entries:
        incident, person = references_of(entry.cells)
        texts = {name: one_line(text) for name, text in entry.cells} if incident else {}
        for reference, columns in (((incident, ""), OF_AN_INCIDENT), ((incident, person), OF_A_PERSON)):
            if not incident or (columns is OF_A_PERSON and not person):
                continue
            use.rows[reference] += 1
            before = first.setdefault(reference, {})
            for name in columns:
                if name in texts and before.setdefault(name, texts[name]) != texts[name]:
                    use.differs.setdefault(reference, {})[name] = None
    return use


def rows_refused(by: Member, rows: Sequence[tuple[ConcernRow, Standing]]) -> dict[str, str]:
    """Of these rows, each with what stands for its concern, those that differ from the case or the person that their references
    name, by their keys: why they are not taken in. Only of cases that the sender may open: of others nothing is told."""
    open_cases = [(row, stands.case) for row, stands in rows if stands.case and stands.may_open and not row.confirmed]
    keys = {row.key: key_of_person(case.id, row.person_ref) for row, case in open_cases if row.person_ref}
    people = _people({case.id for _, case in open_cases}, keys.values()) if keys else {}
    refused = {}
    for row, case in open_cases:
        person = people.get(keys.get(row.key, ""))
        if not has_figure(row.incident):
            refused[row.key] = f"incident_ref “{row.incident}” has no figure, and a case stands under it: {_ADVICE}"
        elif row.met is not None and row.met != case.encountered_at:
            refused[row.key] = f"incident_ref “{row.incident}” is a case of another time: {_ADVICE}"
        elif person is not None and (differs := _differs(row, person)):
            refused[row.key] = f"person_ref “{row.person_ref}” is a person of another {differs}: {_ADVICE}"
    return refused


def _people(cases: Iterable[UUID], keys: Iterable[str]) -> Mapping[str, Person]:
    taken = RowTakenIn.objects.filter(case__in=[*cases], person_key__in=[*keys], person__isnull=False)
    newest_first = taken.select_related("person__case").order_by("-recorded_at", "-id")  # of two the first is theirs
    return {row.person_key: row.person for row in newest_first if row.person}


def _differs(row: ConcernRow, person: Person) -> str:
    facts = row.person or {}
    for name, words in (("name", "name"), ("birth_date", "birth")):
        now, before = facts.get(name, ""), getattr(person, name)
        if now and before and now != before:
            return words
    on = london_date(row.met or person.case.encountered_at) if person.birth_date and "age_min" in facts else None
    low, high = age_between(partial_date(person.birth_date), on, on) if on else (person.age_min, person.age_max)
    is_other = "age_min" in facts and (
        (high is not None and facts["age_min"] > high + 1) or (low is not None and facts["age_max"] + 1 < low)
    )
    return "age" if is_other else ""

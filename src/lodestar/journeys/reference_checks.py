"""Rows under one reference that do not look like one incident, or one person, want a person's word: no list of words tells that
N/A is no reference, and twenty women of twenty houses are not to become one. Structure tells: they differ, or are too many."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lodestar.cases.models import Case, Person
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
                return f"{name} “{reference}” has no digit and is used by {self.rows[use]} rows: {_ADVICE}"
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


def rows_refused(rows: Sequence[ConcernRow], stands: Standing) -> dict[str, str]:
    """Of these rows of the concern that stands those that differ from the case or the person that their references name, by
    their keys: why they are not taken in. Only of a case that the sender may open: of others nothing is told."""
    case = stands.case
    if case is None or not stands.may_open:
        return {}
    keys = {row.key: key_of_person(case.id, row.person_ref) for row in rows if not row.confirmed}
    people = people_known(case, keys.values())
    refused = {}
    for row in rows:
        if row.confirmed:
            continue
        person = people.get(keys[row.key])
        if not has_figure(row.incident):
            refused[row.key] = f"incident_ref “{row.incident}” has no digit, and a case has this reference: {_ADVICE}"
        elif row.met is not None and row.met != case.encountered_at:
            refused[row.key] = f"incident_ref “{row.incident}” is a case of another time: {_ADVICE}"
        elif person is not None and (differs := _differs(row, person, case)):
            refused[row.key] = f"person_ref “{row.person_ref}” is a person of another {differs}: {_ADVICE}"
    return refused


def people_known(case: Case, keys: Iterable[str]) -> dict[str, Person]:
    """The people of the case whom earlier rows told of under these keys; of two under one key the first."""
    rows = RowTakenIn.objects.filter(case=case, person_key__in=[key for key in keys if key], person__isnull=False)
    first_last = rows.select_related("person").order_by("-recorded_at", "-id")
    return {row.person_key: row.person for row in first_last if row.person}


def _differs(row: ConcernRow, person: Person, case: Case) -> str:
    facts = row.person or {}
    for name, words in (("name", "name"), ("birth_date", "birth")):
        now, before = facts.get(name, ""), getattr(person, name)
        if now and before and now != before:
            return words
    on = london_date(row.met or case.encountered_at) if person.birth_date and "age_min" in facts else None
    low, high = age_between(partial_date(person.birth_date), on, on) if on else (person.age_min, person.age_max)
    is_other = "age_min" in facts and (
        (high is not None and facts["age_min"] > high + 1) or (low is not None and facts["age_max"] + 1 < low)
    )
    return "age" if is_other else ""

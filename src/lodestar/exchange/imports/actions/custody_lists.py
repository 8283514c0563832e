"""Rows of lists of people in custody and people charged: read, matched by reference, and recorded in their case."""

from datetime import datetime

from django.db import transaction

from lodestar.casework.cases.access import visible_cases
from lodestar.casework.cases.models import Person
from lodestar.casework.custody.actions import keep_row
from lodestar.casework.custody.models import ListedPerson
from lodestar.casework.custody.queries import candidates, is_not_considered, person_of_custody
from lodestar.casework.custody.rules import CHARGE, CUSTODY, ListRow
from lodestar.casework.investigations.models import Crime
from lodestar.exchange.imports.import_files import Entry, RowRejected
from lodestar.exchange.imports.import_rows import birth_and_ages, read_when, row_texts
from lodestar.platform.accounts.access import Member
from lodestar.platform.tables.rules import template_of
from lodestar.platform.time.days import london_date

DETAINED, CHARGES = "detained", "charges"  # the templates
NEW, STOOD = "recorded", "already here"
LONGEST = {"name": 200, "offence": 300, "act": 200, "section": 40, "reference": 60}
MOMENTS = ("arrested_at", "charged_at", "arrived_at", "released_at", "immigration_informed_at")
YES_NO = {"yes": True, "no": False, "": False}


def read_row(entry: Entry, template: str, now: datetime) -> ListRow:
    """What a row says. Raises RowRejected with the column and what stood there."""
    if entry.fault or not entry.cells:
        raise RowRejected(entry.fault or f"it is no row of these columns: {', '.join(template_of(template).columns)}")
    texts = row_texts(entry.cells, ())
    if lacking := template_of(template).missing_from(texts):
        raise RowRejected(f"it lacks what each row needs: {lacking}")
    if too_long := next((name for name, most in LONGEST.items() if len(texts.get(name, "")) > most), ""):
        raise RowRejected(f"{too_long} is longer than {LONGEST[too_long]} characters")
    number, answer = texts.get("person_number", ""), texts.get("immigration_arrest", "").casefold()
    if number and not number.isdecimal():
        raise RowRejected(f"person_number “{number[:20]}” is no number")
    if answer not in YES_NO:
        raise RowRejected(f"immigration_arrest “{answer[:20]}” is neither yes nor no")
    moments = {name: when[0] if (when := read_when(texts, name, now)) else None for name in MOMENTS}
    at = moments["arrested_at" if template == DETAINED else "charged_at"]
    if at is None or at > now:
        raise RowRejected("the time of the arrest or the charge is still to come")
    return ListRow(
        kind=CUSTODY if template == DETAINED else CHARGE, reference=texts["reference"], at=at, name=texts.get("name", ""),
        born=birth_and_ages(texts, london_date(now))[0], offence=texts.get("offence", ""), act=texts.get("act", ""),
        section=texts.get("section", ""), case=texts.get("case_reference", ""), number=int(number) if number else None,
        crime=texts.get("crime_number", ""), custody_reference=texts.get("custody_number", ""),
        arrived_at=moments["arrived_at"], released_at=moments["released_at"],
        is_immigration=YES_NO[answer], immigration_informed_at=moments["immigration_informed_at"],
    )  # fmt: skip


def person_of(row: ListRow) -> Person | None:
    """Who it is exactly: by the case reference and number, by a crime number that one person has, or by a custody number that
    was matched. None where none of these says: a name never does. Raises RowRejected for a person who is not there."""
    people = Person.objects.select_related("case")
    if row.case and row.number is not None:
        person = people.filter(case__reference=row.case, number=row.number).first()
        if person is None:
            raise RowRejected(f"{row.case} has no person {row.number}")
        return person
    if row.crime:
        ids = set(Crime.objects.filter(kind="recorded", number=row.crime).values_list("person", flat=True))
        if len(ids) == 1:
            return people.get(id=ids.pop())
    return person_of_custody(row.custody_reference) if row.custody_reference else None


def take_list_row(*, by: Member, at: datetime, row: ListRow, applies: bool) -> tuple[str, list[str]]:
    """Keeps a row and records in its case what it says; without `applies` it is undone again. What became of it, and notes: of a
    case that whoever imports does not see, none."""
    with transaction.atomic():
        listed, is_new = keep_row(by=by, at=at, row=row, person=person_of(row))
        notes = _notes(by, listed)
        if not applies:
            transaction.set_rollback(True)
    return NEW if is_new else STOOD, notes


def _notes(by: Member, listed: ListedPerson) -> list[str]:
    if listed.person is None:
        return ["the same name and date of birth as someone recorded here: decide who it is"] if candidates(by, listed) else []
    case = visible_cases(by).filter(id=listed.person.case_id).first()
    if case is None:
        return []
    notes = [f"{case.reference}, person {listed.person.number}"]
    if is_not_considered(listed):
        notes.append("POSSIBLE VICTIM: section 45 of the Modern Slavery Act 2015 not considered")
    return notes

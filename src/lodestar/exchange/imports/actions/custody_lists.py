"""Rows of lists of people in custody and people charged: read, matched by reference, and recorded in their case."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from lodestar.casework.cases.access import visible_cases
from lodestar.casework.cases.models import Person
from lodestar.casework.custody.actions import keep_row
from lodestar.casework.custody.models import ListedPerson
from lodestar.casework.custody.queries import candidates, is_not_considered, person_of_custody
from lodestar.casework.custody.rules import CHARGE, CUSTODY, ListRow
from lodestar.casework.investigations.models import Crime
from lodestar.exchange.imports.import_files import BadLine, Entry
from lodestar.platform.accounts.access import Member
from lodestar.platform.tables.rules import template_of
from lodestar.platform.tables.values import Unreadable, read_birth, read_moment
from lodestar.platform.text.text_normalise import one_line
from lodestar.platform.time.days import london_date

DETAINED, CHARGES = "detained", "charges"  # the templates
NEW, STOOD = "recorded", "already here"
LONGEST = {"name": 200, "offence": 300, "act": 200, "section": 40, "reference": 60}
YES_NO = {"yes": True, "no": False, "": False}


def read_row(entry: Entry, template: str, now: datetime) -> ListRow:
    """What a row says. Raises BadLine with the column and what stood there."""
    if entry.fault or not entry.cells:
        raise BadLine(entry.fault or f"it is no row of these columns: {', '.join(template_of(template).columns)}")
    texts = {name: words for name, text in entry.cells if (words := one_line(text))}
    if lacking := template_of(template).missing_from(texts):
        raise BadLine(f"it lacks what each row needs: {lacking}")
    if too_long := next((name for name, most in LONGEST.items() if len(texts.get(name, "")) > most), ""):
        raise BadLine(f"{too_long} is longer than {LONGEST[too_long]} characters")
    number, answer = texts.get("person_number", ""), texts.get("immigration_arrest", "").casefold()
    if number and not number.isdecimal():
        raise BadLine(f"person_number “{number[:20]}” is no number")
    if answer not in YES_NO:
        raise BadLine(f"immigration_arrest “{answer[:20]}” is neither yes nor no")
    at = _moment(texts, "arrested_at" if template == DETAINED else "charged_at", now)
    if at is None or at > now:
        raise BadLine("the time of the arrest or the charge is still to come")
    return ListRow(
        kind=CUSTODY if template == DETAINED else CHARGE, reference=texts["reference"], at=at, name=texts.get("name", ""),
        born=_birth(texts.get("born", ""), now), offence=texts.get("offence", ""), act=texts.get("act", ""),
        section=texts.get("section", ""), case=texts.get("case_reference", ""), number=int(number) if number else None,
        crime=texts.get("crime_number", ""), custody_reference=texts.get("custody_number", ""),
        arrived_at=_moment(texts, "arrived_at", now), released_at=_moment(texts, "released_at", now),
        is_immigration=YES_NO[answer], immigration_informed_at=_moment(texts, "immigration_informed_at", now),
    )  # fmt: skip


def _moment(texts: Mapping[str, str], name: str, now: datetime) -> datetime | None:
    try:
        return read_moment(texts[name], "", now)[0] if name in texts else None
    except Unreadable as fault:
        raise BadLine(f"{name} “{texts[name][:60]}” is not read: {fault}") from None


def _birth(text: str, now: datetime) -> str:
    try:
        return read_birth(text, london_date(now)) if text else ""
    except Unreadable as fault:
        raise BadLine(f"born “{text[:60]}” is not read: {fault}") from None


def person_of(row: ListRow) -> Person | None:
    """Who it is exactly: by the case reference and number, by a crime number that one person has, or by a custody number that
    was matched. None where none of these says: a name never does. Raises BadLine for a person who is not there."""
    people = Person.objects.select_related("case")
    if row.case and row.number is not None:
        person = people.filter(case__reference=row.case, number=row.number).first()
        if person is None:
            raise BadLine(f"{row.case} has no person {row.number}")
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

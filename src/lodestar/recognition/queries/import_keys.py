"""By what a concern, a row of a table, its person or an earlier record is known when it comes in again, and what was erased."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from lodestar.cases.models import Case
from lodestar.kernel import sealing
from lodestar.kernel.text_normalise import one_line
from lodestar.recognition.models import ImportedRow, SuppressedImport
from lodestar.tenancy.tenant_transaction import current_tenant

CONCERN, ROW, PERSON, RECORD = "concern", "row", "person", "record"
Known = tuple[str, str]  # as what something came in, and by what it was known


@dataclass(frozen=True)
class Erasure:
    """When something was let go, and whether two people decided it or its time was over."""

    on: date
    by_two: bool


def marked(item: Known) -> list[int]:
    """The marks of something, that of the newest key first. Of two forces they differ."""
    kind, key = item
    return sealing.marks(f"let go\n{current_tenant()}\n{kind}\n{key}", settings.FIELD_KEYS)


def find_erased(sought: Iterable[Known]) -> dict[Known, Erasure]:
    """Of these what was let go and is still marked."""
    of = {mark: item for item in sought for mark in marked(item)}
    rows = SuppressedImport.objects.filter(mark__in=list(of)) if of else ()
    return {of[row.mark]: Erasure(row.gone_on, row.by_two) for row in rows}


def key_of_sender(key: str, user: UUID) -> str:
    """The key of a concern, a row or a person for one sender alone, where somebody else has the first."""
    return hashlib.sha256(f"{key}\n{user}".encode()).hexdigest()


def key_of_person(case: UUID, reference: str) -> str:
    """What tells that two rows of a case are about one person; empty where the sender has no reference of their own for them."""
    return hashlib.sha256(f"{case}\n{reference}".encode()).hexdigest() if reference else ""


def references_of(cells: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The references of the incident and the person in the cells of a row."""
    texts = {name: one_line(text) for name, text in cells}
    return texts.get("incident_ref", ""), texts.get("person_ref", "")


def import_identifiers(case: Case, rows: Sequence[ImportedRow], *, whole: bool) -> list[Known]:
    """By what these rows, and the whole case where it goes, were known when they came in. Not by a reference of a person under
    which somebody else of the case stays: what comes of those is no return."""
    stay = set() if whole else _of_others(case, {row.person_id for row in rows})
    identifiers: list[Known] = [(CONCERN, case.imported_as)] if whole and case.imported_as else []
    for row in rows:
        identifiers.append((ROW, row.key))
        cells = json.loads(str(row.typed))
        if isinstance(cells, list):  # of an encounter it is an object, and that is known by itself
            identifiers += _as_person(case, row, references_of([(str(name), str(text)) for name, text in cells]), stay)
    return identifiers


def _as_person(
    case: Case, row: ImportedRow, references: tuple[str, str], stay: set[tuple[str, UUID]]
) -> Iterator[Known]:
    """By what reference the person of a row was known: the case's, or the own one of whoever could only add to it. Letting
    the latter's person go keeps out what others say under the same reference too, unless somebody stays who has it."""
    concern, plain = case.imported_as, key_of_person(case.id, references[1])
    if not (concern and plain and row.person_key) or any(key == row.person_key for key, _ in stay):
        return
    is_own = row.person_key == key_of_sender(plain, row.recorded_by_id)
    if is_own:
        yield from person_identifiers(*references, key_of_sender(concern, row.recorded_by_id))
    if not is_own or not any(key in (plain, key_of_sender(plain, user)) for key, user in stay):
        yield from person_identifiers(*references, concern)


def _of_others(case: Case, erased_people: set[UUID | None]) -> set[tuple[str, UUID]]:
    """By what the people of a case who stay are known from the rows that told of them, each with who brought it."""
    rows = (
        ImportedRow.objects.filter(case=case, person__isnull=False)
        .exclude(person_key="")
        .exclude(person__in=erased_people - {None})
    )
    return set(rows.values_list("person_key", "recorded_by"))


def person_identifiers(incident: str, person: str, concern: str) -> list[Known]:
    """By what a person of a row is known: the sender's reference of them, in an incident that has one."""
    return [(PERSON, f"{concern}\n{person}")] if person and incident and concern else []

"""What was let go does not come in again from where it came: the rows of a table and the people they name, encounters, earlier
records. What is new of them somebody records."""

import json
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from lodestar.cases.models import Case
from lodestar.design.when import day
from lodestar.journeys.concern_rows import ConcernRow, key_of_person, key_of_sender, references_of
from lodestar.recognition.models import RowTakenIn
from lodestar.recognition.queries.let_go import CONCERN, PERSON, RECORD, ROW, Gone, Known, let_go


class WasLetGo(Exception):
    """What came in was let go; the words say when, and what to do where something of it is new."""


def words_of(gone: Gone) -> str:
    """Why something is not taken in, in one sentence, whoever reads it and whichever case it was in."""
    why = "as two people decided" if gone.by_two else "at the end of its retention period"
    return (
        f"it was deleted on {day(gone.on)}, {why}, and does not come in again: if something in it is new and needed, an officer "
        "records that as a concern"
    )


def concerns_let_go(keys: Iterable[str]) -> dict[str, str]:
    """Of the concerns that came under these keys those that were let go: why they are not taken in."""
    return {key: words_of(gone) for (_, key), gone in let_go((CONCERN, key) for key in keys).items()}


def refuse_let_go(*keys: str) -> None:
    """Raises WasLetGo for a concern that came under one of these keys and was let go."""
    for words in concerns_let_go(keys).values():
        raise WasLetGo(words)


def rows_let_go(rows: Sequence[tuple[ConcernRow, str]]) -> dict[str, str]:
    """Of these rows, each with the key of its concern, those that were let go or whose person was, by their keys: why they are
    not taken in. Without the key of a concern a row is looked for alone."""
    sought: dict[Known, list[str]] = {}
    for row, concern in rows:
        for one in _known(row, concern):
            sought.setdefault(one, []).append(row.key)
    return {key: words_of(gone) for one, gone in let_go(sought).items() for key in sought[one]}


def records_let_go(keys: Iterable[str]) -> dict[str, str]:
    """Of the earlier records of these keys those that were let go: why they are not taken in."""
    return {key: words_of(gone) for (_, key), gone in let_go((RECORD, key) for key in keys).items()}


def came_as(case: Case, rows: Sequence[RowTakenIn], *, whole: bool) -> list[Known]:
    """By what these rows, and the whole case where it goes, were known when they came in. Not by a reference of a person under
    which somebody else of the case stays: what comes of those is no return."""
    stay = set() if whole else _of_others(case, {row.person_id for row in rows})
    found: list[Known] = [(CONCERN, case.imported_as)] if whole and case.imported_as else []
    for row in rows:
        found.append((ROW, row.key))
        kept = json.loads(str(row.typed))
        if isinstance(kept, list):  # of an encounter it is an object, and that is known by itself
            found += _as_person(case, row, references_of([(str(name), str(text)) for name, text in kept]), stay)
    return found


def _as_person(
    case: Case, row: RowTakenIn, references: tuple[str, str], stay: set[tuple[str, UUID]]
) -> Iterator[Known]:
    """By what reference the person of a row was known: the case's, or the own one of whoever could only add to it. Letting
    the latter's person go keeps out what others say under the same reference too, unless somebody stays who has it."""
    concern, plain = case.imported_as, key_of_person(case.id, references[1])
    if not (concern and plain and row.person_key) or any(key == row.person_key for key, _ in stay):
        return
    is_own = row.person_key == key_of_sender(plain, row.recorded_by_id)
    if is_own:
        yield from _as_named(*references, key_of_sender(concern, row.recorded_by_id))
    if not is_own or not any(key in (plain, key_of_sender(plain, user)) for key, user in stay):
        yield from _as_named(*references, concern)


def _of_others(case: Case, gone: set[UUID | None]) -> set[tuple[str, UUID]]:
    """By what the people of a case who stay are known from the rows that told of them, each with who brought it."""
    rows = RowTakenIn.objects.filter(case=case, person__isnull=False).exclude(person_key="").exclude(person__in=gone - {None})
    return set(rows.values_list("person_key", "recorded_by"))


def _known(row: ConcernRow, concern: str) -> list[Known]:
    """A row is known by all that it says; a person by the sender's reference of them in an incident that has one."""
    return [(ROW, row.key), *_as_named(row.incident, row.person_ref, concern)]


def _as_named(incident: str, person: str, concern: str) -> list[Known]:
    return [(PERSON, f"{concern}\n{person}")] if person and incident and concern else []

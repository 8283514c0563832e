"""What came in before, as far as whoever sends it again may know: their own, what nobody sealed, and nothing else; and what was
let go, which does not come in again: the rows of a table and the people they name, encounters, earlier records.

A sealed case is not there for anybody but its named owners and those who brought it in before it was sealed, who are told what
they were told then. Whoever else sends the same has a concern of their own, under a key that is theirs, so that sending it once
more changes nothing; the sealed one is only known here so that its owners are alerted.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from lodestar.casework.cases.access import visible, within_reach
from lodestar.casework.cases.models import Case, SealOwner
from lodestar.casework.concerns.models import ImportedRow, SuppressedImport
from lodestar.casework.concerns.queries import (
    CONCERN,
    RECORD,
    ROW,
    Known,
    find_erased,
    key_of_person,
    key_of_sender,
    person_identifiers,
)
from lodestar.exchange.imports.import_rows import ConcernRow
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.when import day
from lodestar.platform.notices.actions import notify
from lodestar.platform.obligations.encounter_form import encounter_form
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.text.grouping import grouped

SAME = "if it is the same report, add what is new to the case; if it is a different one, give it a separate reference"


class SaysOtherwise(FormErrors):
    """A report under the reference of one that came before and said something else; its sentence tells what to do."""

    def __init__(self, message: str) -> None:
        super().__init__([{"path": "reference", "message": message}])


def content_of(encounter: Encounter, more: Sequence[Mapping[str, str]] = (), *, is_dated: bool = True) -> str:
    """What an encounter says, the same in whatever spelling and order it was sent. `more` is what of its people, in their order,
    the form does not hold; without `is_dated` the time is the import's, and no part of it."""
    met = encounter.encountered_at.astimezone(UTC).isoformat() if is_dated else None
    form = encounter_form(encounter) | {"reference": (encounter.reference or "").strip(), "encountered_at": met}
    if more:
        form["people"] = [{**person, **names} for person, names in zip(form["people"], more, strict=True)]
    return json.dumps(_filled(form), sort_keys=True)


def mark_of(key: str, content: str) -> str:
    """What a report of this content is known by where it came under this key: a hash, of which nothing can be read."""
    return hashlib.sha256(f"encounter\n{key}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()


def _filled(value: Any) -> Any:
    """The value without what says nothing."""
    if isinstance(value, dict):
        return {name: inner for name, inner_value in value.items() if (inner := _filled(inner_value)) not in (None, "", [], {})}
    return [_filled(inner_value) for inner_value in value] if isinstance(value, list) else value


class WasLetGo(Exception):
    """What came in was let go; the words say when, and what to do where something of it is new."""


def words_of(erasure: SuppressedImport) -> str:
    """Why something is not taken in, in one sentence, whoever reads it and whichever case it was in."""
    why = "as two people decided" if erasure.by_two else "at the end of its retention period"
    return (
        f"it was deleted on {day(erasure.gone_on)}, {why}, and does not come in again: if something in it is new and needed,"
        " an officer "
        "records that as a concern"
    )


def refuse_erased(*keys: str) -> None:
    """Raises WasLetGo for a concern that came under one of these keys and was let go: why it is not taken in."""
    for erasure in find_erased((CONCERN, key) for key in keys).values():
        raise WasLetGo(words_of(erasure))


def erased_rows(rows: Sequence[tuple[ConcernRow, str]]) -> dict[str, str]:
    """Of these rows, each with the key of its concern, those that were let go or whose person was, by their keys: why they are
    not taken in. Without the key of a concern a row is looked for alone."""
    sought = grouped((identifier, row.key) for row, concern in rows for identifier in _known(row, concern))
    return {key: words_of(erasure) for identifier, erasure in find_erased(sought).items() for key in sought[identifier]}


def erased_records(keys: Iterable[str]) -> dict[str, str]:
    """Of the earlier records of these keys those that were let go: why they are not taken in."""
    return {key: words_of(erasure) for (_, key), erasure in find_erased((RECORD, key) for key in keys).items()}


def _known(row: ConcernRow, concern: str) -> list[Known]:
    """A row is known by all that it says; a person by the sender's reference of them in an incident that has one."""
    return [(ROW, row.key), *person_identifiers(row.incident, row.person_ref, concern)]


@dataclass(frozen=True)
class ExistingConcern:
    """What stands for a sender: the key under which their concern is, or is to be made; its case, with the reference they may
    be told and whether they may open it; and the sealed case that they know nothing of."""

    key: str
    case: Case | None = None
    reference: str = ""
    may_open: bool = True
    unknown: Case | None = None


def existing_concern(by: Member, key: str) -> ExistingConcern:
    """What stands for this sender under this key. What they have of their own comes first."""
    own = own_key(by, key)
    rows = {case.imported_as: case for case in Case.objects.filter(imported_as__in=[key, own])}
    disclosable, with_reference, opens = _seen(by, rows.values())
    plain, mine = rows.get(key), rows.get(own)
    unknown = plain if plain is not None and plain.id not in disclosable else None
    case = mine or (None if unknown else plain)
    name = own if mine or unknown else key
    if case is None:
        return ExistingConcern(name, unknown=unknown)
    return ExistingConcern(name, case, case.reference if case.id in with_reference else "", case.id in opens, unknown)


def rows_sent(by: Member, rows: Sequence[ConcernRow]) -> tuple[list[ConcernRow], dict[str, str], list[Case]]:
    """These rows as they stand for this sender: under their own keys where the ones they came with are of a case that they know
    nothing of; which of them were taken in before, each with the reference that they may be told; and those cases."""
    own = {row.key: own_key(by, row.key) for row in rows}
    stand = {
        earlier_row.key: earlier_row
        for earlier_row in ImportedRow.objects.filter(key__in=[*own, *own.values()]).select_related("case")
    }
    disclosable, with_reference, _ = _seen(by, [earlier_row.case for earlier_row in stand.values()])
    sent, standing, strangers = list[ConcernRow](), dict[str, str](), dict[UUID, Case]()
    for row in rows:
        plain, mine = stand.get(row.key), stand.get(own[row.key])
        unknown = plain if plain is not None and plain.case_id not in disclosable else None
        existing_row = mine or (None if unknown else plain)
        key = own[row.key] if mine or unknown else row.key
        if existing_row is not None:
            standing[key] = existing_row.case.reference if existing_row.case_id in with_reference else ""
        elif unknown is not None:
            strangers[unknown.case_id] = unknown.case
        sent.append(row if key == row.key else replace(row, key=key))
    return sent, standing, list(strangers.values())


def rows_gone(by: Member, rows: Sequence[ConcernRow], existing: ExistingConcern) -> dict[str, str]:
    """Of these rows of the concern that stands those that were let go, also under the sender's own key: why they are not taken
    in. What somebody can only add is about a person of their own: while that one stays, letting the case's go who had the same
    reference keeps nothing of it out."""
    own = {theirs(by, row).key: row.key for row in rows}
    stay = _of_their_own(by, rows, existing)
    sought = [(row, "" if row.key in stay else existing.key) for row in rows]
    reasons = erased_rows([*sought, *((theirs(by, row), own_key(by, existing.key)) for row in rows)])
    return {own.get(key, key): why for key, why in reasons.items()}


def _of_their_own(by: Member, rows: Sequence[ConcernRow], existing: ExistingConcern) -> set[str]:
    """The keys of those rows that only add to a case in which the sender's own person of the reference is."""
    if existing.case is None or existing.may_open:
        return set()
    case = existing.case.id
    keys = {row.key: own_key(by, key_of_person(case, row.person_ref)) for row in rows if row.person_ref}
    own_rows = ImportedRow.objects.filter(case=case, person_key__in=[*keys.values()], person__isnull=False)
    stay = set(own_rows.values_list("person_key", flat=True))
    return {row for row, key in keys.items() if key in stay}


def theirs(by: Member, row: ConcernRow) -> ConcernRow:
    """The row under this sender's own key."""
    return replace(row, key=own_key(by, row.key))


def alert_owners(*, by: Member, at: datetime, of: Iterable[Case | None]) -> None:
    """Alerts the named owners of sealed cases that somebody sent a report of who knows nothing of them."""
    for case in {case.id: case for case in of if case is not None}.values():
        tell_who_has_it(by=by, at=at, case=case, kind="report_again")


def tell_who_has_it(*, by: Member, at: datetime, case: Case, kind: str) -> None:
    """Gives notice of a report that `by` brought in to the named owners of a sealed case, else to whoever has it. Whoever brought
    it is told nothing, and no notice says what it holds."""
    owners = SealOwner.objects.filter(case=case).values_list("user", flat=True)
    to = owners if case.sealed else [case.owner_id or case.interim_owner_id]
    notify(to=to, kind=kind, by=by, at=at, case=case.id, subject=str(by.user))


def own_key(by: Member, key: str) -> str:
    """The key under which a sender's own comes in, where a sealed case that they know nothing of has the other."""
    return key_of_sender(key, by.user)


def _seen(by: Member, cases: Iterable[Case]) -> tuple[set[UUID], set[UUID], set[UUID]]:
    """Of these cases those that the sender may be told are there, those of which they are told the reference, and those that they
    may open. Who opened one or brought rows of it did so before it was sealed."""
    case = OuterRef("id")
    is_owner = Q(Exists(SealOwner.objects.filter(case=case, user_id=by.user)))
    brought = Q(Exists(ImportedRow.objects.filter(case=case, recorded_by_id=by.user))) | Q(opened_by=by.user)
    asked = (Q(sealed=False) | is_owner | brought, is_owner | (Q(id__isnull=False) & within_reach(by)), visible(by))
    columns = [ExpressionWrapper(condition, output_field=BooleanField()) for condition in asked]
    rows = list(Case.objects.filter(id__in={case.id for case in cases}).values_list("id", *columns))
    disclosable, with_reference, opens = ({row[0] for row in rows if row[place]} for place in (1, 2, 3))
    return disclosable, with_reference, opens

"""What came in before, as far as whoever sends it again may know: their own, what nobody sealed, and nothing else.

A sealed case is not there for anybody but its named owners and those who brought it in before it was sealed, who are told what
they were told then. Whoever else sends the same has a concern of their own, under a key that is theirs, so that sending it once
more changes nothing; the sealed one is only known here so that its owners are alerted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from lodestar.accounts.access import Member
from lodestar.cases.access import visible, within_reach
from lodestar.cases.actions.matching import AGAIN, alert_of_report
from lodestar.cases.models import Case, SealOwner
from lodestar.journeys.concern_rows import ConcernRow, key_of_person, key_of_sender
from lodestar.journeys.let_go import rows_let_go
from lodestar.recognition.models import RowTakenIn


@dataclass(frozen=True)
class Standing:
    """What stands for a sender: the key under which their concern is, or is to be made; its case, with the reference they may
    be told and whether they may open it; and the sealed case that they know nothing of."""

    key: str
    case: Case | None = None
    reference: str = ""
    may_open: bool = True
    unknown: Case | None = None


@dataclass(frozen=True)
class _Seen:
    """Of a case: whether the sender may be told that it is there, told its reference, and open it."""

    is_known: bool
    is_told: bool
    opens: bool


@dataclass(frozen=True)
class Sent:
    """Rows as they stand for a sender: under their own keys where the ones they came with are of a case that they know nothing
    of; which of them were taken in before, each with the reference that they may be told; and those cases."""

    rows: list[ConcernRow]
    standing: dict[str, str]
    unknown: list[Case] = field(default_factory=list)


def standing_of(by: Member, key: str) -> Standing:
    """What stands for this sender under this key. What they have of their own comes first."""
    own = own_key(by, key)
    rows = {case.imported_as: case for case in Case.objects.filter(imported_as__in=[key, own])}
    seen, plain, mine = _seen(by, rows.values()), rows.get(key), rows.get(own)
    unknown = plain if plain is not None and not seen[plain.id].is_known else None
    case = mine or (None if unknown else plain)
    name = own if mine or unknown else key
    if case is None:
        return Standing(name, unknown=unknown)
    return Standing(name, case, case.reference if seen[case.id].is_told else "", seen[case.id].opens, unknown)


def rows_sent(by: Member, rows: Sequence[ConcernRow]) -> Sent:
    """These rows as they stand for this sender."""
    own = {row.key: own_key(by, row.key) for row in rows}
    stand = {one.key: one for one in RowTakenIn.objects.filter(key__in=[*own, *own.values()]).select_related("case")}
    seen = _seen(by, [one.case for one in stand.values()])
    sent = Sent([], {})
    for row in rows:
        plain, mine = stand.get(row.key), stand.get(own[row.key])
        unknown = plain if plain is not None and not seen[plain.case_id].is_known else None
        held = mine or (None if unknown else plain)
        key = own[row.key] if mine or unknown else row.key
        if held is not None:
            sent.standing[key] = held.case.reference if seen[held.case_id].is_told else ""
        elif unknown is not None and unknown.case not in sent.unknown:
            sent.unknown.append(unknown.case)
        sent.rows.append(row if key == row.key else replace(row, key=key))
    return sent


def rows_gone(by: Member, rows: Sequence[ConcernRow], stands: Standing) -> dict[str, str]:
    """Of these rows of the concern that stands those that were let go, also under the sender's own key: why they are not taken
    in. What somebody can only add is about a person of their own: while that one stays, letting the case's go who had the same
    reference keeps nothing of it out."""
    own = {theirs(by, row).key: row.key for row in rows}
    stay = _of_their_own(by, rows, stands)
    sought = [(row, "" if row.key in stay else stands.key) for row in rows]
    gone = rows_let_go([*sought, *((theirs(by, row), own_key(by, stands.key)) for row in rows)])
    return {own.get(key, key): why for key, why in gone.items()}


def _of_their_own(by: Member, rows: Sequence[ConcernRow], stands: Standing) -> set[str]:
    """The keys of those rows that only add to a case in which the sender's own person of the reference is."""
    if stands.case is None or stands.may_open:
        return set()
    case = stands.case.id
    keys = {row.key: own_key(by, key_of_person(case, row.person_ref)) for row in rows if row.person_ref}
    held = RowTakenIn.objects.filter(case=case, person_key__in=[*keys.values()], person__isnull=False)
    stay = set(held.values_list("person_key", flat=True))
    return {row for row, key in keys.items() if key in stay}


def theirs(by: Member, row: ConcernRow) -> ConcernRow:
    """The row under this sender's own key."""
    return replace(row, key=own_key(by, row.key))


def alert_owners(*, by: Member, at: datetime, of: Iterable[Case | None]) -> None:
    """Alerts the named owners of sealed cases that somebody sent a report of who knows nothing of them."""
    for case in {case.id: case for case in of if case is not None}.values():
        alert_of_report(by=by, at=at, case=case, came=AGAIN)


def own_key(by: Member, key: str) -> str:
    """The key under which a sender's own comes in, where a sealed case that they know nothing of has the other."""
    return key_of_sender(key, by.user)


def _seen(by: Member, cases: Iterable[Case]) -> dict[UUID, _Seen]:
    """What the sender may know of these cases, by id. Who opened one or brought rows of it did so before it was sealed."""
    rows = Case.objects.filter(id__in={case.id for case in cases}).values_list("id", *_asked(by))
    return {case: _Seen(bool(known), bool(told), bool(opens)) for case, known, told, opens in rows}


def _asked(by: Member) -> list[ExpressionWrapper]:
    case = OuterRef("id")
    named = Q(Exists(SealOwner.objects.filter(case=case, user_id=by.user)))
    brought = Q(Exists(RowTakenIn.objects.filter(case=case, recorded_by_id=by.user))) | Q(opened_by=by.user)
    told = named | (Q(id__isnull=False) & within_reach(by))
    asked = (Q(sealed=False) | named | brought, told, visible(by))
    return [ExpressionWrapper(one, output_field=BooleanField()) for one in asked]

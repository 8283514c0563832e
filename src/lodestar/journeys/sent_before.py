"""What came in before, as far as whoever sends it again may know: their own, what nobody sealed, and nothing else.

A sealed case is not there for anybody but its named owners and those who brought it in before it was sealed, who are told what
they were told then. Whoever else sends the same has a concern of their own, under a key that is theirs, so that sending it once
more changes nothing; the sealed one is only known here so that its owners are alerted.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from lodestar.accounts.access import Member
from lodestar.cases.access import visible, within_reach
from lodestar.cases.actions.reports import AGAIN, alert_of_report
from lodestar.cases.models import Case, SealOwner
from lodestar.journeys.let_go import rows_let_go
from lodestar.journeys.row_read import RowTold
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
class Sent:
    """Rows as they stand for a sender: under their own keys where the ones they came with are of a case that they know nothing
    of; which of them were taken in before, each with the reference that they may be told; and those cases."""

    rows: list[RowTold]
    standing: dict[str, str]
    unknown: list[Case] = field(default_factory=list)


def standing_of(by: Member, keys: Sequence[str]) -> dict[str, Standing]:
    """What stands for this sender under each of these keys, in one statement. What they have of their own comes first."""
    own = {key: own_key(by, key) for key in keys}
    cases = Case.objects.filter(imported_as__in=[*own, *own.values()]).annotate(**_as_known(by))
    rows = {case.imported_as: case for case in cases}
    return {key: _standing(key, own[key], rows.get(key), rows.get(own[key])) for key in keys}


def _standing(key: str, own: str, plain: Any, mine: Any) -> Standing:
    unknown = plain if plain is not None and not plain.is_known else None
    case = mine or (None if unknown else plain)
    name = own if mine or unknown else key
    if case is None:
        return Standing(name, unknown=unknown)
    return Standing(name, case, case.reference if case.is_told else "", bool(case.opens), unknown)


def rows_sent(by: Member, rows: Sequence[RowTold]) -> Sent:
    """These rows as they stand for this sender, in one statement."""
    own = {row.key: own_key(by, row.key) for row in rows}
    taken = RowTakenIn.objects.filter(key__in=[*own, *own.values()]).select_related("case")
    stand: dict[str, Any] = {one.key: one for one in taken.annotate(**_as_known(by, "case__"))}
    sent = Sent([], {})
    for row in rows:
        plain, mine = stand.get(row.key), stand.get(own[row.key])
        unknown = plain if plain is not None and not plain.is_known else None
        held = mine or (None if unknown else plain)
        key = own[row.key] if mine or unknown else row.key
        if held is not None:
            sent.standing[key] = held.case.reference if held.is_told else ""
        elif unknown is not None and unknown.case not in sent.unknown:
            sent.unknown.append(unknown.case)
        sent.rows.append(row if key == row.key else replace(row, key=key))
    return sent


def rows_gone(by: Member, rows: Sequence[tuple[RowTold, str]]) -> dict[str, str]:
    """Of these rows, each with the key of its concern, those that were let go, also under the sender's own key: why they are not
    taken in."""
    own = {theirs(by, row).key: row.key for row, _ in rows}
    gone = rows_let_go([*rows, *((theirs(by, row), own_key(by, key)) for row, key in rows)])
    return {own.get(key, key): why for key, why in gone.items()}


def theirs(by: Member, row: RowTold) -> RowTold:
    """The row under this sender's own key."""
    return replace(row, key=own_key(by, row.key))


def alert_owners(*, by: Member, at: datetime, of: Iterable[Case | None]) -> None:
    """Alerts the named owners of sealed cases that somebody sent a report of who knows nothing of them."""
    for case in {case.id: case for case in of if case is not None}.values():
        alert_of_report(by=by, at=at, case=case, came=AGAIN)


def own_key(by: Member, key: str) -> str:
    """The key under which a sender's own comes in, where a sealed case that they know nothing of has the other."""
    return hashlib.sha256(f"{key}\n{by.user}".encode()).hexdigest()


def _as_known(by: Member, prefix: str = "") -> dict[str, ExpressionWrapper]:
    """Of a case: whether the sender may be told that it is there, told its reference, and open it. Who opened it or brought
    rows of it did so before it was sealed."""
    case = OuterRef(f"{prefix}id")
    named = Q(Exists(SealOwner.objects.filter(case=case, user_id=by.user)))
    brought = Q(Exists(RowTakenIn.objects.filter(case=case, recorded_by_id=by.user))) | Q(**{f"{prefix}opened_by": by.user})
    told = named | (Q(**{f"{prefix}id__isnull": False}) & within_reach(by, prefix))
    known = Q(**{f"{prefix}sealed": False}) | named | brought
    asked = {"is_known": known, "is_told": told, "opens": visible(by, prefix)}
    return {name: ExpressionWrapper(one, output_field=BooleanField()) for name, one in asked.items()}

"""Who may be known already: in this force, without asking who may see it, and in every other force.

For use while a concern is being recorded, and nowhere else: what the asker may be told of an answer is decided by the
outcomes (practice.md 1), never by a page. Nothing here is a score.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection

from lodestar.cases.rules.matching import Described, Mark, Reason, alike, is_match, marks_of, may_match, rank, sought_by
from lodestar.cases.rules.reported import to_compare
from lodestar.kernel import sealing

OF_EACH_MARK = 80  # people looked at of one mark
COMPARED = 60  # people laid beside the one described, those whose marks tell most


@dataclass(frozen=True)
class Like:
    """Somebody of this force who may be the one described, and why."""

    person_id: UUID
    case_id: UUID
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Elsewhere:
    """Somebody of another force who may be the one described. Only the other force's owner is told; whoever asked learns
    that there is somebody, and not where."""

    tenant: str
    person_id: UUID
    case_id: UUID
    reasons: tuple[Reason, ...]


def who_is_like(described: Described, *, but: UUID | None = None, limit: int = 20) -> list[Like]:
    """The people of this force who may be the one described, best known first; not those of the case `but`."""
    found = [
        Like(person_id=person_id, case_id=case_id, reasons=reasons)
        for _, case_id, person_id, reasons in _matches(described, elsewhere=False)
        if case_id != but
    ]
    return found[:limit]


def is_like_elsewhere(described: Described, *, limit: int = 20) -> list[Elsewhere]:
    """The people of other forces who may be the one described, best known first."""
    found = _matches(described, elsewhere=True)[:limit]
    return [Elsewhere(tenant=tenant, person_id=one, case_id=case, reasons=why) for tenant, case, one, why in found]


def _matches(described: Described, *, elsewhere: bool) -> list[tuple[str, UUID, UUID, tuple[Reason, ...]]]:
    marks = sought_by(described)
    if not marks:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select tenant, case_id, person_id, told from cases_people_marked(%s::bigint[], %s::int[], %s, %s, %s)",
            [hashed(marks), [mark.tells for mark in marks], OF_EACH_MARK, COMPARED, elsewhere],
        )
        rows = cursor.fetchall()
    found = [(tenant, case, one, reasons_of(described, told)) for tenant, case, one, told in rows]
    return sorted((row for row in found if is_match(row[3])), key=lambda row: (rank(row[3]), row[2]))


def reasons_of(described: Described, sealed: bytes) -> tuple[Reason, ...]:
    """What somebody has in common with whoever was sealed; nothing where it could not be a match."""
    other = from_told(sealed)
    return alike(described, other) if may_match(described, other) else ()


# --- how a description is kept ------------------------------------------------------------------------------------------


def hashed(marks: Iterable[Mark]) -> list[int]:
    """The marks as they are kept, in their order."""
    return [sealing.mark(f"{mark.kind} {mark.said}", settings.FIELD_KEYS) for mark in marks]


def marks_kept(described: Described) -> list[int]:
    """Under what somebody is filed, as it is kept."""
    return sorted(hashed(marks_of(described)))


def to_told(described: Described) -> str:
    """What the marks were made of, to be sealed beside them."""
    return json.dumps(
        [
            list(described.called), described.born, described.age_min, described.age_max,
            described.age_on.isoformat() if described.age_on else "", described.sex,
            [f"+{number}" for number in sorted(described.numbers)], sorted(described.houses),
        ],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def from_told(sealed: bytes) -> Described:
    """The description that was sealed."""
    return from_words(sealing.unseal(bytes(sealed), settings.FIELD_KEYS))


def from_words(told: str | bytes | memoryview) -> Described:
    """The description that `to_told` wrote."""
    names, born, low, high, on, sex, phones, houses = json.loads(told if isinstance(told, str) else bytes(told))
    return Described(
        names=tuple(names), born=born, age_min=low, age_max=high, age_on=date.fromisoformat(on) if on else None, sex=sex,
        phones=tuple(phones), addresses=tuple(houses),
    )  # fmt: skip


def described(
    *, name: str, born: str, age_min: int | None, age_max: int | None, on: date | None, reach: Sequence[str] = ()
) -> Described:
    """A description from what a form or a row says. `reach` are texts that may hold addresses and telephones."""
    told = tuple(value for text in reach for value in to_compare(text))
    return Described(
        names=(name,) if name else (), born=born, age_min=age_min, age_max=age_max, age_on=on, phones=told, addresses=told,
    )  # fmt: skip

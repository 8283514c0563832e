"""Named reads of earlier records: what came in, whose they are, what they may show."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from lodestar.kernel.days import london_date
from lodestar.recognition.models import EarlierRecord, RecordSign
from lodestar.recognition.rules.earlier import Called, EarlierTold


@dataclass(frozen=True)
class CameIn:
    """What came in of one file: of what kind, how many records, from when to when they tell, and how many may show a sign."""

    kind: str
    file_name: str
    by: str
    at: datetime
    records: int
    first: datetime | None
    last: datetime | None
    with_signs: int


def what_came_in(most: int) -> list[CameIn]:
    """The files that earlier records came in from, the latest first."""
    rows = EarlierRecord.objects.values("kind", "file_name", "recorded_by__name").annotate(
        at=Max("recorded_at"), records=Count("id"), first=Min("happened_at"), last=Max("happened_at"),
        with_signs=Count("id", filter=Q(Exists(RecordSign.objects.filter(record=OuterRef("pk"))))),
    )  # fmt: skip
    return [
        CameIn(
            row["kind"], row["file_name"], row["recorded_by__name"], row["at"], row["records"], row["first"], row["last"],
            row["with_signs"],
        )
        for row in rows.order_by("-at", "file_name")[:most]
    ]  # fmt: skip


def kinds_held() -> set[str]:
    """The kinds of which any earlier record is held."""
    return set(EarlierRecord.objects.values_list("kind", flat=True).distinct())


def keys_taken_in(keys: Iterable[str]) -> dict[str, str]:
    """Of these keys those that came in before, each with the other system's reference."""
    return dict(EarlierRecord.objects.filter(key__in=list(keys)).values_list("key", "reference"))


def keys_with_signs(keys: Iterable[str]) -> set[str]:
    """Of these keys those of records that may show a sign."""
    return set(RecordSign.objects.filter(record__key__in=list(keys)).values_list("record__key", flat=True))


def told_of(people: Iterable[UUID]) -> dict[UUID, list[EarlierTold]]:
    """The records of these people as the rules read them."""
    found: dict[UUID, list[EarlierTold]] = {}
    for row in EarlierRecord.objects.filter(earlier_person__in=list(people)).order_by("happened_at", "id"):
        found.setdefault(row.earlier_person_id, []).append(as_told(row))
    return found


def told_at(places: Iterable[str]) -> dict[str, list[tuple[str, EarlierTold]]]:
    """The records of these addresses as the rules read them, each with whose it is."""
    found: dict[str, list[tuple[str, EarlierTold]]] = {}
    for row in EarlierRecord.objects.filter(place_key__in=[place for place in places if place]).order_by("happened_at", "id"):
        found.setdefault(row.place_key, []).append((str(row.earlier_person_id), as_told(row)))
    return found


def called_on(births: Collection[str]) -> list[tuple[UUID, Called]]:
    """How those born on these days are called in the records, each with whose record it is."""
    if not births:
        return []
    return _called(EarlierRecord.objects.filter(birth_date__in=births))


def called_of(people: Iterable[UUID]) -> list[tuple[UUID, Called]]:
    """How these people are called in the records."""
    return _called(EarlierRecord.objects.filter(earlier_person__in=list(people)))


def _called(rows: QuerySet[EarlierRecord]) -> list[tuple[UUID, Called]]:
    told = rows.exclude(name="").order_by().values_list("earlier_person", "name", "birth_date").distinct()
    return [(earlier, Called(name, born)) for earlier, name, born in sorted(told, key=str)]


def as_told(row: EarlierRecord) -> EarlierTold:
    """The record as the rules read it."""
    return EarlierTold(
        id=str(row.id),
        kind=row.kind,
        reference=row.reference,
        happened_on=london_date(row.happened_at) if row.happened_at else None,
        words=row.words,
        offence=row.offence,
        age_min=row.age_min,
        age_max=row.age_max,
    )


def records_of(people: Sequence[UUID]) -> list[EarlierRecord]:
    """The earlier records of these people, the oldest first."""
    rows = EarlierRecord.objects.filter(earlier_person__in=people).select_related("recorded_by")
    return list(rows.order_by("happened_at", "recorded_at", "id"))

"""Facts that no longer hold: kept as dated records, and marked again in every published passage when one changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.models import Passage, Posting, StaleFact, Version
from lodestar.guidance.queries.kept import fact_of, facts
from lodestar.guidance.rules.index import unpack
from lodestar.guidance.rules.quoting import places_with_all, terms_of
from lodestar.guidance.rules.stale import Fact, stated
from lodestar.kernel.ids import new_id
from lodestar.record import actions as record
from lodestar.tenancy.within import anew

AT_ONCE = 1_000


def keep_fact(*, by: Member, at: datetime, fact: StaleFact | None, said: Mapping[str, Any]) -> StaleFact:
    """Adds a fact that no longer holds, or changes one, which is then used again. `said` are the fields of the record."""
    row = fact or StaleFact(code=f"own_{new_id().hex[-12:]}")
    for name, value in said.items():
        setattr(row, name, value)
    row.owner, row.is_used = row.owner or by.name, True
    return _kept(by, at, row)


def end_fact(*, by: Member, at: datetime, fact: StaleFact) -> StaleFact:
    """Takes a fact out of use: no passage is marked with it any more. It is kept, with its dates."""
    fact.is_used = False
    return _kept(by, at, fact)


def mark_anew(version: Version) -> None:
    """Marks the passages of a version by the facts of today, where one changed since they were taken in."""
    if StaleFact.objects.filter(changed_at__gt=version.added_at).exists():
        mark_again(version.id)


def mark_again(version: UUID) -> None:
    """Marks the passages of a version by the facts of today, and as the code of today reads them."""
    known = facts()
    rows = _with_before(Passage.objects.filter(version=version))
    _save((one, [fact.code for fact in stated(one.text, known, one.before or "")]) for one in rows)


def mark(row: StaleFact) -> None:
    """Marks every published passage that states the fact, and no other."""
    marked = set(_published().filter(stale__contains=[row.code]).values_list("id", flat=True))
    where = _where(fact_of(row)) if row.is_used else set()
    rows = _with_before(_published().filter(id__in=marked | where))
    fact = [fact_of(row)] if row.is_used else []
    _save(
        (one, sorted({*one.stale, row.code} if stated(one.text, fact, one.before or "") else {*one.stale} - {row.code}))
        for one in rows
    )


def _kept(by: Member, at: datetime, row: StaleFact) -> StaleFact:
    row.changed_at, row.changed_by_id, row.as_shipped = timezone.now(), by.user, False
    row.save()
    anew("guidance.facts")
    mark(row)
    record.append("guidance.fact_changed", by=by.user, role=by.role, at=at, subject=str(row.id))
    return row


def _published() -> Any:
    return Passage.objects.filter(version__state="published")


def _with_before(rows: Any) -> Any:
    """Passages, each with the text that it goes on from, as `goes_on` tells."""
    same = {"version": OuterRef("version"), "heading": OuterRef("heading")}
    last = Passage.objects.filter(number=OuterRef("number") - 1, **same)
    return rows.annotate(before=Subquery(last.values("text")[:1]))


def _where(fact: Fact) -> set[UUID]:
    """The passages in which the words of the fact stand, near each other or not."""
    phrases = [phrase for phrase in terms_of(fact.says) if phrase]
    posted: dict[UUID, dict[str, Collection[int]]] = defaultdict(dict)
    rows = Posting.objects.filter(term__in={term for phrase in phrases for term in phrase})
    for version, term, places in rows.values_list("version", "term", "places"):
        posted[version][term] = unpack(bytes(places)).keys()
    numbers = {
        version: set[int]().union(*(places_with_all(phrase, of_version) for phrase in phrases))
        for version, of_version in posted.items()
    }
    every = {number for found in numbers.values() for number in found}
    passages = Passage.objects.filter(version__in=[one for one, found in numbers.items() if found], number__in=every)
    listed = passages.values_list("id", "version", "number")
    return {found for found, version, number in listed if number in numbers[version]}


def _save(marked: Iterable[tuple[Passage, list[str]]]) -> None:
    changed = []
    for passage, stale in marked:
        if sorted(passage.stale) != sorted(stale):
            passage.stale = stale
            changed.append(passage)
    Passage.objects.bulk_update(changed, ["stale"], batch_size=AT_ONCE)

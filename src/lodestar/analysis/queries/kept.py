"""What is kept of cases, made from their facts; and which rows of it hold at an instant."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from lodestar.analysis.models import CaseJudged
from lodestar.analysis.queries.known import Facts
from lodestar.analysis.rules.kept import Kept, kept
from lodestar.cases.models import Case

_HOME = Path(__file__).parents[1]
_JUDGED_BY = (*sorted((_HOME / "rules").glob("*.py")), *sorted((_HOME / "reference").glob("*.toml")), _HOME / "queries/known.py")


def fingerprint(files: Sequence[Path] = _JUDGED_BY) -> str:
    """What tells the rules that judge a case, their lists, and how its facts are read, from those of any other release."""
    told = hashlib.sha256()
    for path in files:
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:32]


RULES = fingerprint()


def _holding(at: datetime, prefix: str = "") -> Q:
    """Rows that these rules made, that were made by `at`, and that nothing fell due since to change."""
    made = Q(**{f"{prefix}rules": RULES, f"{prefix}kept_at__lte": at})
    return made & (Q(**{f"{prefix}holds_until__isnull": True}) | Q(**{f"{prefix}holds_until__gt": at}))


def with_kept(rows: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    """The cases, each with what is kept of it as `kept`, where that holds at `at`: a row that stands has not changed since it was
    made, and so says how things stood at any instant after."""
    return rows.annotate(kept=FilteredRelation("judged", condition=_holding(at, "judged__")))


def not_kept(at: datetime, most: int) -> list[UUID]:
    """The first cases of which nothing is kept that holds at `at`."""
    held = CaseJudged.objects.filter(_holding(at), case=OuterRef("id"))
    return list(Case.objects.filter(~Exists(held)).order_by("id").values_list("id", flat=True)[:most])


def afresh(cases: Sequence[UUID], at: datetime) -> dict[UUID, CaseJudged]:
    """What is to be kept of these cases as they stand, unsaved. In four queries."""
    rows: QuerySet[Any, Any] = Case.objects.filter(id__in=cases).values("id")
    facts = Facts(rows, at, is_past=False, back={})
    return {case: _row(case, facts.victims(case), kept(facts.of(case), facts.sought(case), at), at) for case in cases}


def _row(case: UUID, victims: Sequence[UUID], one: Kept, at: datetime) -> CaseJudged:
    times = sorted(time for times in one.happened.values() for time in times)
    return CaseJudged(
        case_id=case,
        rules=RULES,
        said=one.said,
        first=one.first,
        victims=list(victims),
        happened=as_stored(one.happened),
        happened_from=times[0] if times else None,
        happened_to=times[-1] if times else None,
        kept_at=at,
        holds_until=one.until,
    )


def as_stored(happened: Mapping[tuple[int, int], Sequence[datetime]]) -> dict[str, list[str]]:
    """The times of what happened as they are stored, by `number.version`."""
    return {f"{number}.{version}": [time.isoformat() for time in times] for (number, version), times in happened.items()}


def times_of(stored: Mapping[str, Sequence[str]], version: tuple[int, int]) -> list[datetime]:
    """When what one failing rests on happened, from what is stored."""
    return [datetime.fromisoformat(time) for time in stored.get(f"{version[0]}.{version[1]}", ())]


COMPARED = ("said", "first", "victims", "happened", "happened_from", "happened_to")


def differences(cases: Sequence[UUID], at: datetime) -> list[UUID]:
    """Of these cases those of which something is kept that holds at `at`, and the facts say otherwise."""
    stored = {row.case_id: row for row in CaseJudged.objects.filter(_holding(at), case__in=cases)}
    should = afresh(list(stored), at) if stored else {}
    return [case for case, row in stored.items() if _told(row) != _told(should[case])]


def _told(row: CaseJudged) -> tuple[Any, ...]:
    return tuple(sorted(value) if name == "victims" else value for name in COMPARED for value in (getattr(row, name),))

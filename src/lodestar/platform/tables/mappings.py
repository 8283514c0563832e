"""What the force decided about the headings of its own systems' tables, and deciding it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tables.models import LONGEST_HEADING, HeadingMapping
from lodestar.platform.tables.table_files import folded_heading


def latest_headings(kind: str) -> list[HeadingMapping]:
    """The latest decision about each heading of a kind, by the heading."""
    rows = HeadingMapping.objects.filter(kind=kind).order_by("version")
    latest = {row.folded: row for row in rows}
    return sorted(latest.values(), key=lambda row: row.folded)


def decided_headings(kind: str) -> dict[str, str]:
    """The column that the force last decided on for each folded heading of a kind; empty for one that is not read."""
    return {row.folded: row.column for row in latest_headings(kind)}


MAPPED = "tables.headings_mapped"


def map_headings(*, by: Member, at: datetime, kind: str, columns: Mapping[str, str]) -> None:
    """Keeps for each heading the column that it is, empty where it is not read; what was decided before stays in the table."""
    latest = dict(HeadingMapping.objects.filter(kind=kind).values_list("folded").annotate(Max("version")))
    rows = []
    for heading, column in columns.items():
        folded = folded_heading(heading)[:LONGEST_HEADING]
        latest[folded] = latest.get(folded, 0) + 1
        rows.append(
            HeadingMapping(
                kind=kind, folded=folded, heading=heading[:LONGEST_HEADING], column=column, version=latest[folded],
                decided_at=at, decided_by_id=by.user,
            )
        )  # fmt: skip
    HeadingMapping.objects.bulk_create(rows)
    audit(MAPPED, by=by, at=at, subject=kind)

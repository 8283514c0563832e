"""What the force decided about headings."""

from lodestar.tables.models import HeadingMapping


def latest_headings(kind: str) -> list[HeadingMapping]:
    """The latest decision about each heading of a kind, by the heading."""
    rows = HeadingMapping.objects.filter(kind=kind).order_by("version")
    latest = {row.folded: row for row in rows}
    return sorted(latest.values(), key=lambda row: row.folded)


def decided_headings(kind: str) -> dict[str, str]:
    """The column that the force last decided on for each folded heading of a kind; empty for one that is not read."""
    return {row.folded: row.column for row in latest_headings(kind)}

"""Tables of a period given out, each with its purpose and its recipient in the log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.oversight.releases import queries
from lodestar.oversight.releases.models import Release, ReleaseGiven
from lodestar.oversight.releases.rules import releases
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.statistics.suppression import LEAST
from lodestar.platform.tenancy.tenant_transaction import hold
from lodestar.platform.time.days import london_date

NOT_MADE = (
    "The table of {} cannot be made: with figures shared before, it would reveal fewer than five people or cases. Choose another "
    "period, or tell the requester that it cannot be shared"
)


def release(*, by: Member, at: datetime, kind: str, period: releases.Period, recipient: str, reason: str) -> Release:
    """The table of a period, made at the first asking and the same ever after, with who gave it to whom and why: in the
    register of what left, and in the log. Raises TellsOfFew."""
    hold(f"exchange.release {by.tenant}")  # two that are made at once would each not know of the other
    row = queries.release_of(kind, period.name) or _made(by, kind, period)
    ReleaseGiven.objects.create(
        release=row, recipient=recipient[:200], reason=reason[:400], given_at=timezone.now(), given_by_id=by.user
    )
    audit("exchange.released", by=by, at=at, subject=str(row.id), fields=[kind], recipient=recipient, reason=reason)
    return row


def register_document(
    *, by: Member, at: datetime, kind: str, key: str, title: str, head: Sequence[str], rows: Iterable[Sequence[str]],
    recipient: str, reason: str,
) -> Release:  # fmt: skip
    """Writes into the register which numbers left in a document, as they stand there: small ones are hidden already (`kind` is
    one of `IN_DOCUMENTS`, `key` what the document is known by)."""
    content = {"title": title, "least_shown": LEAST, "head": list(head), "rows": [list(row) for row in rows]}
    row = Release.objects.create(kind=kind, period=key, content=content, made_at=at, made_by_id=by.user)
    ReleaseGiven.objects.create(release=row, recipient=recipient[:200], reason=reason[:400], given_at=at, given_by_id=by.user)
    audit("exchange.released", by=by, at=at, subject=str(row.id), fields=[kind], recipient=recipient, reason=reason)
    return row


def _made(by: Member, kind: str, period: releases.Period) -> Release:
    now = timezone.now()
    try:
        content = CONTENTS[kind](by.tenant, period, now)
    except releases.TellsOfFew:
        raise releases.TellsOfFew(NOT_MADE.format(period.name)) from None
    return Release.objects.create(kind=kind, period=period.name, content=content, made_at=now, made_by_id=by.user)


def _partners(force: str, quarter: releases.Period, now: datetime) -> dict[str, Any]:
    rows = queries.by_kind_and_age(quarter)
    counts = ("possible_victims", "children")
    whole = releases.counts_of_tables(rows) | queries.month_counts(quarter, counts)
    lines = [*releases.table_lines(rows), *(releases.month_line(count, releases.months_of(quarter)) for count in counts)]
    numbers = releases.to_show(lines, whole, queries.given_of(quarter))
    return releases.aggregate(force, quarter, london_date(now), rows, numbers)


def _failings(force: str, quarter: releases.Period, now: datetime) -> dict[str, Any]:
    rows, count = queries.failings_of(quarter, now), "first_reports"
    whole = releases.failing_counts(rows) | queries.month_counts(quarter, [count])
    lines = [*releases.failing_lines(rows), releases.month_line(count, releases.months_of(quarter))]
    numbers = releases.to_show(lines, whole, queries.given_of(quarter))
    return releases.failings_given(force, quarter, london_date(now), rows, numbers)


def _return(force: str, month: releases.Period, now: datetime) -> dict[str, Any]:
    """A month, beside the other months of its quarter and the sums that the quarter's tables showed."""
    quarter = releases.quarter_of(month)
    before, names = queries.given_of(quarter), releases.months_of(quarter)
    lines = [releases.month_line(count, names) for count, end in releases.OF_MONTHS.items() if before.get(end) is not None]
    whole = queries.month_counts(quarter, [*releases.OF_MONTHS])
    whole |= {line[-1]: sum(whole[name] for name in line[:-1]) for line in lines}
    numbers = releases.to_show(lines, whole, before)
    hide = [count for count in releases.OF_MONTHS if numbers[count, month.name] is None]
    return releases.monthly_return(force, month, london_date(now), queries.counts_of(month), hide)


CONTENTS: Mapping[str, Callable[[str, releases.Period, datetime], dict[str, Any]]] = {
    "aggregate": _partners, "figure": _failings, "return": _return,
}  # fmt: skip

"""Tables of a period given out, each with its purpose and its recipient in the log."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from lodestar.oversight.releases import queries
from lodestar.oversight.releases.models import Release, ReleaseGiven
from lodestar.oversight.releases.rules import releases
from lodestar.oversight.releases.rules.differencing import safe
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.tenant_transaction import hold
from lodestar.platform.time.days import london_date

NOT_MADE = (
    "The table of {} cannot be made: with figures shared before, it would reveal fewer than five {} ({}). Choose "
    "another period, or tell the requester that it cannot be shared"
)
KIND_WORDS = {"aggregate": "figures for partners of", "figure": "the six failings of", "return": "the monthly return of"}


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


class TellsOfFew(ValueError):
    """A table that is not made, because few people could be worked out from it; `str` says beside what, in one sentence."""


def _made(by: Member, kind: str, period: releases.Period) -> Release:
    now = timezone.now()
    day = london_date(now)
    quarter = period if kind in releases.QUARTERLY else releases.quarter_of(period)
    before = queries.given_of(quarter)
    content, words = safe(_contents(by, kind, period, now, day), before, kind, period.name, quarter)
    if content is None:
        beside = ", ".join(f"{KIND_WORDS[earlier_release.kind]} {earlier_release.period}" for earlier_release in before)
        raise TellsOfFew(NOT_MADE.format(period.name, words, beside))
    return Release.objects.create(kind=kind, period=period.name, content=content, made_at=now, made_by_id=by.user)


def _contents(by: Member, kind: str, period: releases.Period, now: datetime, day: date) -> Iterator[dict[str, Any]]:
    """The table; and of a month, where that would tell of few, the same with more of it hidden."""
    if kind == "aggregate":
        yield releases.aggregate(by.tenant, period, day, queries.by_kind_and_age(period))
    elif kind == "figure":
        yield releases.failings_given(by.tenant, period, day, queries.failings_of(period, now), queries.months_given(period))
    else:
        counts = queries.counts_of(period)
        hide = ["first_reports"] if queries.cases_hidden(period) else []
        for more in releases.MORE_HIDDEN:
            yield releases.monthly_return(by.tenant, period, day, counts, [*hide, *more])

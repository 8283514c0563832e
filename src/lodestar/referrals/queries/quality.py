"""Checks of the form that were open when referrals were sent: how often each, by team, and against what was decided first.

Counts alone, of one quarter; about the form, and never about whoever wrote it. Sealed cases are in none of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from lodestar.kernel.days import start_of_day
from lodestar.referrals.models import Decision, ReferralNow

FIRST = ("rg_positive", "rg_negative")
NO_CHECK = ""  # the count of those in which no check was open
FEW = 5  # a team that sent fewer is not counted apart: it may be one person


@dataclass
class Tally:
    """How many were sent, and in how many each check was open; NO_CHECK counts those in which none was."""

    sent: int = 0
    checks: Counter[str] = field(default_factory=Counter)

    def add(self, open_checks: Iterable[str]) -> None:
        """One more referral."""
        self.sent += 1
        self.checks.update(set(open_checks) or {NO_CHECK})


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_after(first: date, number: int = 1) -> date:
    """The first day of the quarter so many after this one; before it for a number below nought."""
    months = first.year * 12 + first.month - 1 + 3 * number
    return date(months // 12, months % 12 + 1, 1)


def _of_quarter(first: date) -> QuerySet[ReferralNow, Any]:
    """What we sent in a quarter and wrote here, so that its checks are known, without what is sealed."""
    begins, ends = (start_of_day(day) for day in (first, quarter_after(first)))
    return ReferralNow.objects.filter(
        direction="made_by_us",
        sent_at__gte=begins,
        sent_at__lt=ends,
        referral__writing__isnull=False,
        referral__person__case__sealed=False,
    )


def by_team(first: date) -> Mapping[str, Tally]:
    """What each team sent in a quarter, by its name."""
    found: dict[str, Tally] = {}
    for team, checks in _of_quarter(first).values_list("unit__name", "referral__open_checks"):
        found.setdefault(team, Tally()).add(checks)
    return dict(sorted(found.items()))


def by_outcome(first: date) -> Mapping[str, Tally]:
    """What was sent in a quarter by what was decided first: rg_positive, rg_negative, or nothing yet (an empty name)."""
    replaced = Decision.objects.filter(replaces=OuterRef("id"))
    decided = Decision.objects.filter(~Q(Exists(replaced)), referral=OuterRef("referral"), kind__in=FIRST)
    outcome = Subquery(decided.order_by("decided_on", "number").values("kind")[:1])
    found = {name: Tally() for name in (*FIRST, "")}
    for kind, checks in _of_quarter(first).annotate(first=outcome).values_list("first", F("referral__open_checks")):
        found[kind or ""].add(checks)
    return found


def quarter_asked(words: str, now: datetime) -> date:
    """The quarter named like `2026-4`, not after that of `now`; that of `now` for anything else."""
    current = quarter_of(start_of_day(now.date()).date())
    year, _, number = words.partition("-")
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4")) or year < "2015":
        return current
    return min(date(int(year), int(number) * 3 - 2, 1), current)

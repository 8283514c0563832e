"""Checks of the form that were open when referrals were sent: how often each, by team, and against what was decided first.

Counts alone, of one quarter; about the form, and never about whoever wrote it. Sealed cases are in none of them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import CharField, Count, F, Func, Q

from lodestar.cases.models import SealOwner
from lodestar.kernel.days import start_of_day
from lodestar.referrals.models import Referral, ReferralNow
from lodestar.referrals.rules.decisions import FIRST

NO_CHECK = ""  # the count of those in which no check was open
FEW = 5  # a team that sent fewer is not counted apart: it may be one person


@dataclass
class Tally:
    """How many were sent, and in how many each check was open; NO_CHECK counts those in which none was."""

    sent: int = 0
    checks: Counter[str] = field(default_factory=Counter)


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_after(first: date, number: int = 1) -> date:
    """The first day of the quarter so many after this one; before it for a number below nought."""
    months = first.year * 12 + first.month - 1 + 3 * number
    return date(months // 12, months % 12 + 1, 1)


class Counted:
    """What we sent in a quarter and wrote here, so that its checks are known, without what is sealed: counted by the database
    from one table, so that it takes as long however many there are in other quarters."""

    def __init__(self, first: date) -> None:
        begins, ends = (start_of_day(day) for day in (first, quarter_after(first)))
        sealed = SealOwner.objects.filter(case__sealed=True).values("case")
        rows = ReferralNow.objects.filter(
            direction="made_by_us", sent_at__gte=begins, sent_at__lt=ends, open_checks__isnull=False
        )
        rows = rows.exclude(referral__in=Referral.objects.filter(person__case__in=sealed).values("id"))
        by = ("unit__name", "first")
        none_open = Count("id", filter=Q(open_checks=[]))
        self.sent = list(rows.values(*by).annotate(sent=Count("id"), none=none_open).values_list(*by, "sent", "none"))
        check = Func(F("open_checks"), function="unnest", output_field=CharField())
        self.each = list(rows.annotate(open_check=check).values_list(*by, "open_check").annotate(open_in=Count("id")))

    def by_team(self) -> Mapping[str, Tally]:
        """What each team sent, by its name."""
        return dict(sorted(self._tallies(0).items()))

    def by_outcome(self) -> Mapping[str, Tally]:
        """What was sent by what was decided first: rg_positive, rg_negative, or nothing yet (an empty name)."""
        return {name: Tally() for name in (*FIRST, "")} | self._tallies(1)

    def _tallies(self, column: int) -> dict[str, Tally]:
        found: dict[str, Tally] = {}
        for *by, sent, none in self.sent:
            tally = found.setdefault(by[column], Tally())
            tally.sent += sent
            tally.checks.update({NO_CHECK: none} if none else {})
        for *by, check, open_in in self.each:
            found[by[column]].checks[check] += open_in
        return found


def quarter_asked(words: str, now: datetime) -> date:
    """The quarter named like `2026-4`, not after that of `now`; that of `now` for anything else."""
    current = quarter_of(start_of_day(now.date()).date())
    year, _, number = words.partition("-")
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4")) or year < "2015":
        return current
    return min(date(int(year), int(number) * 3 - 2, 1), current)

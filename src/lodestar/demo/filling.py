"""The order in which the demo force is made: today first, then its two years month by month, the latest first, then the work
that looks back on all of them. Each step is one transaction; the tenant's row holds the steps that are left."""

import gc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from lodestar.casework.cases.models import CaseNumber
from lodestar.demo import force
from lodestar.demo.concerns import PlannedConcern, is_of_today, month_of, numbered, planned
from lodestar.demo.parts import all_parts
from lodestar.demo.work import Office, clock_at
from lodestar.demo.years import Years
from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import Membership
from lodestar.platform.notices.actions import open_notices
from lodestar.platform.notices.models import Notice
from lodestar.platform.registry.demo_parts import DEMO_PARTS, Act, Members, sort_parts
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import hold, within

BEFORE = timedelta(days=150)  # the first records of other systems come so long before the first concern


@dataclass
class Filling:
    """What is left to make: the moment of which the force is, the months that are left, the parts before and after them, how many
    months there are, and the last numbers that the office gave out."""

    now: datetime
    before: list[str]
    months: list[str]
    after: list[str]
    months_in_all: int
    counters: Sequence[int]

    @property
    def is_left(self) -> bool:
        """Whether a step is left."""
        return bool(self.before or self.months or self.after)

    def as_json(self) -> dict[str, Any] | None:
        """Return the state as the tenant's row holds it; None when nothing is left."""
        return vars(self) | {"now": self.now.isoformat()} if self.is_left else None


def make_whole(password: str, now: datetime, *, few: bool = False) -> dict[str, Member]:
    """Make the demo force in one transaction. `few`: with the told and the latest cases only."""
    with transaction.atomic():
        members, filling = _make_today(password, now, planned(now, few=few))
        while filling.is_left:
            _make_next(filling)
        _store(filling)
    return members


def make_today(password: str, now: datetime) -> None:
    """Make what the first sign-in needs, in one transaction, and leave the rest to `fill`."""
    with transaction.atomic():
        _, filling = _make_today(password, now, planned(now))
        _store(filling)


def fill() -> bool:
    """Make the next step in a transaction of its own. Return whether one was left."""
    with within(force.SLUG):
        hold("demo.filling")
        state = Tenant.objects.values_list("demo_filling", flat=True).get(slug=force.SLUG)
        if state is None:
            return False
        filling = Filling(**state | {"now": datetime.fromisoformat(state["now"])})
        _make_next(filling)
        _store(filling)
    return True


def _store(filling: Filling) -> None:
    Tenant.objects.filter(slug=force.SLUG).update(demo_filling=filling.as_json())


def _make_today(password: str, now: datetime, plan: Sequence[PlannedConcern]) -> tuple[dict[str, Member], Filling]:
    Tenant.objects.create(slug=force.SLUG, name="Fenmarch Police", reference_prefix="FM", made_by_demo=True)
    begins = plan[0].met - BEFORE
    _make_months_of_the_log(begins, now)
    with within(force.SLUG), clock_at(begins, now) as clock:
        members = force.make_colleagues(password)
        parts = all_parts()
        before, after = sort_parts(parts)
        for part in [*before, *after]:
            if part.begin:
                part.begin(members, begins)
        office = Office(members, clock)
        chosen = [concern for concern in plan if is_of_today(concern)]
        acts = [act for part in parts if part.work.acts for act in part.work.acts(begins, now)]
        acts += _acts_of_step(begins, now)
        _live(Years(office, now, plan), chosen, acts)
        for year, number in dict(numbered(plan).values()).items():
            CaseNumber.objects.create(year=year, last=number)
        clock.set(now)
        for part in before:
            if part.before_sign_in and part.make:
                part.make(members, now)
        _open_earlier_notices(members.values(), now)
    left = {month_of(concern) for concern in plan if not is_of_today(concern)}
    months = sorted({month_of(concern) for concern in plan})
    soon = [part.name for part in before if part.make and not part.before_sign_in]
    later = [part.name for part in after if part.make]
    return members, Filling(now, soon, sorted(left), later, len(months), office.counters)


def _make_next(filling: Filling) -> None:
    """Make the next part that comes before the months, else the latest month, else a part that looks back on them; take it off
    its list."""
    now, plan = filling.now, planned(filling.now)
    all_parts()
    with within(force.SLUG), clock_at(now, now) as clock:
        members = members_of_demo()
        if filling.before:
            _make_part(filling.before.pop(0), members, now)
        elif filling.months:
            month = filling.months.pop()
            chosen = [concern for concern in plan if month_of(concern) == month and not is_of_today(concern)]
            office = Office(members, clock, filling.counters)
            _live(Years(office, now, plan), chosen, _acts_of_step(plan[0].met - BEFORE, now))
            filling.counters = office.counters
        else:
            _make_part(filling.after.pop(0), members, now)
        _open_earlier_notices(members.values(), now)


def _make_part(name: str, members: Members, now: datetime) -> None:
    if make := DEMO_PARTS[name].make:
        make(members, now)


def _acts_of_step(begins: datetime, now: datetime) -> list[tuple[datetime, Act]]:
    of_parts = filter(None, (part.work.acts_of_step for part in DEMO_PARTS.values()))
    return [act for acts in of_parts for act in acts(begins, now)]


def _live(years: Years, concerns: Sequence[PlannedConcern], acts: Iterable[Any]) -> None:
    gc.disable()  # it takes a tenth of the time, and there is room
    years.live(concerns, acts)
    gc.enable()


def members_of_demo() -> dict[str, Member]:
    """Return who each colleague of the demo is at work, by username; of several postings the latest."""
    rows = Membership.objects.select_related("user", "unit").filter(user__made_by_demo=True)
    return {row.user.username: member_from(row) for row in rows.order_by("from_date")}


def _open_earlier_notices(members: Iterable[Member], now: datetime) -> None:
    """Open for everybody what was new for them more than a day ago."""
    earlier = Notice.objects.filter(at__lt=now - timedelta(days=1), opened_at__isnull=True)
    for member in members:
        open_notices(by=member, at=now - timedelta(hours=12), notices=earlier.filter(to_id=member.user))


def _make_months_of_the_log(begins: datetime, now: datetime) -> None:
    with connection.cursor() as cursor:
        for days in range(0, (now - begins).days + 31, 28):
            cursor.execute("select audit_make_month(%s)", [min(begins + timedelta(days=days), now).date()])

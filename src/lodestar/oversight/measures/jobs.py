"""What runs by itself: what is said of each case is kept anew within the minute, and held against the facts every night."""

from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.casework.cases.models import Case
from lodestar.oversight.measures import actions
from lodestar.oversight.measures.access import whole_force
from lodestar.oversight.measures.models import StoredValue
from lodestar.oversight.measures.queries.figure import Figure
from lodestar.oversight.measures.queries.reading import differences
from lodestar.oversight.measures.rules.facts import Period, last_quarter
from lodestar.oversight.measures.rules.values import periods_to_store
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date

AT_ONCE = 200  # cases that are locked together, for a fraction of a second
CHECKED_AT_ONCE = 500


def keep_tenant(tenant: str) -> int:
    """Keeps what is said of every case of a tenant of which nothing is kept that holds; how many they were."""
    count = 0
    while True:
        with within(tenant):
            some = actions.keep(at=timezone.now(), most=AT_ONCE)
        if not some:
            return count
        count += some


def check_tenant(tenant: str) -> Iterator[tuple[int, list[UUID]]]:
    """Judges every case of a tenant afresh, some hundreds at a time: how many, and of which something else is kept."""
    last = UUID(int=0)
    while True:
        with within(tenant):
            some = list(Case.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:CHECKED_AT_ONCE])
            if not some:
                return
            differing = differences(some, timezone.now())
        last = some[-1]
        yield len(some), differing


def quarter_differs(tenant: str) -> bool:
    """Whether the figure of the last whole quarter, read quickly, is another than the one reckoned afresh."""
    with within(tenant):
        now = timezone.now()
        arguments = (whole_force(), last_quarter(london_date(now)), now)
        quick, pure = (Figure(*arguments, is_past=True, afresh=afresh) for afresh in (False, True))
        return (quick.counts, quick.before) != (pure.counts, pure.before)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="keep_figure", pass_context=False)
def keep_figure(timestamp: int) -> int:
    """Every minute: what was changed since is kept anew. How many cases that were."""
    return sum(keep_tenant(tenant) for tenant in Tenant.objects.values_list("slug", flat=True))


@app.periodic(cron="50 1 * * *")
@app.task(queueing_lock="check_figure", pass_context=False)
def check_figure(timestamp: int) -> int:
    """Every night. Fails, and so is seen, when anything that is kept differs from what the facts say."""
    tenants = list(Tenant.objects.values_list("slug", flat=True))
    wrong = [case for tenant in tenants for _, differing in check_tenant(tenant) for case in differing]
    if wrong:
        raise RuntimeError(f"{len(wrong)} cases of the figure differ from their facts, the first {wrong[0]}")
    for tenant in tenants:
        if quarter_differs(tenant):
            raise RuntimeError(f"the figure of the last quarter of {tenant} differs from the one reckoned afresh")
    return 0


@in_every_force("40 2 * * 1", lock="store_values")
def store_due(tenant: str) -> int:
    """Every week: what each measure came to in the weeks, months, quarters and years that ended and are not stored yet, and in
    the quarter that is under way. How many periods that were."""
    with within(tenant):
        now = timezone.now()
        ended, running = periods_to_store(london_date(now))
        stored = {(row.first, row.last) for row in StoredValue.objects.filter(first__in=[period.first for period in ended])
                  if row.stored_at >= Period(row.first, row.last).ends}  # fmt: skip
        due = [period for period in ended if (period.first, period.last) not in stored]
        for period in (*due, running):
            actions.store_values(by=None, at=now, period=period)
    return len(due) + 1

"""What runs by itself: what each measure came to is stored every week."""

from django.utils import timezone

from lodestar.oversight.measures import actions
from lodestar.oversight.measures.models import StoredValue
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.measures.rules.values import periods_to_store
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date


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

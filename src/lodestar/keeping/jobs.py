"""What runs by itself: every night the days on which people are to be looked at."""

from procrastinate.contrib.django import app

from lodestar.keeping.actions import store_due
from lodestar.keeping.queries import people_after
from lodestar.tenancy.models import Tenant
from lodestar.tenancy.within import within


def reckon_reviews(tenant: str) -> int:
    """Brings the review days of everybody in a force to what the rules say; how many people that were."""
    last, number = None, 0
    while True:
        with within(tenant):
            some = people_after(last)
            if not some:
                return number
            store_due(some)
        last, number = some[-1].id, number + len(some)


@app.periodic(cron="50 1 * * *")
@app.task(queueing_lock="reckon_reviews", pass_context=False)
def reckon_all_reviews(timestamp: int) -> None:
    """Every night, force by force, some hundred people in a transaction."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        reckon_reviews(tenant)

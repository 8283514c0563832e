"""What runs by itself: handed-over cases that nobody acknowledged are chased."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.casework.allocation.actions import chase
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="allocation_chase", pass_context=False)
def chase_handovers(timestamp: int) -> None:
    """Gives notice of each that is late. One that is still unopened is not given twice."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            chase(at=timezone.now())

"""What runs by itself: what leavers hold is handed over."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.platform.staff.actions.requests import hand_over_leaver
from lodestar.platform.staff.queries import leavers_to_hand_over
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="staff_leavers", pass_context=False)
def hand_over(timestamp: int) -> None:
    """Tells the apps that registered of each last day that was set since."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            for user, last_day in leavers_to_hand_over():
                hand_over_leaver(by=user, at=timezone.now(), last_day=last_day)

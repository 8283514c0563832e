"""What runs by itself: newsletters that wait to be sent by e-mail."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.guidance.actions.newsletters import send_waiting
from lodestar.tenancy.models import Tenant
from lodestar.tenancy.within import within


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="send_newsletters", pass_context=False)
def send_newsletters(timestamp: int) -> None:
    """Every five minutes. A mail server that is away is asked again the next time."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            send_waiting(timezone.now())

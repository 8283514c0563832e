"""What runs by itself: newsletters to send, next versions that are due, and what passages mean where there is a model."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.knowledge.publishing.actions.newsletters import send_waiting
from lodestar.knowledge.publishing.actions.stages import take_turns
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

_LOG = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="send_newsletters", pass_context=False)
def send_newsletters(timestamp: int) -> None:
    """Every five minutes. A mail server that is away is asked again the next time."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            send_waiting(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="take_turns", pass_context=False)
def bring_in_next_versions(timestamp: int) -> None:
    """Every five minutes. Which version is in use goes by the day alone: titles, topics and history follow it here. Fails, and
    so is seen, where a force's could not take their turns, after those of every other force have."""
    failed = []
    for tenant in Tenant.objects.values_list("slug", flat=True):
        try:
            with within(tenant):
                take_turns(timezone.localdate())
        except Exception:  # whatever is wrong in the library of one force is no reason to leave those of the others behind
            _LOG.exception("Next versions of %s could not take their turns.", tenant)
            failed.append(tenant)
    if failed:
        raise RuntimeError(f"Next versions could not take their turns in {', '.join(failed)}")

"""What runs by itself every night: the heads of the log, written outside the database."""

import logging
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.platform.audit.heads import add_heads
from lodestar.platform.audit.queries import last_link, link_waiting_rows
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

LOG = logging.getLogger(__name__)


@app.periodic(cron="20 1 * * *")
@app.task(queueing_lock="write_heads", pass_context=False)
def write_heads(timestamp: int) -> None:
    """Adds the last link of each force's log to the file of heads. Logs where rows and links are not as many."""
    heads = []
    for tenant in Tenant.objects.order_by("slug").values_list("slug", flat=True):
        with within(tenant):
            link_waiting_rows()
            head = last_link(tenant, at=timezone.now())
        if head is not None:
            heads.append(head)
            if head.count != head.sequence:
                LOG.error("The log of %s has %d rows and %d links: ./lodestar check --log", tenant, head.count, head.sequence)
    add_heads(Path(settings.HEADS), heads)

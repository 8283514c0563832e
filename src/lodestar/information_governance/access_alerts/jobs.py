"""The watch over the log for professional standards."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.information_governance.access_alerts.actions import raise_alerts
from lodestar.information_governance.access_alerts.queries import seconds_apart
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

LOG = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="alert_standards", pass_context=False)
def alert_standards(timestamp: int) -> int:
    """Every five minutes: what professional standards is to be asked about, from the log. How many alerts there are."""
    alert_count = 0
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            alert_count += raise_alerts(at=timezone.now())
            if apart := seconds_apart(timezone.now()):
                LOG.error("A clock of web server or worker is %d seconds from the database's", apart)
    return alert_count

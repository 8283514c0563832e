"""What runs by itself every night: the months of the log to come, and the forms that came long ago."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.platform.accounts.models import Submission
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

MONTHS_AHEAD = 12
REPEATS_KNOWN_FOR = timedelta(days=30)


@app.periodic(cron="10 1 * * *")
@app.task(queueing_lock="tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Makes the log's months to come, and forgets keys of forms that nobody will send again."""
    with connection.cursor() as cursor:
        for month in range(MONTHS_AHEAD):
            cursor.execute("select audit_make_month(%s)", [(timezone.now() + timedelta(days=30 * month)).date()])
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            Submission.objects.filter(accepted_at__lt=timezone.now() - REPEATS_KNOWN_FOR).delete()

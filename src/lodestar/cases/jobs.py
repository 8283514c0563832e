"""What runs by itself: the nightly check of the ledger, and the months of the log to come."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.accounts.models import Submission
from lodestar.cases import ledger
from lodestar.cases.actions.alerts import raise_alerts
from lodestar.cases.actions.matching import mark_some
from lodestar.cases.models import Case
from lodestar.tenancy.models import Tenant
from lodestar.tenancy.tenant_transaction import within

AT_ONCE = 500
NOBODY = UUID(int=0)  # a release is nobody
MONTHS_AHEAD = 12
REPEATS_KNOWN_FOR = timedelta(days=30)


def check_tenant(tenant: str) -> Iterator[tuple[int, list[ledger.Difference]]]:
    """Reckons every case of a tenant afresh, 500 at a time: how many, and where the stored ledger differs."""
    last = None
    while True:
        with within(tenant):
            cases = Case.objects.order_by("id")
            some = list((cases.filter(id__gt=last) if last else cases)[:AT_ONCE])
            if not some:
                return
            differences = ledger.differences(some)
        last = some[-1].id
        yield len(some), differences


def mend(tenant: str, cases: Sequence[UUID]) -> None:
    """Locks and reckons these cases and stores the result: what a release with new rules, or another role for something owed,
    needs once, after it migrated."""
    with within(tenant):
        locked = list(Case.objects.select_for_update().filter(id__in=cases).order_by("id"))
        cause = ledger.Cause(by=NOBODY, at=timezone.now(), code="rules.changed")
        ledger.recalculate([case.id for case in locked], cause, rows=locked)


def mark_tenant(tenant: str, *, only_new: bool) -> int:
    """Files the people of a force anew, or those who are not filed yet, some thousands in a transaction: how many."""
    count, last = 0, None
    while True:
        with within(tenant):
            some, filed = mark_some(after=last, only_new=only_new)
        if not some:
            return count
        count, last = count + filed, some


@app.periodic(cron="30 1 * * *")
@app.task(queueing_lock="check_ledgers", pass_context=False)
def check_ledgers(timestamp: int) -> int:
    """Every night. Fails, and so is seen, when any ledger differs from its facts."""
    wrong = [
        difference
        for tenant in Tenant.objects.values_list("slug", flat=True)
        for _, differences in check_tenant(tenant)
        for difference in differences
    ]
    if wrong:
        raise RuntimeError(f"{len(wrong)} differences between the ledger and its facts, the first in case {wrong[0].case}")
    return 0


@app.periodic(cron="10 1 * * *")
@app.task(queueing_lock="tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Makes the log's months to come, and forgets keys of forms that nobody will send again."""
    with connection.cursor() as cursor:
        for month in range(MONTHS_AHEAD):
            cursor.execute("select record_make_month(%s)", [(timezone.now() + timedelta(days=30 * month)).date()])
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            Submission.objects.filter(accepted_at__lt=timezone.now() - REPEATS_KNOWN_FOR).delete()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="alert_standards", pass_context=False)
def alert_standards(timestamp: int) -> int:
    """Every five minutes: what professional standards is to be asked about, from the log. How many alerts there are."""
    alert_count = 0
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            alert_count += raise_alerts(at=timezone.now())
    return alert_count

"""The nightly check of the ledger."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger import ledger
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

NOBODY = UUID(int=0)  # a release is nobody


def check_tenant(tenant: str) -> Iterator[tuple[int, list[ledger.Difference]]]:
    """Reckons every case of a tenant afresh, 500 at a time: how many, and where the stored ledger differs."""
    last = None
    while True:
        with within(tenant):
            cases = Case.objects.order_by("id")
            some = list((cases.filter(id__gt=last) if last else cases)[: ledger.AT_ONCE])
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

"""What runs by itself: every night the days on which people are to be looked at, and what lies beside them and is over."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.casework.case_files.actions.case_files import store
from lodestar.information_governance.retention.actions import erase_expired, store_due, sweep_files
from lodestar.information_governance.retention.queries import people_after
from lodestar.knowledge.library.queries.documents import originals
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

NOBODY = UUID(int=0)  # the clock, and no person


def recalculate_reviews(tenant: str) -> int:
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
def recalculate_all_reviews(timestamp: int) -> None:
    """Every night, force by force, some hundred people in a transaction."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        recalculate_reviews(tenant)


def erase_expired_in_force(tenant: str) -> int:
    """Lets go of a force what lies beside people and is over, some hundred in a transaction; how many that were."""
    number = 0
    while True:
        with within(tenant):
            erased_count = sum(erase_expired(by=NOBODY, at=timezone.now()).values())
        if not erased_count:
            return number
        number += erased_count


@app.periodic(cron="10 2 * * *")
@app.task(queueing_lock="let_go_beside", pass_context=False)
def erase_expired_in_all_forces(timestamp: int) -> None:
    """Every night, force by force."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        erase_expired_in_force(tenant)


def sweep(tenant: str) -> int:
    """Forgets the stored files of a force to which nothing refers; how many they were."""
    return sweep_files(by=NOBODY, at=timezone.now(), tenant=tenant, stores=(store(), originals()))


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="sweep_files", pass_context=False)
def sweep_every_file(timestamp: int) -> None:
    """Every night: stored files to which nothing refers, force by force."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        sweep(tenant)

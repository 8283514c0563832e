"""What runs by itself: every night the days on which people are to be looked at, and what lies beside them and is over."""

from uuid import UUID

from django.utils import timezone

from lodestar.casework.case_files.actions.case import store
from lodestar.information_governance.retention.actions import erase_expired, store_due, sweep_files
from lodestar.information_governance.retention.queries import people_after
from lodestar.knowledge.library.queries.library import originals
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.tenant_transaction import within

NOBODY = UUID(int=0)  # the clock, and no person


@in_every_force("50 1 * * *", lock="reckon_reviews")
def recalculate_reviews(tenant: str) -> int:
    """Every night: brings the review days of everybody in a force to what the rules say, some hundred in a transaction; how many
    people that were."""
    last, number = None, 0
    while True:
        with within(tenant):
            some = people_after(last)
            if not some:
                return number
            store_due(some)
        last, number = some[-1].id, number + len(some)


@in_every_force("10 2 * * *", lock="let_go_beside")
def erase_expired_in_force(tenant: str) -> int:
    """Every night: lets go of a force what lies beside people and is over, some hundred in a transaction; how many that were."""
    number = 0
    while True:
        with within(tenant):
            erased_count = sum(erase_expired(by=NOBODY, at=timezone.now()).values())
        if not erased_count:
            return number
        number += erased_count


@in_every_force("30 2 * * *", lock="sweep_files")
def sweep(tenant: str) -> int:
    """Every night: forgets the stored files of a force to which nothing refers; how many they were."""
    return sweep_files(by=NOBODY, at=timezone.now(), tenant=tenant, stores=(store(), originals()))

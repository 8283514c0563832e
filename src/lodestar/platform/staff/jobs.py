"""What runs by itself: what leavers hold is handed over."""

from django.utils import timezone

from lodestar.platform.staff.actions.requests import hand_over_leaver
from lodestar.platform.staff.queries import leavers_to_hand_over
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.tenant_transaction import within


@in_every_force("*/5 * * * *", lock="staff_leavers")
def hand_over(tenant: str) -> None:
    """Tells the apps that registered of each last day that was set since."""
    with within(tenant):
        for user, last_day in leavers_to_hand_over():
            hand_over_leaver(by=user, at=timezone.now(), last_day=last_day)

"""What runs by itself: telling owners of actions that these are late."""

from django.utils import timezone

from lodestar.oversight.boards.actions import remind_late
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.tenant_transaction import within


@in_every_force("20 6 * * *", lock="remind_of_board_actions")
def remind_tenant(tenant: str) -> None:
    """Every morning: whoever has an action of a board that is late, once."""
    with within(tenant):
        remind_late(by=None, at=timezone.now())

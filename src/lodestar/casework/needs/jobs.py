"""What runs by itself: reasons of unmet needs that a record says already."""

from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.casework.needs.actions import find_reasons
from lodestar.casework.needs.models import Need
from lodestar.casework.needs.rules import UNMET
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.tenant_transaction import within

MOST = 2_000  # people in one run


@in_every_force("40 5 * * *", lock="reasons_of_needs")
def reasons_of_needs(tenant: str) -> None:
    """Every morning: whose needs have no reason yet and what records say of it."""
    with within(tenant):
        waiting = Need.objects.filter(state=UNMET, unmet_reason="").values("person")
        for person in Person.objects.select_related("case").filter(id__in=waiting).order_by("-id")[:MOST]:
            find_reasons(by=None, at=timezone.now(), person=person)

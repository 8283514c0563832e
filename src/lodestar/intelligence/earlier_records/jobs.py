"""What runs by itself: people of cases and those of earlier records are looked at beside one another every night, because a name
may have been put right on a page, or a case have come in by a way that looks at none."""

from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.intelligence.earlier_records.actions.prompts import meet_people
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.tenant_transaction import within

AT_ONCE = 1_000


@in_every_force("40 1 * * *", lock="look_again_at_earlier_records")
def look_again(tenant: str) -> int:
    """Every night: looks at every person of every case of a tenant; how many they are."""
    seen, last = 0, UUID(int=0)
    while True:
        with within(tenant):
            some = list(Person.objects.filter(id__gt=last).only("id", "name", "birth_date").order_by("id")[:AT_ONCE])
            if not some:
                return seen
            meet_people(by=None, at=timezone.now(), people=some)
        seen, last = seen + len(some), some[-1].id

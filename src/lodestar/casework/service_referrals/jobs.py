"""What runs by itself: telling owners whose referral or request for a place has had no answer."""

from datetime import datetime

from django.utils import timezone

from lodestar.casework.service_referrals.models import PlaceRequest, ServiceReferral
from lodestar.casework.service_referrals.rules import LATE_ANSWER, LATE_PLACE
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.queries import due_rows
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.tenant_transaction import within

MOST = 2_000  # of each kind in one run


@in_every_force("20 7 * * *", lock="chase_answers")
def chase_answers(tenant: str) -> None:
    """Every morning: owners are told of each referral and request whose day is over, until they open it or the next morning."""
    with within(tenant):
        tell_owners(timezone.now())


def tell_owners(now: datetime) -> None:
    """Gives notice of all that is late now."""
    for model, kind in ((ServiceReferral, LATE_ANSWER), (PlaceRequest, LATE_PLACE)):
        for row in due_rows(model.objects.select_related("person"), now)[:MOST]:
            case, person = row.person.case_id, row.person_id
            notify(to=[row.owner_id], kind=kind, by=None, at=now, case=case, person=person, subject=str(row.id))

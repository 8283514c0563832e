"""Writing down that help was offered again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.casework.cases.rules import ENDS_OFFERS
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.consent.queries import ladder_of
from lodestar.casework.ledger import ledger
from lodestar.casework.safe_addresses.actions import contact_made
from lodestar.casework.support.models import CAME_TO_US, NOT_TRIED, Offer
from lodestar.casework.support.rules import CODE
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit


def offer_again(*, by: Member, at: datetime, person: Person, facts: Mapping[str, Any], without: str = "") -> Offer:
    """Records an offer made at `at`, or a try at one. That contact is unwanted, or unsafe, is their answer about contact
    from then on, and ends what would be offered later; nobody has to agree to it. Raises
    NoContactRule where we went to them, no rule allows it, and `without` does not say why."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="support.offered_again"):
        if facts.get("how") not in CAME_TO_US and facts["outcome"] not in NOT_TRIED:
            contact_made(by=by, at=at, people=[person], code=CODE, without=without)
        row = Offer.objects.create(
            person=person, offered_at=at, since=ladder_of(person).refused_at, recorded_at=timezone.now(), recorded_by_id=by.user,
            **facts,
        )  # fmt: skip
        if row.outcome in ENDS_OFFERS:
            wish = {"contact_again": row.outcome, "leaves_referral": True, "leaflet": row.leaflet}
            record_consent(by=by, at=at, person=person, answer=wish)
        audit(
            "support.offered_again", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
            fields=sorted(name for name, value in facts.items() if value not in (None, "")),
        )  # fmt: skip
    return row

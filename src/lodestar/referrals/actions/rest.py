"""Recording that the rest of a referral was sent, as supplementary information."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.record import actions as record
from lodestar.referrals.actions.sent import HOME_OFFICE, SECTION_52
from lodestar.referrals.models import Referral, Supplement


def rest_sent(
    *, by: Member, at: datetime, referral: Referral, codes: Sequence[str], words: str = "", how: str = ""
) -> Supplement:
    """Records that supplementary information on this referral was sent at `at`: how, and which answers it held. It
    discharges that the rest is owed."""
    case = referral.person.case_id
    with ledger.acting_on(case, by=by.user, at=at, code="referrals.rest_sent"):
        row = Supplement(
            referral=referral,
            sent_at=at,
            sent_words=words,
            how=how,
            codes=list(codes),
            recorded_at=timezone.now(),
            recorded_by_id=by.user,
        )
        row.save(force_insert=True)
        record.append(
            "referrals.rest_sent",
            by=by.user,
            role=by.role,
            at=at,
            case=case,
            people=[referral.person_id],
            subject=str(row.id),
            fields=list(codes),
            recipient=HOME_OFFICE,
            power=SECTION_52,
        )
    return row

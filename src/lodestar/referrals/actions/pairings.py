"""Saying why somebody has a referral and no crime, or a crime and no referral."""

from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Person
from lodestar.kernel.text_normalise import several_lines
from lodestar.referrals.actions.sent import logged
from lodestar.referrals.models.pairings import Pairing, PairingSettled
from lodestar.referrals.queries.reconciled import pairing_of, side_of


class PairedMeanwhile(Exception):
    """What was missing is there by now, or is missing on the other side: there is nothing to say why."""


def settle_pairing(*, by: Member, at: datetime, person: Person, side: str, reason: str) -> PairingSettled:
    """Says why the one is there without the other (`side`, one of SIDES). A later reason stands beside the earlier; the same
    words of the same person again are the same row. Raises PairedMeanwhile when that is not how it stands."""
    reason = several_lines(reason)[:1000]
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="referrals.pairing_settled"):
        if side_of(pairing_of(person.id)) != side:
            raise PairedMeanwhile
        latest = PairingSettled.objects.filter(person=person, side=side).order_by("-settled_at", "-id").first()
        if latest is not None and (latest.reason, latest.settled_by_id) == (reason, by.user):
            return latest
        row = PairingSettled(person=person, side=side, reason=reason, settled_at=timezone.now(), settled_by_id=by.user)
        row.save(force_insert=True)
        Pairing.objects.filter(person=person).update(settled=True)
        logged(code="referrals.pairing_settled", row=row, about=person, by=by, at=at, fields=["reason"])
    return row

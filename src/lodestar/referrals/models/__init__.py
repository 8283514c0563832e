"""The rows of referral: what is being written, what was sent to the Home Office, its references, and what came of it."""

from lodestar.referrals.models.sent import (
    GROUNDS,
    KINDS,
    LETTERS,
    SETTLED,
    SIDES,
    STATES,
    Decision,
    Letter,
    LetterFiled,
    Pairing,
    PairingSettled,
    Referral,
    ReferralReference,
    ReferralStatus,
    SupplementaryInformation,
)
from lodestar.referrals.models.writing import Answer, ReferralDraft, Review

__all__ = [
    "GROUNDS",
    "KINDS",
    "LETTERS",
    "SETTLED",
    "SIDES",
    "STATES",
    "Answer",
    "Decision",
    "Letter",
    "LetterFiled",
    "Pairing",
    "PairingSettled",
    "Referral",
    "ReferralDraft",
    "ReferralReference",
    "ReferralStatus",
    "Review",
    "SupplementaryInformation",
]  # fmt: skip

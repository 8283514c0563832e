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
    ReferralNow,
    ReferralReference,
    Supplement,
)
from lodestar.referrals.models.writing import Answer, Review, Writing

__all__ = [
    "GROUNDS", "KINDS", "LETTERS", "SETTLED", "SIDES", "STATES", "Answer", "Decision", "Letter", "LetterFiled",
    "Pairing", "PairingSettled", "Referral", "ReferralNow", "ReferralReference", "Review", "Supplement", "Writing",
]  # fmt: skip

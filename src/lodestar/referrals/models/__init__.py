"""The rows of referral: what is being written, what was sent to the Home Office, its references, and what came of it."""

from lodestar.referrals.models.decision import GROUNDS, KINDS, Decision
from lodestar.referrals.models.letter import LETTERS, Letter, LetterFiled
from lodestar.referrals.models.pairing import SETTLED, SIDES, Pairing, PairingSettled
from lodestar.referrals.models.review import Review
from lodestar.referrals.models.sent import Referral, ReferralReference
from lodestar.referrals.models.standing import STATES, ReferralNow
from lodestar.referrals.models.supplement import Supplement
from lodestar.referrals.models.writing import Answer, Writing

__all__ = [
    "GROUNDS", "KINDS", "LETTERS", "SETTLED", "SIDES", "STATES", "Answer", "Decision", "Letter", "LetterFiled",
    "Pairing", "PairingSettled", "Referral", "ReferralNow", "ReferralReference", "Review", "Supplement", "Writing",
]  # fmt: skip

"""The rows of referral: what is being written, what was sent to the Home Office, its references, and what was decided."""

from lodestar.referrals.models.decision import KINDS, Decision
from lodestar.referrals.models.sent import Referral, ReferralReference
from lodestar.referrals.models.supplement import Supplement
from lodestar.referrals.models.writing import Answer, Stays, Writing

__all__ = ["KINDS", "Answer", "Decision", "Referral", "ReferralReference", "Stays", "Supplement", "Writing"]

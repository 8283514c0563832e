"""The rows of referral: what was sent to the Home Office, its references, and what was decided."""

from lodestar.referrals.models.decision import KINDS, Decision
from lodestar.referrals.models.sent import Referral, ReferralReference

__all__ = ["KINDS", "Decision", "Referral", "ReferralReference"]

"""The quality coach of a referral, as pure rules; `checks` is the way in."""

from lodestar.referrals.rules.coach.checks import Check, checks
from lodestar.referrals.rules.coach.referral import NARRATIVE, File, Referral, is_looked_at, parts_on

__all__ = ["NARRATIVE", "Check", "File", "Referral", "checks", "is_looked_at", "parts_on"]

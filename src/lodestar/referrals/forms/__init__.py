"""Forms of referral: what was sent, and what was decided."""

from lodestar.referrals.forms.decision import Decided
from lodestar.referrals.forms.sent import Reference, Sent, told

__all__ = ["Decided", "Reference", "Sent", "told"]

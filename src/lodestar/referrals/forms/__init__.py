"""Forms of referral: what is written, what was sent, and what was decided."""

from lodestar.referrals.forms.section import SectionForm
from lodestar.referrals.forms.sent import Common, Decided, Reference, Rest, Review, Sent, told

__all__ = ["Common", "Decided", "Reference", "Rest", "Review", "SectionForm", "Sent", "told"]

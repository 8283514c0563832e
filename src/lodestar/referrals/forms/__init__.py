"""Forms of referral: what is written, what was sent, and what was decided."""

from lodestar.referrals.forms.section import SectionForm
from lodestar.referrals.forms.sent import Common, Decided, Reference, Rest, Review, Sent, referral_columns

__all__ = ["Common", "Decided", "Reference", "Rest", "Review", "SectionForm", "Sent", "referral_columns"]

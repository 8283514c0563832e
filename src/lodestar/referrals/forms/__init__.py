"""Forms of referral: what is written, what was sent, and what was decided."""

from lodestar.referrals.forms.beside import Common
from lodestar.referrals.forms.decision import Decided
from lodestar.referrals.forms.review import Review
from lodestar.referrals.forms.section import SectionForm
from lodestar.referrals.forms.sent import Reference, Rest, Sent, told

__all__ = ["Common", "Decided", "Reference", "Rest", "Review", "SectionForm", "Sent", "told"]

"""The tables of referrals, loaded together."""

from lodestar.referrals.models import decisions, letters, pairings, sent, statuses, writing

__all__ = ["decisions", "letters", "pairings", "sent", "statuses", "writing"]

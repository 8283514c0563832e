"""The tables of referrals, loaded together."""

from lodestar.referrals.models import decisions, drafts, letters, pairings, sent, statuses

__all__ = ["decisions", "drafts", "letters", "pairings", "sent", "statuses"]

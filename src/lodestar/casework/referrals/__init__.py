"""Referrals: drafts, and what was sent to the Home Office."""

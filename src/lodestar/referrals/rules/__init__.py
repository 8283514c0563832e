"""Referral: which route, what it makes owed, and what follows a decision. Pure."""

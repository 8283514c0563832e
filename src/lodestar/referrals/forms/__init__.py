"""Forms of referral: what is written, what was sent, and what was decided."""

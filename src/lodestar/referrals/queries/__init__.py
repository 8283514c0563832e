"""Named reads of referrals."""

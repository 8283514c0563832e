"""The person and the case: concern, safety, consent, referral, section 45, support, investigation."""

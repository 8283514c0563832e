"""The pages of a person's referral, one module for each noun."""

"""Exhibits and who had them, and the accounts that a person gave."""

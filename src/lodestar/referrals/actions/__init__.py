"""The writes of referrals. Each locks its case, adds rows, writes one event of the log, and recalculates what is owed."""

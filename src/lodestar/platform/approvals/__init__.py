"""What one person asks and another decides: the table's base, the decision, its page and its list."""

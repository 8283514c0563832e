"""Numbers to ring and the pages of contacts, in words."""

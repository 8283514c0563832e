"""Files: stored encrypted, read in a process of their own, and copied clean."""

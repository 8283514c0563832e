"""The pages of the six failings, and those of all measures."""

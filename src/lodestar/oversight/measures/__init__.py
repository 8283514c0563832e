"""For any period and each of the six failings: in which cases it happened."""

"""Places and organisations that cases have in common."""

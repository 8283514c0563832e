"""People's names: folded, compared and found in a text. Plain Python."""

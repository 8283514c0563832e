"""Text: normalised, sorted, read strictly. Plain Python."""

"""Documents that are handed out: described once, made as a tagged PDF or for Word."""

"""One factory for each model, by app."""

"""Forces side by side, and the wall between them."""

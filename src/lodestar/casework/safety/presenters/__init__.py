"""What the first screen shows: plain values, made from rows, for a template that decides nothing."""

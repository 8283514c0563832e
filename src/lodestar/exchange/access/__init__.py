"""What goes out and comes in, together with the right to it."""

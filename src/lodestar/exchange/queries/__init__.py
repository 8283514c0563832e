"""What goes out, read from rows."""

"""What comes in and goes out: files, other systems, the rules tried by hand."""

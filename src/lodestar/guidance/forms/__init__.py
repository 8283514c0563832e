"""What is sent to the library."""

"""What other systems of the force ask with a token."""

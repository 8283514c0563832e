"""The interface for other systems of the force."""

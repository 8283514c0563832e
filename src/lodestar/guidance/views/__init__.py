"""Pages of the guidance library."""

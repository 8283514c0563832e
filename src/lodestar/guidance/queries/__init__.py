"""Named reads of the guidance library."""

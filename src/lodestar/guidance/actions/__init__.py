"""Writes of the guidance library."""

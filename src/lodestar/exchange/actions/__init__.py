"""Giving out and taking in."""

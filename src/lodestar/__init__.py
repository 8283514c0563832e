"""Lodestar, the modern slavery response system of a police force."""

__version__ = "0.1.0"  # as in pyproject.toml: a backup tells which one wrote it

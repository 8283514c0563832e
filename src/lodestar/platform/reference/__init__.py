"""Dated reference lists."""

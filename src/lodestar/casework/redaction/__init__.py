"""Checking texts before they leave."""

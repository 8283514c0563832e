"""Dates as officers write them, working days, and London time. Plain Python."""

"""Figures given out: to partners, in the monthly return, and the register of what was given."""

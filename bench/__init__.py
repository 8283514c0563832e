"""Benchmarks: one command each. They print data size, load and ratios; they assert nothing."""

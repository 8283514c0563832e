"""The facts, what is owed by them and by when, and how it is answered. Plain Python: no clock, no database."""

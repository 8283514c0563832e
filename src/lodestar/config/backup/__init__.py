"""Backups: what is written, how it is read back, and what has to be done before anybody works on a restored database."""

"""Screens that write in two or more apps, each through its journey."""

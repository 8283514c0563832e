"""The figure in words: its page, its lists, its definitions, and its files."""

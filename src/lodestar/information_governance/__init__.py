"""How long data is kept, who asked for theirs, and who looked at what."""

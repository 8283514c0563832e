"""Who may have been met before, here, in another force or in other systems."""

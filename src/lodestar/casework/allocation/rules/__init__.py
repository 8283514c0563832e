"""Who may be given a case, and who can take it. Pure; policies are dated."""

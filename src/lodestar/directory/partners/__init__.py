"""Other bodies, their contacts, powers and agreements."""

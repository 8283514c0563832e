"""How the guidance library is put into words."""

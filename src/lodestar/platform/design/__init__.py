"""How pages look, and fields of forms."""

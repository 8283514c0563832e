"""Names, contact details and how alike two descriptions are."""

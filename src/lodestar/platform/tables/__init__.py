"""Tables that come in: reading, templates and mappings of headings."""

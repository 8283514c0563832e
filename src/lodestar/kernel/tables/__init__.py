"""Tables that come in as files: text or workbooks, row by row; their headings and their values. Pure."""

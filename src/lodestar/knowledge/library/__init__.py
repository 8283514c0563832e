"""The guidance library: documents and their versions, what is found in them, and what people looked for."""

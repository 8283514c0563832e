"""Services that help, and who can take a person tonight."""

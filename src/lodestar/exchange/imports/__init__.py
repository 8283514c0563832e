"""First reports, earlier records, cases and references that come in as files."""

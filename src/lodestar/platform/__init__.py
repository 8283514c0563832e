"""What every area uses: sign-in, tenancy, audit, files, documents, dates, text and the rules' engine."""

"""The pages of a case, one module for each noun."""

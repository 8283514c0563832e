"""The pages of investigations, one module for each noun."""

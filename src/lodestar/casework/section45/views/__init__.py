"""The pages of section 45 of the Modern Slavery Act 2015, one module for each noun."""

"""Pages of nobody's feature alone."""

"""Documents that Lodestar makes: PDF and Word."""

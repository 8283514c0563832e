"""The forms that record a concern: shape and wording. What follows from the answers is in `rules`."""

"""The forms of a case, one module for each noun: shape and wording, no decisions."""

"""Sets of questions as dated lists, and their answers."""

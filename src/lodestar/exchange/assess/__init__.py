"""The rules applied to an encounter by hand, their pages, and remarks on them."""

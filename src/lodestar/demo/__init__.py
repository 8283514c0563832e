"""The invented force that a newcomer tries Lodestar on. Everything and everyone here is made up."""

"""The directory: whom a force rings, each number its own."""

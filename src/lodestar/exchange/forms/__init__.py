"""What is asked before something goes out or comes in."""

"""What is new for somebody: notices, and the page that lists them."""

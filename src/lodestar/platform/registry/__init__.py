"""What apps register as they start, so that apps that use it need not name them."""

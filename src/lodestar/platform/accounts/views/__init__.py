"""Pages of sign-in and accounts, one file a matter."""

"""Pages in finished words: plain values, for templates that decide nothing."""

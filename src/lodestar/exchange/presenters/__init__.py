"""What pages of what goes out show: plain values, for templates that decide nothing."""

"""What pages about cases show: plain values, made from rows, for templates that decide nothing."""

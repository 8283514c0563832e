"""What the recording screens show: plain values, made from rows."""

"""What the force shows of itself: figures of the six failings, and what is given out."""

"""The library of guidance: searching, reading, publishing, newsletters."""

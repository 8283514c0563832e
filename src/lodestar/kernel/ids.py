"""Ids in order of time, made by whoever makes the form: the server when it draws it, a client that works offline."""

import os
import time
from uuid import UUID


def new_id(milliseconds: int | None = None) -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of time in milliseconds, then random bits."""
    moment = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (moment & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76  # version 7
    value = value & ~(0x3 << 62) | 0x2 << 62  # variant
    return UUID(int=value)

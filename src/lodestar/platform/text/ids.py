"""Ids in order of time, made by whoever makes the form: the server when it draws it, a client that works offline."""

import os
import time
from uuid import UUID


def new_id(milliseconds: int | None = None) -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of time in milliseconds, then random bits.

    Of an id made now the first twelve of those say how far the millisecond had gone (section 6.2, method 3), so that what
    one action writes keeps its order.
    """
    nanoseconds = time.time_ns() if milliseconds is None else milliseconds * 1_000_000
    value = (nanoseconds // 1_000_000 & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    if milliseconds is None:
        within = nanoseconds % 1_000_000 * 4096 // 1_000_000
        value = value & ~(0xFFF << 64) | within << 64
    value = value & ~(0xF << 76) | 0x7 << 76  # version 7
    value = value & ~(0x3 << 62) | 0x2 << 62  # variant
    return UUID(int=value)


def id_in(text: str) -> UUID | None:
    """The id that a form or an address carried, or None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None

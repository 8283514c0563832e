"""A long file, encrypted and authenticated piece by piece, so that memory stays small and nothing can be changed, moved,
left out or cut off unseen.

The layout: a mark, a salt, a check of the key; then pieces of 1 MiB, each sealed with AES-256-GCM under a key of this file
alone. The nonce of a piece is its number and whether it is the last, so that order, number and end are part of what is
authenticated (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar, 2015). What the file is for is
authenticated too: one put in the place of another does not open.
"""

import os
from collections.abc import Iterable, Iterator
from hmac import compare_digest
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = b"LODESTAR SEALED 1\n"
PIECE = 1 << 20  # bytes
_SALT, _CHECK, _TAG = 16, 16, 16
_MIDDLE, _LAST = b"\0", b"\1"


class CannotOpen(ValueError):
    """A sealed file does not open."""


class WrongKey(CannotOpen):
    """None of the keys is the one it was sealed with (or its first bytes were changed)."""


class CutShort(CannotOpen):
    """Its end is missing."""


class Changed(CannotOpen):
    """Something in it is not what was sealed, or it is another file than the one meant."""


def split(keys: str) -> list[bytes]:
    """The keys in a comma-separated list. Raises ValueError where there is none."""
    key_list = [key.strip().encode() for key in keys.split(",") if key.strip()]
    if not key_list:
        raise ValueError("no key")
    return key_list


def _derived(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    made = HKDF(algorithm=SHA256(), length=32 + _CHECK, salt=salt, info=b"lodestar backup").derive(key)
    return AESGCM(made[:32]), made[32:]


def _nonce(number: int, last: bytes) -> bytes:
    return number.to_bytes(11, "big") + last


def sealed(plain: Iterable[bytes], keys: str, label: str) -> Iterator[bytes]:
    """The bytes of a sealed file of what `plain` gives, with the first of `keys`; `label` says what the file is."""
    salt = os.urandom(_SALT)
    cipher, check = _derived(split(keys)[0], salt)
    head = MARK + salt + check
    bound = head + label.encode()
    yield head
    number, buffer = 0, bytearray()
    for some in plain:
        buffer += some
        while len(buffer) > PIECE:  # one byte more than a piece: what is left over is never nothing
            yield cipher.encrypt(_nonce(number, _MIDDLE), bytes(buffer[:PIECE]), bound)
            del buffer[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(number, _LAST), bytes(buffer), bound)


def unsealed(source: BinaryIO, keys: str, label: str) -> Iterator[bytes]:
    """What was sealed, piece by piece. Raises CannotOpen; what came before it was whole, and is not all there was."""
    head = source.read(len(MARK) + _SALT + _CHECK)
    cipher = _cipher(head, keys)
    bound = head + label.encode()
    number, piece = 0, source.read(PIECE + _TAG)
    while True:
        after = source.read(PIECE + _TAG) if len(piece) == PIECE + _TAG else b""
        yield _opened(cipher, piece, number, bound, is_last=not after)
        if not after:
            return
        number, piece = number + 1, after


def _cipher(head: bytes, keys: str) -> AESGCM:
    if len(head) < len(MARK) + _SALT + _CHECK:
        raise CutShort("its beginning is missing")
    if not head.startswith(MARK):
        raise Changed("it is no sealed file")
    salt, check = head[len(MARK) : -_CHECK], head[-_CHECK:]
    for key in split(keys):
        cipher, own = _derived(key, salt)
        if compare_digest(own, check):
            return cipher
    raise WrongKey("no key fits")


def _opened(cipher: AESGCM, piece: bytes, number: int, bound: bytes, *, is_last: bool) -> bytes:
    if len(piece) < _TAG:
        raise CutShort(f"it ends within piece {number}")
    try:
        return cipher.decrypt(_nonce(number, _LAST if is_last else _MIDDLE), piece, bound)
    except InvalidTag:
        pass
    if is_last and len(piece) == PIECE + _TAG:
        try:
            cipher.decrypt(_nonce(number, _MIDDLE), piece, bound)
        except InvalidTag:
            pass
        else:
            raise CutShort(f"it ends after piece {number}")
    raise Changed(f"piece {number} is not what was sealed")

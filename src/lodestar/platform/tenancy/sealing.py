"""Encryption of one field or one file, with keys that can be changed: the first encrypts, all are tried to decrypt."""

import os
from functools import lru_cache
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_MARK = b"L1"  # the layout of what follows: key number, nonce, text


class CannotUnseal(ValueError):
    """None of the keys opens it."""


@lru_cache(maxsize=8)
def _ciphers(keys: str) -> tuple[AESGCM, ...]:
    key_list = [key.strip() for key in keys.split(",") if key.strip()]
    if not key_list:
        raise ValueError("no key")
    return tuple(
        AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lodestar").derive(key.encode())) for key in key_list
    )


@lru_cache(maxsize=8)
def _mark_key(keys: str) -> bytes:
    oldest = [key.strip() for key in keys.split(",") if key.strip()][-1]
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lodestar marks").derive(oldest.encode())


def mark(text: str, keys: str) -> int:
    """A keyed hash of `text` as a number of 64 bits with its sign, so that equal texts can be found without being kept.

    It is made with the oldest of `keys`, so that a new key put before it changes no mark; whoever drops the oldest makes
    all marks anew (docs/recipes/change-keys.md).
    """
    digest = blake2b(text.encode(), key=_mark_key(keys), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def marks(text: str, keys: str) -> list[int]:
    """The keyed hashes of `text` by each of `keys`, that of the newest first: of what cannot be marked anew, because nothing
    of it is kept, the first is kept and all are looked for (docs/recipes/change-keys.md)."""
    return [mark(text, key.strip()) for key in keys.split(",") if key.strip()]


def seal(plain: bytes, keys: str) -> bytes:
    """`plain` encrypted and authenticated with the first of `keys` (comma-separated)."""
    nonce = os.urandom(_NONCE)
    return _MARK + nonce + _ciphers(keys)[0].encrypt(nonce, plain, _MARK)


def unseal(sealed: bytes, keys: str) -> bytes:
    """What was sealed with any of `keys`. Raises CannotUnseal when it was changed or no key fits."""
    if not sealed.startswith(_MARK):
        raise CannotUnseal("not sealed")
    nonce, body = sealed[len(_MARK) : len(_MARK) + _NONCE], sealed[len(_MARK) + _NONCE :]
    for cipher in _ciphers(keys):
        try:
            return cipher.decrypt(nonce, body, _MARK)
        except InvalidTag:
            continue
    raise CannotUnseal("no key opens this")

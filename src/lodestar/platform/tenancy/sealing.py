"""Encryption of one field or one file, with keys that can be changed: the first encrypts, all are tried to decrypt."""

import hmac
import json
import os
from functools import lru_cache
from hashlib import blake2b, sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_MARK = b"L1"  # the layout of what follows: key number, nonce, text


class CannotUnseal(ValueError):
    """None of the keys opens it."""


def _each_key(keys: str) -> list[str]:
    key_list = [key.strip() for key in keys.split(",") if key.strip()]
    if not key_list:
        raise ValueError("no key")
    return key_list


@lru_cache(maxsize=64)
def _derived(key: str, purpose: bytes) -> bytes:
    """The key for one purpose alone."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())


@lru_cache(maxsize=8)
def _ciphers(keys: str) -> tuple[AESGCM, ...]:
    return tuple(AESGCM(_derived(key, b"lodestar")) for key in _each_key(keys))


def mark(text: str, keys: str) -> int:
    """A keyed hash of `text` as a number of 64 bits with its sign, so that equal texts can be found without being kept.

    It is made with the oldest of `keys`, so that a new key put before it changes no mark; whoever drops the oldest makes
    all marks anew (docs/recipes/change-keys.md).
    """
    digest = blake2b(text.encode(), key=_derived(_each_key(keys)[-1], b"lodestar marks"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def marks(text: str, keys: str) -> list[int]:
    """The keyed hashes of `text` by each of `keys`, that of the newest first: of what cannot be marked anew, because nothing
    of it is kept, the first is kept and all are looked for (docs/recipes/change-keys.md)."""
    return [mark(text, key) for key in _each_key(keys)]


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


def _signature(key: str, parts: tuple[str, ...]) -> str:
    return hmac.new(_derived(key, b"lodestar vouching"), json.dumps(parts).encode(), sha256).hexdigest()


def vouch(keys: str, *parts: str) -> str:
    """A mark by which the application knows a row again that it wrote itself, of what the row says, in this order: whoever writes
    to the database without the keys cannot make one, nor use one that was made for somebody else."""
    return _signature(_each_key(keys)[0], parts)


def is_vouched(keys: str, mark: str, *parts: str) -> bool:
    """Whether `mark` was made of this with any of `keys`."""
    return any(hmac.compare_digest(_signature(key, parts).encode(), mark.encode()) for key in _each_key(keys))

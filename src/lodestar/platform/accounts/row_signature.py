"""A mark by which the application knows a row again that it wrote itself: whoever writes to the database without the keys,
which lie outside it, cannot make one, nor use one that was made for somebody else."""

import hmac
import json
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def _mark(key: str, parts: tuple[str, ...]) -> str:
    own = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lodestar vouching").derive(key.encode())
    return hmac.new(own, json.dumps(parts).encode(), sha256).hexdigest()


def _keys(keys: str) -> list[str]:
    key_list = [key.strip() for key in keys.split(",") if key.strip()]
    if not key_list:
        raise ValueError("no key")
    return key_list


def vouch(keys: str, *parts: str) -> str:
    """The mark of what is said, in this order, with the first of `keys` (comma-separated)."""
    return _mark(_keys(keys)[0], parts)


def is_vouched(keys: str, mark: str, *parts: str) -> bool:
    """Whether `mark` was made of this with any of `keys`."""
    return any(hmac.compare_digest(_mark(key, parts).encode(), mark.encode()) for key in _keys(keys))

"""What a file is called in the library: as it is on the disk, as far as that is safe to keep and to show."""

import posixpath
import unicodedata
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from lodestar.guidance.rules.passages import plain

LONGEST = 200
_JOINERS = "\u200c\u200d"  # Persian, Sinhala and emoji are spelt with them
_SPACES = "\t\n\v\f\r\x85\u2028\u2029"


def kept(name: str) -> str:
    """The name, its last 200 characters: a sign that ends a line is a space and half a letter a question mark; signs that steer a
    terminal, turn a line round or are not seen are gone. Its letters stay as they are spelt."""
    whole = name.encode("utf-8", "replace").decode()
    return "".join(" " if letter in _SPACES else letter for letter in whole if _is_kept(letter))[-LONGEST:]


def _is_kept(letter: str) -> bool:
    if letter in _SPACES or letter in _JOINERS:
        return True
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs") and ord(letter) & 0xFFFE != 0xFFFE


def alike(name: str) -> str:
    """By what two names are compared: an accent may be a letter's own, or a sign after it."""
    return unicodedata.normalize("NFC", kept(name)).strip()


def spellings(name: str) -> tuple[str, ...]:
    """The ways in which a kept name may stand in the library, this one first."""
    return tuple(dict.fromkeys((name, *(unicodedata.normalize(form, name)[-LONGEST:] for form in ("NFC", "NFD")))))


def in_one_form(name: str) -> str:
    """The name as the library kept names before: each letter in its plainest form, and no spaces around."""
    return plain(name).strip()[-LONGEST:]


def tidy(path: str) -> str:
    """A path with one kind of stroke between its parts, and none that leads nowhere."""
    return posixpath.normpath(path.replace("\\", "/")).lstrip("/")


def last(path: str) -> str:
    """A path's own name."""
    return path.rpartition("/")[2]


def names_of(paths: Sequence[str]) -> list[str]:
    """What the files of a folder go by, of where they lie in it: their own name, or with the folder where two have the same. No
    two go by the same name: one of which nothing but that is left of its own has a mark of its own in it."""
    bare = Counter(alike(last(path)) for path in paths)
    told = [path if bare[alike(last(path))] > 1 else last(path) for path in paths]
    forms = [in_one_form(kept(name)) for name in told]
    counts = Counter(forms)
    return [name if counts[form] == 1 or name == form else _marked(name) for name, form in zip(told, forms, strict=True)]


def _marked(name: str) -> str:
    mark = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    stem, dot, ending = kept(name).rpartition(".")
    return f"{stem or ending}"[-LONGEST + len(ending) + 10 :] + f" {mark}" + (f".{ending}" if stem or dot else "")

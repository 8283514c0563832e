"""What a file is called in the library: as it is on the disk, as far as that is safe to keep and to show."""

import posixpath
import unicodedata
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

LONGEST = 200
_JOINERS = "\u200c\u200d"  # Persian, Sinhala and emoji are spelt with them
_SPACES = "\t\n\v\f\r\x85\u2028\u2029"


def kept(name: str) -> str:
    """The name, its last 200 characters, with accents in one form: a sign that ends a line is a space, half a letter a question
    mark; signs that steer a terminal, turn a line round or are not seen are gone."""
    whole = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    return "".join(" " if letter in _SPACES else letter for letter in whole if _is_kept(letter)).strip()[-LONGEST:]


def _is_kept(letter: str) -> bool:
    if letter in _SPACES or letter in _JOINERS:
        return True
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs") and ord(letter) & 0xFFFE != 0xFFFE


def tidy(path: str) -> str:
    """A path as it is kept, with one kind of stroke between its parts, and none that leads nowhere."""
    return kept(posixpath.normpath(path.replace("\\", "/")).lstrip("/"))


def last(path: str) -> str:
    """A path's own name."""
    return path.rpartition("/")[2]


def names_of(paths: Sequence[str]) -> list[str]:
    """What the files of a folder go by, of where they lie in it: their own name, or with the folder where two have the same. A
    second one that would go by the same name has a mark of its own before it."""
    tidied = [kept(path) for path in paths]
    own = Counter(map(last, tidied))
    names: dict[str, None] = {}
    for path, written in zip(tidied, paths, strict=True):
        name = path if own[last(path)] > 1 else last(path)
        mark = sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        names[f"{mark} {name}"[:LONGEST] if name in names else name] = None
    return list(names)

"""Vietnamese names in Latin letters: each word is one syllable, and one of another vowel is another name."""

import re
from collections.abc import Sequence

from lodestar.cases.rules.matching.readings import words
from lodestar.cases.rules.matching.sounds import voiced

# Family names that hardly anybody else has, without marks; and what stands in the middle of a name.
_TELLS = words(
    "nguyen tran pham huynh hoang phan vu vo dang bui ngo duong dinh doan trinh truong luong phung quach thi van"
)
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")


def nuclei(name: Sequence[str]) -> tuple[str, ...]:
    """The vowels of each word by their quality; empty where the name is no Vietnamese one."""
    if len(name) < 2 or not _TELLS.intersection(name) or not all(map(_SYLLABLE.fullmatch, name)):
        return ()
    return tuple(re.sub(r"[^aiu]", "", voiced(word)) for word in name)

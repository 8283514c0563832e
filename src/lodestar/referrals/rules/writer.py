"""Whoever writes a referral, as the Home Office's form asks for them: a name in two parts, and what they are.

Names stand in Lodestar as colleagues read them (PC Hanna Brandreth). Where only a surname is known, the first name is left to
be asked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

OWN = ("fr-details-first-name", "fr-details-last-name", "fr-details-role", "fr-details-phone", "fr-alternative-contact")
_TITLES = frozenset(
    {
        "pc", "wpc", "dc", "ps", "ds", "sgt", "sergeant", "insp", "inspector", "di", "ci", "dci", "supt", "det", "ch", "c/insp",
        "c/supt", "acc", "dcc", "cc", "pcso", "constable", "detective", "temporary", "acting", "trainee", "mr", "mrs", "ms",
        "miss", "mx", "dr", "prof",
    }
)  # fmt: skip
_BEFORE = re.compile(r"^[ta]/", re.IGNORECASE)  # temporary and acting ranks: T/DC, A/Sgt


def of_the_writer(name: str, rank: str, roles: Sequence[str], phone: str) -> Mapping[str, str]:
    """What is known of a writer by field of the form. `roles` are their roles in words; the rank comes before them."""
    return {field: words for field, words in _parts(name, rank, roles, phone) if words}


def _parts(name: str, rank: str, roles: Sequence[str], phone: str) -> Iterator[tuple[str, str]]:
    words = name.split()
    while len(words) > 1 and _BEFORE.sub("", words[0]).rstrip(".").casefold() in _TITLES:
        words.pop(0)
    if len(words) > 1:
        yield "fr-details-first-name", words[0]
    if words:
        yield "fr-details-last-name", " ".join(words[1:]) or words[0]
    said = [rank.replace("_", " ").strip(), *roles]
    yield "fr-details-role", ", ".join(one for one in said if one).capitalize()
    yield "fr-details-phone", phone.strip()

"""Whether a field for a name says no more than that nobody is named: unknown, unknown female, girl 2, not given. Pure.

Only what is wholly made of words known to say so: whatever else stands in the field is what somebody is called.
"""

import re
import unicodedata
from functools import lru_cache

from lodestar.cases.rules.matching.readings import words

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_TITLES = words("mr mrs ms miss mx dr")
_SAY_SO = (
    "unknown", "unkown", "unknwon", "unk", "nk", "unnamed", "nameless", "unidentified", "anonymous", "anon", "notknown",
    "noname", "undisclosed", "redacted", "withheld", "refused", "declined", "tbc", "tba", "tbd", "nfd", "xx", "xxx", "xxxx",
    "null", "not known", "not yet known", "not given", "not stated", "not recorded", "not disclosed", "not provided",
    "not available", "not identified", "not yet identified", "no name", "no name given", "no details", "no details given",
    "would not give", "did not give", "refused to give", "declined to give", "to be confirmed", "to be advised", "to follow",
    "n k", "john doe", "jane doe", "joe bloggs", "неизвестно", "неизвестный", "неизвестная", "невідомо", "невідомий", "невідома",
    "غير معروف", "غير معروفة", "مجهول", "مجهولة", "نامعلوم", "לא ידוע", "अज्ञात", "অজ্ঞাত", "ਅਗਿਆਤ", "தெரியாது", "ไม่ทราบ", "አይታወቅም",
    "不明", "不详", "不詳", "未知", "무명", "미상", "άγνωστος", "άγνωστη", "necunoscut", "necunoscută", "nieznany", "nieznana",
    "i panjohur", "e panjohur",
)  # fmt: skip
# As a whole name, too. Whoever is called so and stands twice is found again, and one of two men of whom no more is told is not.
_SORTS = words(
    "female females male males woman women man men girl girls boy boys lady gentleman child children baby infant juvenile youth "
    "teenager teen minor adult person people subject victim suspect witness occupant passenger driver worker resident"
)
_ABOUT_A_NAME = words("name names surname forename first last family full identity details")
_ABOUT_A_SORT = words(
    "a an the of no number young younger old older elderly tall short white black possible potential other another"
)
_PEOPLES = words(
    "asian african european chinese vietnamese albanian romanian polish indian pakistani bangladeshi british eastern "
    "foreign"
)


@lru_cache(maxsize=4096)
def names_nobody(name: str) -> bool:
    """Whether nobody is named by it. A number or a letter beside what sort of person it is tells one from another in one report
    alone: female 1, victim B."""
    told = " ".join(word for word in _words(name) if word not in _TITLES)
    left_over = _LONGEST_FIRST.sub(" ", told)
    is_said, rest = left_over != told, left_over.split()
    is_of_a_sort = not _SORTS.isdisjoint(rest)
    if rest and not (is_said or is_of_a_sort):
        return False
    among = _PEOPLES | (_SORTS | _ABOUT_A_SORT if is_of_a_sort else frozenset()) | (_ABOUT_A_NAME if is_said else frozenset())
    return all(word in among or word.isdigit() or (is_of_a_sort and len(word) == 1) for word in rest)


def _words(text: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())


_LONGEST_FIRST = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted((' '.join(_words(one)) for one in _SAY_SO), key=len, reverse=True))})(?!\w)"
)

"""What is typed where a column may not stay empty, and says nothing: N/A, unknown, TBC, a dash. Pure.

Two rows with N/A for their incident are no more of one incident than two with an empty cell.
"""

import re

from lodestar.journeys.typed_days import plain

_LONGEST = 40  # characters, beyond which somebody tells something
_BETWEEN = re.compile(r"[\W_]+")
_MARKS = re.compile(r"x{2,60}")
_ZEROS = re.compile(r"0{1,60}")
# As words without the marks between them.
_NOTHING = frozenset((
    "n a", "n k", "not known", "not yet known", "unknown", "unk", "unkown", "unknwon", "not applicable", "not available",
    "not recorded", "not stated", "not given", "not provided", "not disclosed", "none", "none given", "none known",
    "none recorded", "undefined", "tbc", "tba", "tbd", "to be confirmed", "to be advised", "to follow",
))  # fmt: skip
# What may as well be somebody's name, or a word about them.
_NOT_AS_A_NAME = frozenset((
    "na", "nk", "nil", "null", "nan", "no", "yes", "true", "false", "pending", "awaited", "blank", "empty", "no reference",
    "no ref", "no number", "infinity", "ditto", "same", "as above", "same as above", "see above", "see notes", "see narrative",
))  # fmt: skip


def says_nothing(text: str, *, may_be_a_name: bool = False, may_be_zero: bool = False) -> bool:
    """Whether a cell holds nothing but what stands there for want of something to say. `may_be_zero`: of things that are counted
    from 0, as the people of one incident are and incidents are not."""
    if len(text) > _LONGEST:
        return not any(map(str.isalnum, text))
    words = _BETWEEN.sub(" ", plain(text)).strip()
    if not words or words in _NOTHING:
        return True
    signs = words.replace(" ", "")
    if _ZEROS.fullmatch(signs):
        return not (may_be_a_name or may_be_zero)
    return not may_be_a_name and (words in _NOT_AS_A_NAME or bool(_MARKS.fullmatch(signs)))

"""What is typed where a column may not stay empty, and says nothing: N/A, unknown, TBC, a dash, no crime number yet. Pure.

Two rows with N/A for their incident are no more of one incident than two with an empty cell; nor are two with *see log* or *as
above*: which log, and which row, nobody can tell once rows are sorted.
"""

import re

from lodestar.cases.rules.matching.readings import words
from lodestar.journeys.typed_days import plain

_LONGEST = 80  # characters, beyond which somebody tells something
_BETWEEN = re.compile(r"[\W_]+")
_MARKS = re.compile(r"x{2,60}")
_ZEROS = re.compile(r"0{1,60}")
# As a spreadsheet shortens the numbers of a whole month to one: 2.02611E+11
SHORTENED = re.compile(r"\d(?:[.,]\d{1,20})?[Ee]\+\d{2,3}")
# As words without the marks between them.
_NOTHING = frozenset((
    "n a", "n k", "not known", "not yet known", "unknown", "unk", "ukn", "unkown", "unknwon", "not applicable", "not available",
    "not recorded", "not stated", "not given", "not provided", "not disclosed", "not obtained", "none", "none given",
    "none known", "none recorded", "undefined", "tbc", "tba", "tbd", "to be confirmed", "to be advised", "to follow",
))  # fmt: skip
# What may as well be somebody's name, or a word about them.
_NOT_AS_A_NAME = frozenset((
    "na", "nk", "nil", "null", "nan", "no", "yes", "true", "false", "pending", "awaited", "blank", "empty", "no reference",
    "no ref", "no number", "infinity", "ditto", "same", "as above", "same as above", "see above", "see notes", "see narrative",
))  # fmt: skip
# Of a reference it is said in more ways than a list holds: it is one that is not there, or elsewhere, where every word is one of
# these and one of the first, or it is no more than what a number is called: CAD, of which the number is left out. So a figure, or
# any other word, makes a reference of it: NO123, NA-44/26, Op Pending, CAD 7.
_NONE = words(
    "no not nor none nil null never without na nk uk ukn unk unkown unknwon unknown tbc tba tbd awaiting awaits await awaited "
    "waiting pending outstanding missing blank empty undefined unallocated unassigned unavailable unrecorded undisclosed "
    "follow follows to-be not-a see refer ditto same above below previous last nothing cannot don-t as-per ongoing unsure "
    "refused withheld various multiple several confidential dim ddim anhysbys"
)
_OF_ONE = words(
    "number numbers nos num ref refs reference references crime crimes incident incidents occurrence occurrences cad log logs "
    "urn crn id ids custody record records event job case investigation report niche athena storm connect pnc cro nhs system "
    "systems police person nominal victim suspect witness subject male female man woman girl boy child adult detail details "
    "notes note narrative text summary statement attached attachment file row line entry trace allocation ip rhif"
)
_OF_DOING = words(
    "allocated assigned obtained given issued known recorded stated provided disclosed supplied created generated raised "
    "opened entered made sent received asked taken confirmed advised found completed required needed requested applicable "
    "available relevant related crimed reported linked held submitted added noted identified got have has had been be is are "
    "was were will know left sure update updated hysbys"
)
_BESIDE = words(
    "yet still there at this that the present moment time stage currently now so far as per to of for from by on in with any "
    "and or it back later soon shortly reporting officer officers oic sergeant control room fcr caller informant force one yn eto"
)
_ALL = _NONE | _OF_ONE | _OF_DOING | _BESIDE
_OF_TWO = re.compile(r"\b(?:n a|n k|u k|to be|as per|not a|don t)\b")  # n/a, u/k, don't


def says_nothing(
    text: str, *, may_be_a_name: bool = False, may_be_zero: bool = False, of_a_reference: bool = False
) -> bool:
    """Whether a cell holds nothing but what stands there for want of something to say. `may_be_zero`: of things that are counted
    from 0, as the people of one incident are and incidents are not. `of_a_reference`: what says that there is none, or where it
    may stand, says nothing either, nor does a number of which the end is lost; of an address or a telephone it may tell
    something."""
    if len(text) > _LONGEST:
        return not any(map(str.isalnum, text))
    if of_a_reference and SHORTENED.fullmatch(text.strip()):
        return True
    told = _BETWEEN.sub(" ", plain(text)).strip()
    if not told or told in _NOTHING:
        return True
    signs = told.replace(" ", "")
    if _ZEROS.fullmatch(signs):
        return not (may_be_a_name or may_be_zero)
    if may_be_a_name:
        return False
    return told in _NOT_AS_A_NAME or bool(_MARKS.fullmatch(signs)) or (of_a_reference and _says_there_is_none(told))


def _says_there_is_none(told: str) -> bool:
    said = _OF_TWO.sub(lambda two: two[0].replace(" ", "-" if len(two[0]) > 3 else ""), told).split()
    return _OF_ONE.issuperset(said) or (not _NONE.isdisjoint(said) and _ALL.issuperset(said))

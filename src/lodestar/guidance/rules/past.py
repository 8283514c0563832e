"""What a sentence says is so no more: it was formerly, was reduced from, is no longer, was replaced, is not to be rung.

Such a word counts where it stands at the words themselves, with nothing but small words between: *no longer* may be said of
something else in the same sentence.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from lodestar.guidance.rules.words import bare_words

_BREAK = re.compile(r"[,;:]|\((?=[^\W\d])|\s[-–—]\s(?!\d)")
_SMALL = (
    "the|an?|its|their|his|her|paper|statutory|minimum|maximum|at|least|of|period|and|nrm|forms?|number|called|known|as|"
    "forty|five"
)
_LESS = "reduced|lowered|cut|shortened|changed"
_GONE = "replaced|withdrawn|removed|abolished|superseded|discontinued|scrapped|repealed|obsolete|out of (?:date|use|service)"
# What is said to be no longer of the thing itself, and not of what it costs or for whom it is.
_NO_LONGER = (
    "no longer (?:used|accepted|in (?:use|force|service)|valid|taken|sent|issued|needed|required|works?|working|appl(?:y|ies)|"
    "exists?|holds?|current|answered|correct|right|named|listed|on|under|part|a|one|among|available(?! to))"
)
# A rule for some cases says nothing of the others: not to be used where the adult consents.
_ALWAYS = r"(?!(?: \S+){0,6}? (?:where|if|when|unless|without|until|as a first step) )"
# Before the words: what they were, what took their place, what they became less from, and what is not so.
_ONCE = "formerly|previously|originally"
_MENDS = f"{_LESS}|reduc(?:es?|ing)|lower(?:s|ing)?|cuts|cutting|shorten(?:s|ing)?|chang(?:es?|ing)"
_ENDS = (
    "(?:replac|remov)(?:es?|ed|ing)|supersed(?:es?|ed|ing)|abolish(?:es|ed|ing)?|withdr(?:aws?|ew|awing)|scrap(?:s|ped|ping)|"
    "repeal(?:s|ed|ing)"
)
_DONE_TO = "".join(rf"(?<!\b{word} )" for word in ("is", "are", "was", "were", "be", "been", "not"))  # and not done to it
_LEFT = "down|went|fell|dropped|moved|amended|revised|extended|increased|raised"
_DOES = "be|to|includes?|lists?|names?|appl(?:y|ies)|covers?|means?|lasts?"
_USES = "uses?|sends?|accepts?|gets?|gives?|have|has|receives?|rings?|calls?|completes?"
_NEEDS = "needs?|any|for|fill|in|separate|extends?|falls?|on|requires?|part"
# So much may stand between only behind a pause, or where the sentence is of the past: previously trafficked people are not.
_AT_FIRST = (
    rf"(?<=^ )(?:{_ONCE}|in the past|(?:until|before)(?: \S+){{0,4}}? 20\d\d)"
    r"(?: ,|(?=(?: \S+){0,9}? (?:lasted|was|were|had|applied|received) ))(?: [^\s,]+){0,10}?"
)
_BEFORE = (
    rf"(?:{_ONCE}|previous|former|old|had been|(?<=\w )(?:was|were)|instead of|rather than|in place of|"
    rf"{_DONE_TO}(?:{_MENDS}|{_ENDS})|{_AT_FIRST}|(?:{_MENDS}|{_LEFT})(?: \S+){{0,8}}? from|used to(?: (?:{_DOES}|{_USES}))?)"
)
_IS_NOT = (
    rf"(?:(?:(?<!\bor )not|(?:is|are)nt)(?: (?:{_DOES})){{0,2}}|no longer(?: (?:{_DOES}|{_USES}|{_NEEDS}|an?)){{0,5}})"
)
_STOP = (
    "(?:do not|dont|never|stop|must not|should not) "
    "(?:use|using|ring|ringing|call|calling|dial|dialling|complete|completing)"
)
_STOPS = r"(?= (?:,|because|since|it|which|now|again) |\s*$)"
# Behind them.
_BECAME = rf"(?:{_LESS})(?: from(?: \S+){{1,4}}?)? to"
_IS_GONE = (
    rf"(?: (?:was|were|has been|have been|had been)(?: (?:now|since|then|also|later))? (?:{_GONE}|{_BECAME})|"
    rf" (?:is|are)(?: now)? (?:{_GONE})|(?: (?:is|are|was|were))?(?: now)? {_NO_LONGER}| withdrawn| obsolete|"
    r" (?:replaced|superseded) by| (?:can|must|should|need|may) no longer (?:be|notify|apply)|"
    rf" (?:can|must|should|may) not be (?:used|sent|rung|called|accepted|completed){_ALWAYS}|"
    r" now(?: at least)? (?:\d+ days?|0\d{9,10}))"
)
_BEHIND = (
    rf"(?: ,)?(?: (?:which|that|now))?{_IS_GONE}| used to (?:be|have|need|apply|last)| (?:has |have )?ceased to|"
    r" any (?:more|longer)| does not (?:work|exist)|(?: (?:was|were|had))? (?:formerly|previously)(?! (?:called|known|named))"
)
# What leads to a list of such: it is said of what is listed, and always.
_THINGS = "numbers?|forms?|names?|versions?|papers?|helplines?|words?|terms?|contacts?|details|lists?|ways?|periods?"
_LEADS = re.compile(
    rf" (?:(?:old|former|previous|withdrawn|superseded|obsolete|replaced)(?: \S+)?? (?:{_THINGS})|"
    rf"{_NO_LONGER}|(?:are|were|been|is|was|now) (?:now )?(?!removed)(?:{_GONE})(?: (?:in|on|by|from|since)(?: \S+){{1,4}})?|"
    r"(?:do not|dont|never|stop) (?:use|using|send|sending|ring|ringing|call|calling|dial|complete|completing))(?: \S+){0,3} $"
)
_SOMETIMES = re.compile(r" (?:consent|referral|where|if|when|once|unless|until|without) ")


def without_past(text: str, says: Sequence[str], names: Sequence[str]) -> str:
    """The words of a text without those phrases of which it says that they are so no more. `names`: words that may stand between,
    as they do not change what is said."""
    return _past(tuple(says), tuple(names)).sub(lambda found: found["within"] or " ", _parted(text))


def leads_to_past(text: str) -> bool:
    """Whether what stands before a list says that what it lists is so no more, and not in some cases alone."""
    told = _parted(text)
    return bool(_LEADS.search(told)) and not _SOMETIMES.search(told)


def _parted(text: str) -> str:
    """The words of a text with a comma wherever it pauses."""
    parts = (" ".join(bare_words(part)) for part in _BREAK.split(text))
    return f" {' , '.join(filter(None, parts))} "


@lru_cache
def _past(says: Sequence[str], names: Sequence[str]) -> re.Pattern[str]:
    its = f"(?:{'|'.join(re.escape(' '.join(bare_words(one))) for one in says)})"
    between = f"(?: (?:{'|'.join([_SMALL, *map(re.escape, names)])})){{0,8}}"
    behind = f"(?={between}(?:{_BEHIND}) )"
    within = f"(?P<within>(?:in|during|within|throughout|with|on){between} {its}){behind}"  # of somebody who was removed then
    return re.compile(
        rf"(?<= )(?:{within}|{_BEFORE}{between} {its}(?= )|{_IS_NOT}{between} {its}(?= ){_ALWAYS}|"
        rf"{_STOP}{between} {its}(?={between}{_STOPS}){_ALWAYS}|{its}{behind})"
    )

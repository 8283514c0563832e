"""What somebody is called where messages are sent: @mai_lotus88, WhatsApp: mai88, mai.lotus on Instagram. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lodestar.cases.rules.matching.readings import OF_A_SORT
from lodestar.kernel.spelling import folded
from lodestar.referrals.rules.form import listed
from lodestar.referrals.rules.words_and_names import (
    ADVISED,
    BODIES,
    CITIES,
    DENYING,
    DESCRIBING,
    NAMES_TOO,
    OF_A_BODY,
    OF_A_SERVICE,
    OF_HELP,
    ORDINARY,
)

LEAST_HANDLE = 4  # letters or digits of what is looked for
LEAST_STEM = 3  # letters before the first mark of one
_SERVICE = (
    r"(?:whats ?app|telegram|viber|we ?chat|snap(?: ?chat)?|insta(?:gram)?|face ?book|messenger|tik ?tok|skype|signal|zalo|kik"
    r"|imo|discord|twitter(?:\s?/\s?x)?|kakao(?: ?talk)?|qq|vk|threads|wa|fb|ig"
    r"|(?<!language )(?<!land )(?<!help )(?<!hot )(?<!phone )(?:line(?=\s(?:id|app|account)\b)|(?-i:LINE)))"
)
_ONE = rf"{_SERVICE}(?:\.com|\.me)?(?!\w)"
_MORE = rf"(?:\s{{0,2}}(?:[/&+,]|or\b|and\b)?\s{{0,2}}{_ONE}){{0,3}}+"  # WhatsApp/Viber, Facebook Messenger
_WORD = r"[\w.-]{3,60}"
_AT = re.compile(r"(?<![\w.@])@(\s?)([\w.-]{2,60})")
_NAMED = (
    r"((?:\s(?:id|name|user ?name|account|handle|profile|page|dms?|direct|business|app|user|under|called|is|as|in|of|the)\b)"
    r"{0,5})"
)
_JOINING = frozenset(("in", "of", "the"))  # in the name of Linh, and not in Mandarin
_QUOTES = "\"'“”‘’«»"
_AFTER = re.compile(rf"(?<!\w){_ONE}{_MORE}{_NAMED}\s{{0,3}}([:=/–-]?)\s{{0,3}}\(?@?([^,;\n()]{{3,60}})", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\w.@-])({_WORD})\s{{0,2}}(?:\(|on\s|via\s|[/–-])\s{{0,2}}{_SERVICE}(?!\w)", re.IGNORECASE)
_JOINED = re.compile(r"(?<![\w.@])[\w.]{4,60}")
_MARKS = re.compile(r"[\d_.-]")
_MARKED = re.compile(r"[\d_]|\w\.\w")
# What else stands after a service: how and when to write there, never a name.
_ADVICE = frozenset((
    "after", "always", "any", "anytime", "are", "ask", "available", "before", "best", "between", "blocked", "both", "but", "call",
    "calls", "checked", "contact", "daily", "deleted", "evenings", "every", "first", "for", "from", "group", "has", "her", "him",
    "if", "message", "messages", "mobile", "monitored", "mornings", "never", "no", "none", "not", "number", "off", "ok", "okay",
    "only", "or", "phone", "please", "preferred", "refused", "safe", "same", "see", "sees", "text", "texts", "the", "their",
    "they", "to", "unknown", "unsafe", "until", "use", "used", "uses", "video", "voice", "weekdays", "weekends", "when", "with",
    "work", "works", "yes",
))  # fmt: skip
_PLAIN = _ADVICE | ADVISED | DENYING | DESCRIBING | ORDINARY | frozenset(map(folded, OF_A_SORT))
_OF_SEVERAL = _PLAIN | OF_HELP  # words: Support Team
_SAY_A_NAME = frozenset(("handle", "id", "name", "username"))  # handle: private
_SAY_WHOSE = _SAY_A_NAME | frozenset(("account", "as", "called", "profile", "under"))  # account: Newport


def handles_in(text: str) -> Iterator[str]:
    """Each of them that a text holds, as it was typed."""
    found = [match[2] for match in _AT.finditer(text) if (_is_no_place if match[1] else _is_no_word)(match[2])]
    found += [match[1] for match in _BEFORE.finditer(text) if _is_marked(match[1])]
    found += [match[0] for match in _JOINED.finditer(text) if "_" in match[0].strip("_") and _is_marked(match[0])]
    for match in _AFTER.finditer(text):
        found += _after(match[3], named=match[1].lower(), is_told=bool(match[2]))
    yield from dict.fromkeys(one.strip(".-") for one in found if len(folded(one)) >= LEAST_HANDLE)


def _after(told: str, *, named: str, is_told: bool) -> Iterator[str]:
    """What stands after the name of a service: its first word where no word of a sentence looks like it, and the whole where it
    is a name of its own. `is_told` is whether a colon says that it is one, `named` the words that do: name, under, as."""
    parts = [part.strip(_QUOTES) for part in told.split()]
    if not all(parts):
        return
    if _is_marked(parts[0].lstrip("@")):
        yield parts[0].lstrip("@").rpartition("/")[2]
    plain = [folded(part) for part in parts]
    said = set(named.split())
    is_name, is_whose = not said.isdisjoint(_SAY_A_NAME), not said.isdisjoint(_SAY_WHOSE)
    is_common = _is_common(plain, _OF_SEVERAL if len(parts) > 1 else _PLAIN)
    is_common = is_common or (not is_name and OF_A_SERVICE.issuperset(plain))  # private, switched off
    if set(plain) & _ADVICE or len(parts) > 3 or is_common or (not is_whose and "".join(plain) in _known()):
        return
    if len(parts) == 1:
        is_told = is_told or is_name or (parts[0][0].isupper() and not _JOINING.issuperset(said))
        yield from parts if is_told and plain[0].isalpha() else ()
    elif all(part[0].isupper() for part in parts) and (is_whose or plain[-1] not in OF_A_BODY):
        yield " ".join(parts)


@cache
def _known() -> frozenset[str]:
    """Organisations, and towns that nobody is called after, whom a contact names as those who help or where somebody is, in one
    spelling. A town of one word may be what somebody is called: Chelsea, Kimberley."""
    places = (part for code in ("cities_and_towns", "regions") for name in listed(code) for part in name.split(" / "))
    names = (*(place for place in places if " " in place), *listed("organisations"))
    return frozenset(folded(name.removeprefix("The ")) for name in names) | BODIES | CITIES


def _is_no_word(word: str) -> bool:
    return folded(word) not in _PLAIN and folded(word) not in BODIES


def _is_no_place(word: str) -> bool:
    """Whether what stands apart from its sign is a handle: @ mai.lotus; no place as in @ work, @ St.Mary, @ no.12, @ room12."""
    stem = _MARKS.split(word)[0]
    return _is_marked(word) and ("_" in word or len(stem) >= LEAST_STEM) and _is_no_word(stem)


def _is_common(plain: Sequence[str], common: frozenset[str]) -> bool:
    """Whether they say who somebody is to another, where or when, or are words of every sentence: WhatsApp: mother; @ work."""
    return common.issuperset(plain) or (len(plain) == 1 and plain[0] in NAMES_TOO)


def _is_marked(word: str) -> bool:
    """Whether a word begins with a letter and has a figure, a stroke or a point within it, as no word of a sentence has."""
    return word[:1].isalpha() and bool(_MARKED.search(word.strip(".-")))

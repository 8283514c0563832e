"""Which columns of a table say where somebody is or how to reach them, whatever they are called: those are kept sealed.

A name that is not known here leaves a number open to everybody who sees the case; one that is taken for it without need hides a
few words from those who are not named. So the words are many, and the doubt is for sealing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lodestar.cases.rules.matching.reach import DAY, POSTCODE, telephones
from lodestar.cases.rules.reported import line
from lodestar.journeys.placeholders import says_nothing
from lodestar.kernel.cells import NOT_WORKED_OUT

# Anywhere in a name, without what stands between its letters: homeAddress, Mobile_number2, Post code of home.
WITHIN = (
    "phone", "mobile", "telno", "telnum", "hometel", "worktel", "telhome", "landline", "handset", "msisdn", "imei", "imsi",
    "simcard", "simnumber", "contactno", "contactnum", "contactdetail", "contactinfo", "bestcontact", "safecontact",
    "howtocontact", "reachon", "howtoreach", "email", "whatsapp", "telegram", "viber", "wechat", "snapchat", "instagram",
    "facebook", "messenger", "tiktok", "skype", "facetime", "socialmedia", "screenname", "username", "address", "postcode",
    "postalcode", "zipcode", "eircode", "residence", "residing", "residential", "accommodation", "accomodation", "lodging",
    "domicile", "whereabouts", "livesat", "livingat", "stayingat", "staysat", "wherelive", "wheretheylive", "whereliving",
    "wherestaying", "currentlocation", "presentlocation", "safehouse", "what3words", "uprn",
)  # fmt: skip
# As a word of a name.
WORDS = frozenset((
    "tel", "tels", "mob", "mobs", "cell", "ph", "sim", "mail", "wa", "fb", "ig", "insta", "signal", "imo", "zalo", "kik",
    "contact", "contacts", "handle", "addr", "zip", "pcode", "abode", "lives", "resides", "hostel", "refuge", "house", "flat",
    "street",
))  # fmt: skip
WHOLE = frozenset(("home", "lodges", "living", "staying", "current place", "located at", "where they are", "where are they"))
# With one of these it is the incident's own, or that of whoever deals with it.
NOT_THEIRS = frozenset(("incident", "offence", "offense", "crime", "scene", "occurrence", "officer", "oic", "station"))
# With one of these it mostly tells something else: Phone seized, Country of residence, Contact with family.
MOSTLY_ELSE = frozenset((
    "seized", "taken", "exhibit", "confiscated", "make", "model", "type", "status", "language", "country", "date", "time", "when",
    "with", "lost", "denied", "checked", "verified", "call", "calls", "risk", "search", "searched", "conditions", "permit", "ip",
))  # fmt: skip
_ORDER = {"address": 0, "phone": 1}
_OF_HOME = frozenset(("home", "person", "victim", "nominal", "subject", "residence", "current", "address", "lives"))
_PARTED = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)")
_MAIL = re.compile(r"[^\s@]@[^\s@]+\.")


@lru_cache(maxsize=512)  # the names of a table are the same in each of its rows
def may_tell(name: str) -> bool:
    """Whether a column's name has a word for a place where somebody is, or for a way to reach them, and none that says it is of
    the incident or an officer."""
    words = _words(name)
    squeezed = "".join(words)
    if NOT_THEIRS.intersection(words) and "at" not in words:  # Address at the time of the incident
        return False
    return any(one in squeezed for one in WITHIN) or bool(WORDS.intersection(words)) or " ".join(words) in WHOLE


def tells(name: str, text: str = "") -> bool:
    """Whether what stands in a column of this name is kept sealed: by its name, and where that mostly tells something else by a
    number, mail or house that stands in it all the same."""
    if not may_tell(name):
        return False
    words = {*_words(name)}
    return "at" in words or not MOSTLY_ELSE.intersection(words) or _reaches(text)


def is_of_a_home(name: str) -> bool:
    """Whether what stands in brackets says that it is where somebody lives: Postcode (home) is not the incident's."""
    return bool(_OF_HOME.intersection(_words("".join(re.split(r"[(\[{]", name, maxsplit=1)[1:]))))


def apart(held: Sequence[tuple[str, str]], known: frozenset[str]) -> list[int]:
    """The places of the cells that are kept sealed, addresses first and then telephones: all that stand under `phone` and
    `address`, a second `postcode` (the first is that of the incident), and each unknown name that tells such."""
    postcodes = [place for place, (name, _) in enumerate(held) if name == "postcode"][1:]
    found = [
        place
        for place, (name, text) in enumerate(held)
        if (name in _ORDER or place in postcodes or (name not in known and tells(name, text)))
        and not says_nothing(text)
        and text.strip() not in NOT_WORKED_OUT
    ]
    return sorted(found, key=lambda place: _ORDER.get(held[place][0], len(_ORDER)))


def lines_of(held: Sequence[tuple[str, str]], places: Sequence[int]) -> Iterator[str]:
    """These cells as they are kept, each after the name of its column."""
    for name, text in (held[place] for place in places):
        yield line(name.capitalize() if name in _ORDER or name == "postcode" else name, text)


def _reaches(text: str) -> bool:
    parts = [part.strip() for part in text.split(",")]
    houses = [part for part in parts if part[:1].isdigit() and " " in part and not DAY.match(part)]
    return bool(telephones(text) or _MAIL.search(text) or POSTCODE.search(text) or houses)


@lru_cache(maxsize=512)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, however they are joined."""
    return tuple(word for word in re.split(r"[\W_]+", _PARTED.sub(" ", name).casefold()) if word)

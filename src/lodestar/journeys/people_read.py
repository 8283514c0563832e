"""Who somebody is, as people type it in an imported row: ages, roles, police areas, whether they are British. What cannot be
read is None: it is kept as it was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from lodestar.journeys.typed_days import plain
from lodestar.journeys.values_read import ABOUT, LONGEST, SAID, SAYS_OTHERWISE
from lodestar.kernel.person_age import ADULT
from lodestar.kernel.reference_lists import reference_list

OLDEST = 130  # years
_YEARS = r"\s*(?:y|yrs?|years?|yo|y/o|y\.\s?o|years?\s+old|yrs?\s+old)?\.?"
_AGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern + _YEARS), kind)
    for pattern, kind in (
        (r"(?:aged?[:\s]*)?(\d{1,3})(?:[.,]\d{1,2})?", "just"),
        (r"(\d{1,3})\s*(?:years?|yrs?|y)\s*(?:and\s*)?\d{1,2}\s*(?:months?|mths?|m)", "just"),
        (r"(?:between\s+)?(\d{1,3})\s*(?:-|–|—|to|/|or|and)\s*(\d{1,3})", "span"),
        (r"(?:just under|under|below|younger than|less than|nearly|almost|not yet|u|<)[\s/-]*(\d{1,3})", "under"),
        (r"(?:over|above|at least|min|o|>=?|≥)[\s/-]*(\d{1,3})", "least"),
        (r"(\d{1,3})\s*(?:\+|plus|(?:or|and) (?:over|older|above|more))", "least"),
        (r"(?:at most|up to|max|<=|≤)\s*(\d{1,3})", "most"),
        (r"(\d{1,3})\s*(?:or|and) (?:under|below|younger|less)", "most"),
        (r"(\d{1,3})[\s-]*(?:ish|\?)", "about"),
    )
)
_NOT_IN_YEARS = re.compile(r"(\d{1,2})\s*(months?|mths?|mos?|weeks?|wks?)(?:\s+old)?")
# 17 est., 17 claimed, 16-17?, ?17; what somebody stated is no guess
_NOT_SURE = re.compile(rf"(?:\s(?:[-–] )?\(?{SAID}\b\.?(?: age)?\)?|(?<=\d-\d\d)\s?\?)$|^\?\s?(?=\d)")
# Before an age in brackets: passport says 19, claims to be under 18.
_TELLS = re.compile(r"^(?:[a-z]+ ){0,4}(?:claim(?:s|ed)|says?|said|stated?s?|looks?|appears?|is|be)\s+")
_SEX_BESIDE = re.compile(
    r"^(?:[mf]\s?/?|(?:fe)?male[,/]?)\s?(?=\d)|(?<![a-z]\d)(?<=\d)(?:\s?[mf]|[/,]\s?(?:[mf]|(?:fe)?male))$|"
    r"\s(?:male|female|boy|girl|man|woman)$"
)
_AGE_WORDS: Mapping[str, tuple[int | None, int | None]] = {
    "child": (None, 17), "juvenile": (None, 17), "minor": (None, 17), "youth": (None, 17), "under age": (None, 17),
    "teenager": (13, 19), "teens": (13, 19), "teenage": (13, 19), "baby": (0, 1), "adult": (18, None), "juv": (None, 17),
    "teen": (13, 19), "late teens": (16, 19), "early teens": (13, 15), "mid teens": (14, 17), "young person": (None, 17),
    "infant": (0, 1), "newborn": (0, 0), "new born": (0, 0), "toddler": (1, 3), "yp": (None, 17),
    "ten": (10, 10), "eleven": (11, 11), "twelve": (12, 12), "thirteen": (13, 13), "fourteen": (14, 14), "fifteen": (15, 15),
    "sixteen": (16, 16), "seventeen": (17, 17), "eighteen": (18, 18), "nineteen": (19, 19), "twenty": (20, 20),
}  # fmt: skip
_ROLES = {
    "possible victim": "possible_victim", "victim": "possible_victim",
    "pv": "possible_victim", "potential victim": "possible_victim", "aggrieved": "possible_victim",
    "injured party": "possible_victim", "suspect": "suspect", "suspected": "suspect", "offender": "suspect",
    "accused": "suspect", "detained person": "suspect", "exploiter": "exploiter", "trafficker": "exploiter",
    "controller": "exploiter", "witness": "witness", "v": "possible_victim", "vic": "possible_victim", "ip": "possible_victim",
    "injured person": "possible_victim", "ap": "possible_victim", "aggrieved person": "possible_victim",
    "complainant": "possible_victim", "s": "suspect", "sus": "suspect", "susp": "suspect", "dp": "suspect",
    "detainee": "suspect", "arrested person": "suspect", "perp": "suspect", "perpetrator": "suspect",
    "alleged offender": "suspect", "suspected exploiter": "exploiter", "w": "witness", "wit": "witness",
}  # fmt: skip
_NO_ROLE = frozenset(("n/a", "na", "n/k", "nk", "unknown", "not known", "none"))  # whatever else stands there tells of one
_NAMED = re.compile(r"\b(victim|suspect|witness|exploiter|trafficker)")
_BRITISH = {"british", "britain", "uk", "gb", "gbr", "united kingdom", "english", "scottish", "welsh", "great britain"}


@dataclass(frozen=True)
class Age:
    """Bounds in completed years, and whether they are a guess."""

    low: int | None
    high: int | None
    is_guess: bool = False


def read_age(text: str) -> Age | None:
    """An age as bounds in completed years; None where it cannot be read or no human is that old."""
    if len(text.strip()) > LONGEST:
        return None
    words = plain(text)
    not_sure = _NOT_SURE.search(words)
    is_guess = bool(ABOUT.search(words) or (not_sure and "stated" not in not_sure[0]))
    words = _NOT_SURE.sub("", re.sub(r"(?<=\d)[½¼¾]", "", ABOUT.sub("", words.lstrip("? "))))
    if aside := re.fullmatch(r"([^()]*\S)\s*\(([^()]*)\)", words):
        if re.search(r"\d\s?m$", aside[1]) and re.fullmatch(r"[mf]|(?:fe)?male|boy|girl|man|woman", aside[2].strip()):
            return None  # 18m (F): months
        return _beside(_age(aside[1], is_guess or "?" in aside[2] or bool(ABOUT.search(aside[2]))), aside[2])
    return _age(words, is_guess)


def _beside(age: Age | None, aside: str) -> Age | None:
    """The age with what stands in brackets after it. Where that is another age, as in 18 (claims 16), neither is known to be
    wrong; where it says otherwise in words that cannot be read, nothing is."""
    other = read_age(_TELLS.sub("", aside))
    if age is None or (other is None and SAYS_OTHERWISE.search(aside)):
        return None
    if other is None:
        return age
    low, high = min(age.low or 0, other.low or 0), max(_last(age), _last(other))
    is_of_a_side = _last(other) < ADULT or (other.low or 0) >= ADULT
    if (low, high) == (age.low or 0, _last(age)) or (is_of_a_side and (low, high) == (other.low or 0, _last(other))):
        return age  # 16 (child)
    told = Age(low or None, high if high < OLDEST else None, is_guess=True)
    return told if told.low or told.high else None  # adult (child)


def _last(age: Age) -> int:
    return OLDEST if age.high is None else age.high


def _age(words: str, is_guess: bool) -> Age | None:
    """An age without anything beside it."""
    sexes, without = _SEX_BESIDE.findall(words), _SEX_BESIDE.sub("", words)
    if re.fullmatch(r"(?:[1-9]|1[01])\s?/\s?12\.?", without):
        return Age(0, 12, is_guess=True)  # months, as doctors write them; or years
    if re.fullmatch(r"\d{1,2}\s?/\s?(?:12|52)\.?", without) or re.fullmatch(r"(?:\d|1[01]|\d+\s?[-/]\s?\d+)\s?m", words):
        return None  # months or weeks, or else years
    if len(sexes) > 1:
        return None  # M 18m: one of the two may mean months
    words = without
    if decade := re.fullmatch(r"(early|mid|late)?[\s-]*([2-9])0'?s", words):
        first, last = {"early": (0, 4), "mid": (3, 7), "late": (6, 9)}.get(decade[1], (0, 9))
        return Age(int(decade[2]) * 10 + first, int(decade[2]) * 10 + last, is_guess=True)
    if words.rstrip("?s") in _AGE_WORDS or words in _AGE_WORDS:
        low, high = _AGE_WORDS.get(words) or _AGE_WORDS[words.rstrip("?s")]
        return Age(low, high, is_guess=True)
    if small := _NOT_IN_YEARS.fullmatch(words):
        years = int(small[1]) // (12 if small[2].startswith("m") else 52)
        return Age(years, years, is_guess)
    for pattern, kind in _AGES:
        match = pattern.fullmatch(words)
        if match:
            return _bounds(kind, [int(figures) for figures in match.groups()], is_guess)
    return None


def _bounds(kind: str, years: list[int], is_guess: bool) -> Age | None:
    first, last = years[0], years[-1]
    if last > OLDEST or first > last or (kind == "under" and not first):
        return None
    if kind in ("just", "about", "span"):
        return Age(first, last, is_guess or kind == "about")
    if kind == "under":
        return Age(None, first - 1, is_guess)
    return Age(first, None, is_guess) if kind == "least" else Age(None, first, is_guess)


def read_roles(text: str) -> tuple[tuple[str, ...], str]:
    """The parts that somebody has in the incident, and the words that name none; where none does, as they were typed."""
    found: list[str] = []
    unread: list[str] = []
    if plain(text) in _NO_ROLE or not any(map(str.isalnum, text)):
        return (), ""
    for part in re.split(r"\s*(?:[,;/&+|()]|\s[-–]\s|\band\b)\s*", " ".join(text.split())):
        words = plain(part)
        words = words.replace("-", " ").replace("_", " ")
        role = _ROLES.get(words) or _ROLES.get(words.removesuffix("s"))
        named = _NAMED.findall(words)
        if role is None and len(set(named)) == 1 and not _is_of_another(words):
            role = _ROLES[named[0]]
        if role:
            found.append(role)
        elif words:
            unread.append(part)
    return tuple(dict.fromkeys(found)), ", ".join(unread) if found else text.strip() if unread else ""


def _is_of_another(words: str) -> bool:
    """Whether a part that is named is not theirs: that of whom they know or act for, or no longer one."""
    if re.search(r"\b(?:not|no|non|former|ex|anti|eliminated|discounted)\b|[a-z]['’]", words):
        return True
    named = _NAMED.search(words)
    return bool(named and re.search(r"\b(?:of|for)\b", words[: named.start()]))


def is_british(nationality: str) -> bool | None:
    """True where British is among what is told. Another nationality does not say that they have no British one."""
    words = re.sub(r"\b(?:white|black|asian|dual|citizen|national|nationality)\b", " ", plain(nationality))
    if re.search(r"\b(?:non|not|no)\b", words):
        return None
    parts = {" ".join(part.split()).strip(" .") for part in re.split(r"[,;/&+|-]|\band\b", words)}
    return True if parts & _BRITISH else None


# What officers call forces for short, beside the names of the list.
_SHORT_AREAS = {
    "lincs": "lincolnshire", "met": "metropolitan", "mps": "metropolitan", "gmp": "greater-manchester", "wmp": "west-midlands",
    "west-mids": "west-midlands", "colp": "city-of-london", "psni": "northern-ireland", "notts": "nottinghamshire",
    "cambs": "cambridgeshire", "tvp": "thames-valley", "dandc": "devon-and-cornwall", "beds": "bedfordshire",
    "herts": "hertfordshire", "leics": "leicestershire", "northants": "northamptonshire", "lancs": "lancashire",
    "wilts": "wiltshire", "staffs": "staffordshire", "derbys": "derbyshire", "hants": "hampshire", "glos": "gloucestershire",
    "wyp": "west-yorkshire", "syp": "south-yorkshire", "nyp": "north-yorkshire", "asp": "avon-and-somerset",
}  # fmt: skip


@lru_cache(maxsize=1)
def _areas() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name in ("tenants", "police_areas"):
        for row in reference_list("reference", name).rows:
            found[row["slug"]] = row["slug"]
            found[_area(str(row.get("name", "")))] = row["slug"]
    found |= {short: slug for short, slug in _SHORT_AREAS.items() if slug in found.values()}
    found.pop("", None)
    return found


def _area(text: str) -> str:
    words = re.sub(r"\b(?:police|constabulary|force|service)\b", " ", plain(text).replace("&", "and"))
    return "-".join(words.split())


def read_areas(text: str) -> tuple[tuple[str, ...], str]:
    """The police areas that are named, by slug, and the words that name none; where none does, as they were typed."""
    whole = _areas().get(_area(text))
    if whole:
        return (whole,), ""
    found, unread = [], []
    parts = [part.strip() for part in re.split(r"[,;/|]", " ".join(text.split()))]
    each = [[part] if _area(part) in _areas() else re.split(r"\s+(?:and|&)\s+", part) for part in parts]
    for part in filter(None, chain.from_iterable(each)):
        slug = _areas().get(_area(part))
        if slug:
            found.append(slug)
        else:
            unread.append(part)
    return tuple(dict.fromkeys(found)), ", ".join(unread) if found else text.strip() if unread else ""

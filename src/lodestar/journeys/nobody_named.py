"""Whether a field for a name says no more than that nobody is named: unknown, Thai female, girl 2, did not say. Pure.

Only what is wholly made of words known to say so: whatever else stands in the field is what somebody is called. A nationality,
an age or a trade is such a word beside another that says so, never by itself.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from lodestar.cases.rules.matching.readings import words
from lodestar.kernel.reference_lists import reference_list

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_TITLES = words("mr mrs ms miss mx dr")
_SAY_SO = (
    "unknown", "unkown", "unknwon", "unk", "ukn", "nk", "unnamed", "nameless", "unidentified", "anonymous", "anon",
    "notknown", "noname", "undisclosed", "redacted", "withheld", "refused", "declined", "tbc", "tba", "tbd", "nfd", "xx",
    "xxx", "xxxx", "null", "not applicable", "no name", "no details", "to be confirmed", "to be advised", "to follow",
    "pending", "awaiting", "at this time", "at the time", "at present", "at the present time", "at the moment",
    "at this stage", "as yet", "so far", "n k", "u k", "john doe", "jane doe", "joe bloggs", "неизвестно", "неизвестный",
    "неизвестная", "невідомо", "невідомий", "невідома", "غير معروف", "غير معروفة", "مجهول", "مجهولة", "نامعلوم", "לא ידוע",
    "अज्ञात", "অজ্ঞাত", "ਅਗਿਆਤ", "தெரியாது", "ไม่ทราบ", "አይታወቅም", "不明", "不详", "不詳", "未知", "무명", "미상",
    "άγνωστος", "άγνωστη", "necunoscut", "necunoscută", "nieznany", "nieznana", "i panjohur", "e panjohur",
)  # fmt: skip
_NOT = ("not", "not yet", "never", "no name", "no details")
_DONE = (
    "known", "given", "stated", "recorded", "disclosed", "provided", "available", "identified", "obtained", "established",
    "confirmed", "supplied", "asked", "told",
)  # fmt: skip
_WOULD_NOT = (
    "would not", "did not", "does not", "will not", "wouldn t", "didn t", "won t", "refused to", "refuses to", "refusing to",
    "declined to", "unwilling to", "not willing to", "unable to", "not able to", "could not", "cannot", "did not want to",
    "does not want to", "did not wish to",
)  # fmt: skip
_SAY = ("give", "provide", "disclose", "state", "say", "tell", "share", "supply", "obtain", "identify", "engage", "speak")
# As a whole name, too. Whoever is called so and stands twice is found again, and one of two men of whom no more is told is not.
_SORTS = words(
    "female females male males woman women man men girl girls boy boys lady gentleman child children baby infant juvenile "
    "youth teenager teen minor adult person people subject victim victims suspect witness occupant passenger driver worker "
    "workers resident technician technicians labourer cleaner carer housekeeper prostitute escort masseuse gardener "
    "cultivator beggar migrant refugee seeker sleeper stowaway clandestine detainee nominal toddler newborn national "
    "nationals friend partner mum wife husband mother father sister brother daughter girlfriend boyfriend"
)
_SEXES = words("f m")  # beside what else says so: Thai F
# Surnames, and not what sort of person it is, beside an initial: French, M; A Friend.
_WITH_AN_INITIAL = words("english french welsh irish german dutch roma romany tamil punjabi bengali latin")
_FRIENDS = words("friend gardener partner cleaner carer husband mother father brother national")
_ABOUT_A_NAME = words(
    "name names surname forename first last family full identity identification id details yet currently police officers "
    "nationality interpreter required needed"
)
_ABOUT_A_SORT = words(
    "a an the of above no number little small teenage teenaged unborn young younger old older elderly tall short white black "
    "possible potential other another mixed race possibly probably homeless rough street lorry looking speaking appearance "
    "origin descent heritage ethnicity nationality national believed thought about around approx approximately apx circa aged "
    "age ages between and under over early mid late teens twenties thirties forties fifties sixties year years yr yrs yo "
    "months ic sex nail bar shop salon massage brothel car wash farm factory warehouse kitchen restaurant takeaway hotel "
    "construction building site care domestic house cannabis asylum agency from at"
)
# Words of which some are names by themselves (To, In, Her).
_TOGETHER = r"in (?:her|his|their)|to be|\d{1,3} (?:to|or) \d{1,3}"
# Beside those of the nationalities on the list.
_PEOPLES = (
    "asian", "african", "european", "arab", "arabic", "kurdish", "roma", "romany", "bengali", "tamil", "punjabi", "rohingya",
    "yoruba", "hmong", "filipina", "latin", "latina", "latino", "hispanic", "caribbean", "oriental", "balkan", "baltic",
    "congolese", "bosnian", "saudi", "korean", "nepali", "argentinian", "kosovar", "slovakian", "azeri", "mediterranean",
    "middle eastern", "far eastern", "eastern", "western", "northern", "southern", "foreign", "overseas", "afro",
)  # fmt: skip
_PART = r"(?:(?:east|west|north|south|central) ){0,2}"  # of them: West is a name by itself
_LISTED = ("nationalities", "countries")  # of the referral form
_NO_PEOPLE = "unknown"  # on both of them


@lru_cache(maxsize=4096)
def names_nobody(name: str) -> bool:
    """Whether nobody is named by it. A number or a letter beside what sort of person it is tells one from another in one report
    alone: female 1, victim B."""
    told = " ".join(word for word in _words(name) if word not in _TITLES)
    left_over = _LONGEST_FIRST.sub(" ", told)
    is_said = left_over != told
    rest = _peoples().sub(" ", left_over).split()
    is_people = " ".join(rest) != told and (is_said or _WITH_AN_INITIAL.isdisjoint(told.split()))
    is_of_a_sort = not _SORTS.isdisjoint(left_over.split()) or (not _SEXES.isdisjoint(rest) and is_people)
    if not (is_said or is_of_a_sort):
        return not told
    if len(rest) == 2 and not _FRIENDS.isdisjoint(rest) and any(len(word) == 1 and word.isalpha() for word in rest):
        return False
    among = (_SORTS | _ABOUT_A_SORT if is_of_a_sort else frozenset()) | (_ABOUT_A_NAME if is_said else frozenset())
    return all(word in among or word.isdigit() or (is_of_a_sort and len(word) == 1) for word in rest)


def _words(text: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())


def _any_of(phrases: Iterable[str]) -> str:
    told = {" ".join(_words(one)) for one in phrases}
    return "|".join(sorted(told, key=lambda one: (-len(one), one)))


@lru_cache(maxsize=1)
def _peoples() -> re.Pattern[str]:
    """Of which people somebody is, or from which country: Thai, Sierra Leonean, from Vietnam. A country is a name as well (Chad,
    Georgia), and none of these only where it is said that somebody is from there."""
    rows = {row["code"]: row["values"] for row in reference_list("referrals", "form_lists").rows}
    peoples, countries = ([one for one in rows[code] if one.casefold() != _NO_PEOPLE] for code in _LISTED)
    return re.compile(rf"(?<!\w)(?:{_TOGETHER}|{_PART}(?:{_any_of([*peoples, *_PEOPLES])})|from (?:{_any_of(countries)}))(?!\w)")


_LONGEST_FIRST = re.compile(
    "(?<!\\w)(?:"
    + _any_of([
        *_SAY_SO, *(f"{no} {done}" for no in _NOT for done in _DONE), *(f"{no} {say}" for no in _WOULD_NOT for say in _SAY)
    ])
    + ")(?!\\w)"
)

"""Words as a search sees them: one spelling, one stem, sections and numbers in one form, without what tells nothing apart."""

import re
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from lodestar.guidance.rules.passages import plain

_STEMMER = snowballstemmer.stemmer("english")
LONGEST = 60  # characters of a term

_NOT_A_LETTER = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "–": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-", "—": " ", "―": " ", "\x02": "-"}
)
# In groups of two digits or more, whatever stands between; nine or ten in all after the 0 or +44. A line may end within, where
# the next does not begin with a number of its own. Two digits behind a group of more are none of it where they are hours or days.
# Childline's has eight digits in all, and no more follow.
_SEVERED = "".join(rf"(?<!\d\d\d[ )./\n-]{{{wide}}}\d\d)" for wide in (1, 2, 3))
_OPEN = r"[ -]{0,2}\n?(?i:h|hrs?|hours?|days?)\b|\ ?/\ ?7\b"
_PHONE = re.compile(
    r"(?<!\d)(?<!\d\.)(?!0800[ ./-]?11 ?11(?!\d))"
    r"(?:(?:\+ ?|\b00[ -]?)44\)?[ ./-]{0,2}(?:\(?0\)?)?[ ./-]{0,2}|\(0\)[ ./-]{0,2}|\(?0)(?=[1-9]\d)"
    r"(?:\d(?:(?<=\d\d)(?:[ )./-]{1,3}|[ )./-]?\n ?(?!0\d{2,4} ?\d{3}))(?=\d\d))?){8,9}\d(?!\d)"
    rf"(?:(?!{_OPEN})|{_SEVERED})"
)
# V.C.L., N.R.M.: one word, as people type it; not i.e., which would be immigration enforcement.
_INITIALS = re.compile(r"\b(?!(?:e\.g|i\.e|[ap]\.m)\b)(?:[a-z]\.){2,}(?:[a-z]\b)?")
_SECTION = re.compile(r"(?<!')\b(?:ss?|secs?|sects?|sections?)\.?\s?(\d{1,3}[a-z]?)\b")
_SCHEDULE = re.compile(r"\b(?:schedules?|sched|sch)\.?\s?(\d{1,2})\b")
_AGE = re.compile(r"\b(\d{1,2})\s?(?:yo|y/o|yrs? old|years? old|year olds?|yrs)\b")
_TIME = re.compile(r"\b(\d{1,3})(?:h|\s?(?:(hrs?)|(wks?)|(mn?ths?)))\b")
_SEVERAL = re.compile(r"[b-df-hj-np-tv-z]{2,4}[aeio]s")  # ngos, hmos: an abbreviation whose last letter is its one vowel
_NO_ABBREVIATION = frozenset(("this", "plus", "thus", "does", "goes", "these", "those"))
# Saying no is said with *not*, which alone tells nothing: what it is said of becomes one word.
_SAYING_NO = re.compile(
    r"\b(?:not|never|without|no|refus\w*|declin\w*|withh[eo]ld\w*|lack of)\s+"
    r"(?:(?:to|their|his|her|give|given|giving|informed|valid|the|wish|want|choose|chosen|any)\s+){0,3}"
    r"(?:consent\w*|agree\w*|enter\w*|engag\w*|be referred|co-?operat\w*|a referral|the nrm)\b"
)
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_IZE = re.compile(r"iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")

# Words that stand in most sentences, and those with which people ask: they tell no passage from another.
COMMON = frozenset(
    word
    for line in (
        "a an and any are as at be been being but by can cannot could did do does doing done for from get gets getting",
        "give got had has have having he her hers him his how i if in into is it its just me my no nor not of off on or",
        "our ours out over own please she should so some such than that the their theirs them then there these they this",
        "those to too up us very was we were what when where which while who whom whose why will with would you your",
        "yours im ive id ill hes shes theyre theyve weve youre thats whats wheres hows dont doesnt didnt cant couldnt",
        "wont wouldnt isnt arent wasnt werent havent hasnt shouldnt now also may must need needs needed want wants wanted",
        "tell know mean means meant like thing things stuff something anything someone somebody anyone anybody bit lot",
        "much many really actually still yet ok okay hi hello thanks ta pls plz help guidance advice info information",
        "find show looking look allowed supposed next first gonna gotta lemme etc re via per sure goes go going put puts",
        "come comes happen happens happened happening use used decent proper properly quick quickly stuff away back",
        "dunno gunna wanna whos theyd youd hed itll theyll youll thatll wouldve shouldve couldve mustve aint innit cos",
        "coz cuz tho thru abt bout wot wat shud cud wud ur yeah yh nah lol cheers b4 theres heres whys soz erm prob probs",
        "deffo",
    )
    for word in line.split()
)

# Words with which people tell what happened: they seldom tell what guidance is about, and count half.
FAINT = frozenset(
    word
    for line in (
        "able about above add after afterwards again against ago ahead all alone along already always another answer",
        "around ask asked asking asks bad bag based basically became because become before behind best better big bloke",
        "bring brought busy call called calls came case cause chap clear close common count counts couple day days",
        "decide difference different down drop dropped during each early easy either else end enough even ever every",
        "everyone everything exactly example explain fact far fast feel few fill fine fit five forget form found four",
        "full further gave given gives gone good great guy guys half hand happy hard hear heard hold hour hours however",
        "idea inside instead job join keep keeping keeps kept kind knew knows last late later least leaves left less",
        "let lets letting likely little lives long looked looks love made main make makes making matter maybe meaning",
        "might mine minute minutes moment month months more morning most move name named near nearly never new nice",
        "night nobody none normal note nothing number often old once one ones only open order other others otherwise",
        "pair part past pick piece place point possible probably problem pulled push question quite rather real reason right",
        "reasons remember ring rings run said same saw saying says second see seem seems seen sends set sit sits",
        "situation sleeps soon sort speak start started state steps stop stopped straight take taken takes taking talk",
        "talking telling tells ten think thinks thought three til till time times today together told tomorrow tonight",
        "took total toward tried tries try trying turn turned turning turns two type under until useful usual various",
        "walk walked way ways week weeks weird well went whatever whether whole without words work working worry worse",
        "wrote year years yes yesterday",
        "across amount appear appears began begin begins bit bits bother bothered bothering break breaks broke catch",
        "caught choose chosen clue comment confused convinced correct deal dealt decided definitely doing doubt doubts",
        "easiest effect exact expect fair figure final finally finish finished follow following follows forward handle",
        "hope involve issue item kinda laid land lands list loads lots manage managed manages manner mention mentioned",
        "mentions mess middle miss notice noticed notices obvious odd onto onwards opened opening opens opposite",
        "particular pass passed passes passing please plenty popped previous quickest quickly raise ready realise",
        "recently regarding related relevant result rough round route routes send sending sent several shortly shown",
        "shows simple simply slightly slow small sorted spend spent spotted stand stands starting starts step stood",
        "struggling stuck stupid suddenly suggest suppose surely switch threw throw throws tough twice unless unlikely",
        "unsure usually whenever whichever wonder wondering worried worth wrong",
    )
    for word in line.split()
)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The term a word is searched by."""
    if _SEVERAL.fullmatch(word) and word not in _NO_ABBREVIATION:
        return word[:-1]
    return str(_STEMMER.stemWord(_IZE.sub("is", word)))[:LONGEST]


def _forms(text: str) -> str:
    told = plain(text).lower().translate(_NOT_A_LETTER).replace("&", " and ")
    told = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", told)
    told = _PHONE.sub(lambda found: f" {phone(found[0])} " if found[0].count("\n") <= 1 else found[0], told)
    told = _SAYING_NO.sub(lambda found: f"{found[0]} nonconsent", told)
    told = _SECTION.sub(r" s\1 ", told)
    told = _SCHEDULE.sub(r" schedule\1 ", told)
    told = _TIME.sub(_in_full, told)
    return _AGE.sub(r" \1 yearsold ", told)


def _in_full(found: re.Match[str]) -> str:
    return f" {found[1]} {'weeks' if found[3] else 'months' if found[4] else 'hours'} "


def phone(text: str) -> str:
    """A telephone number as digits only, beginning with 0."""
    digits = re.sub(r"\D", "", text).removeprefix("00")
    return "0" + digits[2:].lstrip("0") if digits.startswith("44") else digits


def on_one_line(text: str) -> str:
    """The text, as long as it is, with a telephone number on one line each."""
    return _PHONE.sub(lambda found: found[0].replace("\n", " ", 1 if found[0].count("\n") == 1 else 0), text)


def bare_words(text: str) -> Iterator[str]:
    """The words of a text in their order, as they are spelt; of one with a hyphen its parts."""
    for found in _WORD.finditer(_forms(text)):
        yield from found[0].removesuffix("'s").replace("'", "").split("-")


def words(text: str) -> Iterator[str]:
    """The same, and of a word with a hyphen also the whole as one word."""
    for found in _WORD.finditer(_forms(text)):
        word = found[0].removesuffix("'s").replace("'", "")
        if "-" not in word:
            yield word
            continue
        parts = word.split("-")
        yield from parts
        if len(word) <= LONGEST and not word.replace("-", "").isdigit():
            yield "".join(parts)


def told(text: str) -> list[str]:
    """Those words of a text that tell something, as they are spelt."""
    return [word for word in words(text) if tells(word)]


def tells(word: str) -> bool:
    """Whether a word tells one passage from another."""
    return word not in COMMON and (len(word) > 1 or word.isdigit())


def terms(text: str) -> list[str]:
    """The terms of a text, in its order."""
    return [stem(word) for word in told(text)]

"""A name of any script in the letters a reader of English would write it with, close enough to be compared by sound.

Han is read by `anyascii` (as pinyin), Hangul by the layout of its block, the scripts of India by the one layout that their
blocks share; whatever has no table here falls to `anyascii`. Nothing here is a transliteration that anybody is shown.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from lodestar.platform.text.reference_lists import reference_list


def _each(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_LETTERS = reference_list("names", "letters").header
_MARKED = str.maketrans(_LETTERS["marked"])
_KEPT = "çţğ"
_ONE_IN_LATIN = _each("kh gh th dh ph bh ch zh sh rz ts tz dz cs sz dj gj kj tj sj wr")  # two letters that are read as one
_CYRILLIC, _HEBREW, _THAI = _LETTERS["cyrillic"], _LETTERS["hebrew"], _LETTERS["thai"]
_GREEK, _GREEK_TWO = _LETTERS["greek"], _LETTERS["greek_two"]
_GREEK_AS_ONE = _LETTERS["greek_as_one"]  # one sound at the beginning, and within as some write it
_ARABIC, _ARABIC_SHORT = _LETTERS["arabic"], _LETTERS["arabic_short"]
# The scripts of India lie alike in their blocks, which are all of one size: the place within the block says the letter.
_INDIC_BLOCK = 0x80
_TAMIL = 0x0B80
_INDIC_CONSONANTS, _INDIC_VOWELS, _INDIC_SIGNS = (
    {int(place, 16): sound for place, sound in _LETTERS[f"indic_{kind}"].items()} for kind in ("consonants", "vowels", "signs")
)
_VIRAMA, _NUKTA = 0x4D, 0x3C
_INDIC_ALONE = {**_INDIC_VOWELS, **_INDIC_SIGNS, 0x01: "n", 0x02: "n", 0x70: "n", 0x4E: "t", 0x5C: "r", 0x5F: "y"}
_VOWELS_OF_INDIA = frozenset({*_INDIC_VOWELS.values(), *_INDIC_SIGNS.values()})
_VOWELS = tuple("aeiou")
_THAI_BEFORE = tuple("เแโใไ")  # vowels that are written before the letter they follow
# The last letter of a syllable, as it is written by those who keep to the letters, and as it is said.
_AS_WRITTEN = {"ร": "rn", "ญ": "n"}
_AS_SAID = {"ร": "n", "ล": "n", "ฬ": "n", "ญ": "n", "s": "t", "ch": "t"}
_THAI_WITH_R = tuple("กขคจซดตทบปผพฟศส")
_THAI_AFTER = tuple("ะัาำิีึืุูๅอ")
_NASAL = re.compile(r"([ąę])([bp]?)")
_HANGUL_JOIN = re.compile(r"(ng?)\n(?=g)")  # one syllable ends in n or ng and the next begins with g: Min-gyeong
_HANGUL_FIRST = _each("g kk n d tt r m b pp s ss - j jj ch k t p h")
_HANGUL_VOWEL = _each("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu i i")
_HANGUL_LAST = _each("- k k k n n n t l k m l l l p l m p p t t ng t t k t p h")
_THAI_AS_SAID = (("พรหม", "พรอม"), ("พราหมณ์", "พราม"))  # one letter is not said
_TWICE = re.compile(r"(.)'\1")
_SILENCED = "\u0e4c"  # the letter before it is written and not said


@dataclass(frozen=True)
class Word:
    """One word of a name: in Latin letters, its script, and whether that script leaves vowels unwritten. `parts` are the
    syllables where every sign is one (Han, Hangul), whose joins are a matter of habit."""

    latin: str
    script: str
    is_bare: bool = False
    parts: tuple[str, ...] = ()
    signs: str = ""
    others: tuple[str, ...] = ()  # how else it is written by custom


@lru_cache(maxsize=65_536)
def script_of(word: str) -> str:
    """The script of a word's first letter, as Unicode names it: LATIN, CYRILLIC, CJK, HANGUL."""
    first = next((character for character in word if character.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0] if first else ""


@lru_cache(maxsize=65_536)
def in_latin(word: str) -> Word:
    """A word, NFC and casefolded, in Latin letters."""
    script = script_of(word)
    if script == "LATIN":
        latin = _latin(word)
        others = [latin.replace("x", "ks")] if "x" in latin[1:] else []
        if _NASAL.search(word):
            others.append(_latin(_NASAL.sub(_as_heard, word)))
        return Word(latin, script, others=tuple(others))
    if script in _READ:
        latin, *others = dict.fromkeys(_READ[script](word))
        return Word(latin, script, is_bare=script in ("ARABIC", "HEBREW", "THAI"), others=tuple(others))
    if script == "CJK":
        parts = tuple(_latin(anyascii(sign).casefold()) for sign in word if sign.isalpha())
        return Word("".join(parts), script, parts=parts, signs=word)
    if script == "HANGUL":
        parts = tuple(_syllable(sign) for sign in word if "\uac00" <= sign <= "\ud7a3")
        latin, apart = "".join(parts), _HANGUL_JOIN.sub(r"\1'", "\n".join(parts)).replace("\n", "")
        return Word(latin, script, parts=parts, signs=word, others=(apart,) if apart != latin else ())
    return Word(_latin(anyascii(word).casefold()), script)


def _as_heard(nasal: re.Match[str]) -> str:
    """A vowel of Polish that is said through the nose as who hears it writes it: Dąbrowska is Dombrowska, Wąsik is Wonsik."""
    return ("o" if nasal[1] == "ą" else "e") + ("m" if nasal[2] else "n") + nasal[2]


def _latin(word: str) -> str:
    plain = []
    for letter in unicodedata.normalize("NFC", word).translate(_MARKED):
        if letter in _KEPT:
            plain.append(letter)
            continue
        bare = unicodedata.normalize("NFKD", letter)[:1] if letter.isalpha() else ""
        plain.append(bare if bare.isascii() else "")
    return "".join(plain)


def _cyrillic(word: str) -> Iterator[str]:
    yield "".join(_CYRILLIC.get(letter, "") for letter in unicodedata.normalize("NFC", word))


def _greek(word: str) -> Iterator[str]:
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    yield _greek_said(bare, begins_as_one=True, is_one_within=False)
    yield _greek_said(bare, begins_as_one=True, is_one_within=True)
    yield _greek_said(bare, begins_as_one=False, is_one_within=False)


def _greek_said(bare: str, *, begins_as_one: bool, is_one_within: bool) -> str:
    sounds, place = [], 0
    while place < len(bare):
        two = bare[place : place + 2]
        as_one = is_one_within if place else begins_as_one
        if two in ("ευ", "αυ") and bare[place + 2 : place + 3] in tuple("θκξπσςτφχψ"):
            two_said = {"ευ": "ef", "αυ": "af"}[two]
        else:
            two_said = _GREEK_TWO.get(two, "")
        sound = (_GREEK_AS_ONE.get(two) if as_one else None) or two_said
        sounds.append(sound or _GREEK.get(bare[place], ""))
        place += 2 if sound else 1
    return "".join(sounds)


def _arabic(word: str) -> Iterator[str]:
    sounds: list[str] = []
    letters = [letter for letter in word if letter in _ARABIC or letter in _ARABIC_SHORT]
    for place, letter in enumerate(letters):
        sound = _ARABIC_SHORT[letter] if letter in _ARABIC_SHORT else _ARABIC[letter]
        if place and sound in ("w", "y"):
            follows = _ARABIC.get(letters[place + 1], "") if place + 1 < len(letters) else ""
            is_vowel = follows not in _VOWELS and sounds[-1] not in _VOWELS
            sound = {"w": "u", "y": "i"}[sound] if is_vowel else sound
        sounds.append("a" if letter == "ع" and not place else sound)
    yield _spelled(sounds)
    if "j" in sounds:  # in Egyptian mouths
        yield _spelled(["g" if sound == "j" else sound for sound in sounds])
    if "dh" in sounds or "th" in sounds:  # in Persian, Turkish and Urdu mouths
        yield _spelled([{"dh": "z", "th": "s"}.get(sound, sound) for sound in sounds])


def _spelled(sounds: list[str]) -> str:
    """The sounds in a row; what would be read as one letter with the one before stands apart, and so does the second of two
    that are one after the other because no vowel is written between them."""
    apart = []
    for place, sound in enumerate(sounds):
        before = sounds[place - 1] if place else ""
        is_apart = before[-1:] + sound[:1] in _ONE_IN_LATIN or (sound and sound[:1] == before[-1:] not in _VOWELS)
        apart.append("'" + sound if is_apart else sound)
    return "".join(apart)


def _hebrew(word: str) -> Iterator[str]:
    letters = [letter for letter in word if letter in _HEBREW]
    sounds: list[str] = []
    for place, letter in enumerate(letters):
        sound = _HEBREW[letter]
        if letter == "ו":
            is_before_last_i = letters[place + 1 :] == ["י"]
            sound = "v" if place == 0 or is_before_last_i or letters[place - 1] == "ו" else "o"
        elif letter == "י" and place:
            sound = "i"
        elif letter == "ה" and place == len(letters) - 1:
            sound = "a"
        sounds.append(sound)
    yield _spelled(sounds)
    if "o" in sounds:  # the letter of David and Avi is that of Moshe and Noam
        yield _spelled(["v" if sound == "o" else sound for sound in sounds])
    if "sh" in sounds:
        yield _spelled(["s" if sound == "sh" else sound for sound in sounds])
    if sounds[:1] == ["χ"]:  # Haya as well as Chaya
        yield _spelled(["h", *sounds[1:]])


def _indic(word: str) -> Iterator[str]:
    base = ord(word[0]) // _INDIC_BLOCK * _INDIC_BLOCK
    sounds = _indic_said(word, base)
    if base != _TAMIL:
        yield "".join(sounds)
        return
    yield from _tamil(sounds)


def _indic_said(word: str, base: int) -> list[str]:
    sounds: list[str] = []
    letters = [ord(letter) - base for letter in unicodedata.normalize("NFC", word)]
    for place, letter in enumerate(letters):
        follows = letters[place + 1] if place + 1 < len(letters) else -1
        if letter in _INDIC_CONSONANTS:
            sound = _INDIC_CONSONANTS[letter]
            if letter == 0x34 and base == _TAMIL:
                sound = "zh"
            sounds.append(sound)
            if follows == _NUKTA:
                follows = letters[place + 2] if place + 2 < len(letters) else -1
            if follows not in _INDIC_SIGNS and follows not in (_VIRAMA, -1):
                sounds.append("a")
        elif letter in _INDIC_ALONE:
            sounds.append(_INDIC_ALONE[letter])
    return sounds


def _tamil(sounds: list[str]) -> Iterator[str]:
    """One letter stands for k, g and h, one for t and d, one for p and b: by what stands beside it."""
    voiced = []
    for place, sound in enumerate(sounds):
        before, follows = (sounds[place - 1] if place else ""), (sounds[place + 1] if place + 1 < len(sounds) else "")
        is_soft = (before in _VOWELS_OF_INDIA or before in ("n", "ng", "m")) and before != "" and follows in _VOWELS_OF_INDIA
        if sound == "ch":
            sound = "ch" if before in ("ch", "t", "n") else "s"
        voiced.append({"k": "g", "t": "d", "p": "b"}.get(sound, sound) if is_soft else sound)
    first = "".join(voiced).replace("ngg", "ng")
    yield first
    yield first.replace("zh", "l").replace("tch", "ksh")
    yield "".join("h" if sound == "g" and place else sound for place, sound in enumerate(voiced))


def _thai(word: str) -> Iterator[str]:
    for written, spoken in _THAI_AS_SAID:
        word = word.replace(written, spoken)
    letters = _thai_letters(word)
    for spoken in (_thai_said(letters, _AS_WRITTEN, er="oe"), _thai_said(letters, _AS_SAID, er="er")):
        yield _TWICE.sub(r"\1\1", spoken)  # Promma: one sound, whichever syllable it is of


def _thai_letters(word: str) -> list[str]:
    """The letters that are said: without tones, and without what is written and silenced."""
    letters: list[str] = []
    for letter in word.replace("\u0e4d\u0e32", "\u0e33"):
        if letter == _SILENCED:
            while letters and letters[-1] in "\u0e34\u0e38":
                letters.pop()
            silent_letter = letters.pop() if letters else ""
            if letters and silent_letter + letters[-1] in ("รท", "รต", "รด", "ณษ"):
                letters.pop()
        elif letter == "ร" and letters and letters[-1] == "ร":
            letters[-1] = "ะ"
        elif letter in _THAI:
            letters.append(letter)
    return letters


def _thai_said(letters: list[str], last: dict[str, str], *, er: str) -> str:
    sounds, hold = [], ""
    for place, letter in enumerate(letters):
        before, follows = (letters[place - 1] if place else ""), "".join(letters[place + 1 : place + 3])
        begins_two = letter in _THAI_WITH_R and follows[:1] in tuple("รล") and (hold or follows[1:] in _THAI_AFTER)
        is_end = not follows or follows[0] in _THAI_BEFORE or (_is_thai_consonant(follows[0]) and follows[1:] in _THAI_AFTER)
        if letter in _THAI_BEFORE:
            hold = _THAI[letter]
            continue
        if begins_two:
            sounds.append(_THAI[letter])
            continue
        sound = _THAI[letter]
        if letter == "อ":
            sound = "o" if (_is_thai_consonant(before) or not before) and follows[:1] not in _THAI_AFTER else ""
        elif letter == "ว" and _is_thai_consonant(before) and follows and _is_thai_consonant(follows[0]):
            sound = "u" if follows[1:] not in _THAI_AFTER else "w"
        elif is_end and place and not hold:
            is_mute = letter == "ร" and before and before in "ตทดช" and bool(follows)
            sound = "" if is_mute else last.get(letter, last.get(sound, sound))
        elif letter == "ญ" and place and follows[:1] not in _THAI_AFTER:
            sound = "n"
        is_er = hold == "e" and follows[:1] in ("ิ", "อ")
        sounds.append(sound + (er if is_er else hold))
        hold = ""
    return _spelled(sounds)


def _is_thai_consonant(letter: str) -> bool:
    return "\u0e01" <= letter <= "\u0e2e"


def _ethiopic(word: str) -> Iterator[str]:
    """The sixth of the seven orders has a short vowel or none; nobody can tell from the letter."""
    letters = [(anyascii(letter).casefold().replace("'", ""), ord(letter) % 8 == 5) for letter in word]
    last = len(letters) - 1
    yield "".join(sound + ("i" if is_sixth and place < last else "") for place, (sound, is_sixth) in enumerate(letters))
    yield "".join(sound for sound, _ in letters)


def _syllable(sign: str) -> str:
    number = ord(sign) - 0xAC00
    first, vowel, last = number // 588, number % 588 // 28, number % 28
    return (_HANGUL_FIRST[first] + _HANGUL_VOWEL[vowel] + _HANGUL_LAST[last]).replace("-", "")


_READ = {
    "CYRILLIC": _cyrillic, "GREEK": _greek, "ARABIC": _arabic, "HEBREW": _hebrew, "THAI": _thai, "DEVANAGARI": _indic,
    "BENGALI": _indic, "GURMUKHI": _indic, "GUJARATI": _indic, "ORIYA": _indic, "ETHIOPIC": _ethiopic,
    "TAMIL": _indic, "TELUGU": _indic,
    "KANNADA": _indic, "MALAYALAM": _indic,
}  # fmt: skip

"""A name of any script in the letters a reader of English would write it with, close enough to be compared by sound.

Han is read by `anyascii` (as pinyin), Hangul by the layout of its block, the scripts of India by the one layout that their
blocks share; whatever has no table here falls to `anyascii`. Nothing here is a transliteration that anybody is shown.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii


def _each(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Marks of the Latin letters are left off, as those do who type them; what they change of the sound is kept in four letters.
_MARKED = str.maketrans(
    {
        "ț": "ţ", "č": "ç", "ć": "ç", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss",
        "ı": "i",
        "ə": "e", "ɛ": "e", "ɔ": "o", "ŋ": "ng", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ħ": "h",
    }
)  # fmt: skip
_KEPT = "çţğ"
_WITH_H = tuple("kgtdpbcsz")  # before an h of its own, which makes no one letter of the two
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "γ", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ў": "w", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "ђ": "dj", "ј": "y", "љ": "l", "њ": "n", "ћ": "ch", "џ": "dzh", "қ": "k", "ғ": "gh", "ң": "ng",
    "ү": "u", "ұ": "u", "һ": "h", "ә": "a", "ө": "o", "ҳ": "kh", "ҷ": "j", "ӣ": "i", "ӯ": "u", "җ": "j", "ѓ": "gj", "ќ": "kj",
    "ѕ": "dz", "ӏ": "",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m",
    "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps",
    "ω": "o",
}  # fmt: skip
_GREEK_TWO = {
    "ου": "u", "αυ": "av", "ευ": "ev", "μπ": "b", "ντ": "d", "γκ": "g", "γγ": "ng", "τζ": "j", "τσ": "ts", "αι": "e", "ει": "i",
    "οι": "i",
}  # fmt: skip
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h",
    "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "dh", "ط": "t",
    "ظ": "dh",
    "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ہ": "h",
    "ھ": "h", "ة": "a", "ۀ": "a", "ۃ": "a", "و": "w", "ؤ": "w", "ي": "y", "ی": "y", "ى": "a", "ئ": "y", "ے": "e", "ء": "",
    "ں": "n", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ڤ": "v", "ۆ": "o", "ێ": "e", "ڵ": "l", "ڕ": "r", "ە": "e", "ې": "e", "ښ": "sh",
    "ځ": "dz", "څ": "ts", "ړ": "r", "ډ": "d", "ټ": "t", "ڼ": "n", "ګ": "g", "ۍ": "i", "ڭ": "ng",
}  # fmt: skip
_ARABIC_SHORT = {"َ": "a", "ِ": "i", "ُ": "u", "ً": "", "ٍ": "", "ٌ": "", "ّ": "", "ْ": "", "ٰ": "a"}
_HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "ch", "ט": "t", "י": "y", "כ": "k", "ך": "k",
    "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "", "פ": "p", "ף": "f", "צ": "ts", "ץ": "ts", "ק": "k",
    "ר": "r", "ש": "sh", "ת": "t", "װ": "v", "ױ": "oy", "ײ": "ey",
}  # fmt: skip
# The scripts of India lie alike in their blocks: the place within the block says the letter.
_INDIC_BLOCKS = (0x0900, 0x0980, 0x0A00, 0x0A80, 0x0B00, 0x0B80, 0x0C00, 0x0C80, 0x0D00)
_TAMIL, _BENGALI, _GURMUKHI = 0x0B80, 0x0980, 0x0A00
_INDIC_CONSONANTS = _each("k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h")  # from 0x15
_INDIC_VOWELS = {
    0x05: "a", 0x06: "a", 0x07: "i", 0x08: "i", 0x09: "u", 0x0A: "u", 0x0B: "ri", 0x0D: "e", 0x0E: "e", 0x0F: "e", 0x10: "ai",
    0x11: "o", 0x12: "o", 0x13: "o", 0x14: "au",
}  # fmt: skip
_INDIC_SIGNS = {
    0x3E: "a", 0x3F: "i", 0x40: "i", 0x41: "u", 0x42: "u", 0x43: "ri", 0x45: "e", 0x46: "e", 0x47: "e", 0x48: "ai", 0x49: "o",
    0x4A: "o", 0x4B: "o", 0x4C: "au", 0x57: "au",
}  # fmt: skip
_VIRAMA, _NUKTA, _NASAL = 0x4D, 0x3C, (0x01, 0x02, 0x70)
_THAI = {
    **dict(zip(
        "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
        _each("k kh kh kh kh kh ng ch ch ch s ch y d t th th th n d t th th th n b p ph f ph f ph m y r l w s s s h l - h"),
        strict=True,
    )),
    "ะ": "a", "ั": "a", "า": "a", "ำ": "am", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u", "เ": "e", "แ": "ae",
    "โ": "o", "ใ": "ai", "ไ": "ai", "ฤ": "rue", "ๅ": "a", "ฦ": "lue",
}  # fmt: skip
_HANGUL_FIRST = _each("g kk n d tt r m b pp s ss - j jj ch k t p h")
_HANGUL_VOWEL = _each("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_HANGUL_LAST = _each("- k k k n n n t l k m l l l p l m p p t t ng t t k t p h")
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


def script_of(word: str) -> str:
    """The script of a word's first letter, as Unicode names it: LATIN, CYRILLIC, CJK, HANGUL."""
    first = next((character for character in word if character.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0] if first else ""


@lru_cache(maxsize=65_536)
def in_latin(word: str) -> Word:
    """A word, NFC and casefolded, in Latin letters."""
    script = script_of(word)
    if script == "LATIN":
        return Word(_latin(word), script)
    if script in _READ:
        return Word(_READ[script](word), script, is_bare=script in ("ARABIC", "HEBREW", "THAI"))
    if script == "CJK":
        parts = tuple(_latin(anyascii(sign).casefold()) for sign in word if sign.isalpha())
        return Word("".join(parts), script, parts=parts, signs=word)
    if script == "HANGUL":
        parts = tuple(_syllable(sign) for sign in word if "\uac00" <= sign <= "\ud7a3")
        return Word("".join(parts), script, parts=parts, signs=word)
    return Word(_latin(anyascii(word).casefold()), script)


def _latin(word: str) -> str:
    plain = []
    for letter in unicodedata.normalize("NFC", word).translate(_MARKED):
        if letter in _KEPT:
            plain.append(letter)
            continue
        bare = unicodedata.normalize("NFKD", letter)[:1] if letter.isalpha() else ""
        plain.append(bare if bare.isascii() else "")
    return "".join(plain)


def _cyrillic(word: str) -> str:
    return "".join(_CYRILLIC.get(letter, "") for letter in unicodedata.normalize("NFC", word))


def _greek(word: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    said, place = [], 0
    while place < len(bare):
        two = bare[place : place + 2]
        if two in _GREEK_TWO:
            said.append(_GREEK_TWO[two])
            place += 2
        else:
            said.append(_GREEK.get(bare[place], ""))
            place += 1
    return "".join(said)


def _arabic(word: str) -> str:
    said: list[str] = []
    letters = [letter for letter in word if letter in _ARABIC or letter in _ARABIC_SHORT]
    for place, letter in enumerate(letters):
        sound = _ARABIC_SHORT[letter] if letter in _ARABIC_SHORT else _ARABIC[letter]
        if place and sound in ("w", "y"):
            follows = _ARABIC.get(letters[place + 1], "") if place + 1 < len(letters) else ""
            before = said[-1][-1:] if said[-1] else ""
            is_vowel = follows[:1] not in tuple("aiuoe") and before not in tuple("aiuoe")
            sound = {"w": "u", "y": "i"}[sound] if is_vowel else sound
        said.append(sound)
    return _spelled(said)


def _spelled(said: list[str]) -> str:
    """The sounds in a row; an h that is a letter of its own stands apart from the one before."""
    apart = [
        "'" + sound if place and sound[:1] == "h" and said[place - 1].endswith(_WITH_H) else sound
        for place, sound in enumerate(said)
    ]
    return "".join(apart)


def _hebrew(word: str) -> str:
    letters = [letter for letter in word if letter in _HEBREW]
    said: list[str] = []
    for place, letter in enumerate(letters):
        sound = _HEBREW[letter]
        if letter == "ו":
            sound = "v" if place == 0 else "o"
        elif letter == "י" and place:
            sound = "i"
        elif letter == "ה" and place == len(letters) - 1:
            sound = "a"
        said.append(sound)
    return _spelled(said)


def _indic(word: str) -> str:
    said: list[str] = []
    base = next(block for block in reversed(_INDIC_BLOCKS) if block <= ord(word[0]))
    letters = [ord(letter) - base for letter in unicodedata.normalize("NFD", word)]
    for place, letter in enumerate(letters):
        follows = letters[place + 1] if place + 1 < len(letters) else -1
        if 0x15 <= letter <= 0x39:
            said.append(_INDIC_CONSONANTS[letter - 0x15])
            has_own = follows in _INDIC_SIGNS or follows in (_VIRAMA, _NUKTA, -1)
            if not has_own:
                said.append("a")
        elif letter == 0x4E and base == _BENGALI:
            said.append("t")
        elif letter == 0x5C:
            said.append("r")
        elif letter == 0x5F:
            said.append("y")
        elif letter in _NASAL:
            said.append("n")
        elif letter in _INDIC_VOWELS or letter in _INDIC_SIGNS:
            said.append(_INDIC_VOWELS.get(letter) or _INDIC_SIGNS[letter])
    return "".join(said)


def _thai(word: str) -> str:
    letters: list[str] = []
    for letter in word:
        if letter == _SILENCED:
            while letters and letters[-1] in "ิุ":
                letters.pop()
            if letters:
                letters.pop()
        else:
            letters.append(letter)
    said, hold = [], ""
    for letter in letters:
        sound = _THAI.get(letter, "")
        if letter in "เแโใไ":
            hold = sound
        else:
            said.append(sound.strip("-") + (hold if sound else ""))
            hold = "" if sound else hold
    return "".join(said)


def _syllable(sign: str) -> str:
    number = ord(sign) - 0xAC00
    first, vowel, last = number // 588, number % 588 // 28, number % 28
    return (_HANGUL_FIRST[first] + _HANGUL_VOWEL[vowel] + _HANGUL_LAST[last]).replace("-", "")


_READ = {
    "CYRILLIC": _cyrillic, "GREEK": _greek, "ARABIC": _arabic, "HEBREW": _hebrew, "THAI": _thai, "DEVANAGARI": _indic,
    "BENGALI": _indic, "GURMUKHI": _indic, "GUJARATI": _indic, "ORIYA": _indic, "TAMIL": _indic, "TELUGU": _indic,
    "KANNADA": _indic, "MALAYALAM": _indic,
}  # fmt: skip

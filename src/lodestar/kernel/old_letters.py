"""Which of the encodings from before UTF-8 a text is in, by which letters make sense together. Pure.

Each byte of such a text is a letter in every one of them, so that only the words can tell: Jiří is Jiøí in another, and no
language has both ø and í. A word is weighed by the language that it fits best: its letters by how common they are there, a letter
that the language does not have counts heavily against it, and so does what cannot stand where it stands: a mark amid the
letters of a word, letters of two scripts in one word, a capital after a small letter. Which letters a language has, and which of
them are common, is general knowledge of its spelling; the order within a row is rough on purpose.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

# The letters beyond a to z of each language, the commonest first.
_LATIN_1 = (
    "éèàêçôîùâûëïœ", "óíáéñúü", "ãçáéóíêõâúàô", "üäößé", "èàùòìé", "øåæéö", "äöåé", "ëç", "áíéóúýæöðþ", "ëéïöèü", "áíóéú",
)  # fmt: skip
_EASTERN = (
    "áíéěčýřžšůúťďňó", "áíéčšžýúťľôäďňóĺŕ", "łóążęśćńź", "áéóöőíüúű", "ăâîşţ", "ćčšžđ", "ëç", "üäöß",
)  # fmt: skip
_RUSSIAN = "оеаинтслрвкмдпуяыьгзбчйхжшющэцфъё"
_CYRILLIC = (_RUSSIAN, "оаиніевртслукдмпзяьбгйчхцїжєшюґщф’", "аиоентрсвлкдпмузъгчбцйщжшюхяф", "аиоенрстујкведлмпзгбцчшжхњљћђџф")
_GREEK = ("αοιετσνηυρπκμλωςγδίάόέήώύθχφβξζψϊϋ",)
_HEBREW = ("יוהלאמרתבשנםדחעקפכטגצסזןץךף",)
_ARABIC = ("ايلمنروتبةدعسفحقكجأهشصطخضىذثزءظغئإآؤ", "اینردهمتبوشسکلزفگخقعحجپصغطضچثظذژئآء")
_THAI = ("านรกอเมสยลตวดทปี่ิ้คหงบัชพ์ะจใขไุ็ูศโณแธษผซึื",)
_TURKISH = ("ıüşğçöâîû", "üäöß")
_BALTIC = ("ėšžųūįąęč", "āīšēņļžūģčķ", "äõüö", "łóążęśćńź")
# Of each encoding: what it is called, the languages that are written in it, and how seldom a file is in it (0 is often).
_OLD: Mapping[str, tuple[str, tuple[str, ...], float]] = {
    "cp1252": ("Windows-1252", _LATIN_1, 0),
    "cp1250": ("Windows-1250", _EASTERN, 0.5),
    "cp1254": ("Windows-1254", _TURKISH, 1),
    "cp1251": ("Windows-1251", _CYRILLIC, 1),
    "cp1253": ("Windows-1253", _GREEK, 1.5),
    "cp1255": ("Windows-1255", _HEBREW, 1.5),
    "cp1256": ("Windows-1256", _ARABIC, 1.5),
    "cp1257": ("Windows-1257", _BALTIC, 2),
    "cp874": ("Windows-874", _THAI, 1.5),
    "mac_roman": ("Mac Roman", _LATIN_1, 2.5),
    "cp850": ("code page 850", _LATIN_1, 2.5),
    "cp852": ("code page 852", _EASTERN, 3),
    "iso8859_2": ("ISO 8859-2", _EASTERN, 1.5),
    "koi8_r": ("KOI8-R", (_RUSSIAN,), 2.5),
    "cp866": ("code page 866", _CYRILLIC[:2], 2.5),
    "gb18030": ("GB 18030", (), 2),
    "big5": ("Big5", (), 2),
    "cp932": ("Shift JIS", (), 2.5),
    "cp949": ("Korean (code page 949)", (), 2),
}
OLD_ENCODINGS = {name: told[0] for name, told in _OLD.items()}
_WIDE = frozenset(("gb18030", "big5", "cp932", "cp949"))
_STRANGE = -8.0  # the logarithm of how seldom a word has a letter that its language does not
_AMISS = -6.0  # and of how seldom something stands where it cannot
_DOUBT = 3.0  # how much better the best has to be than another that reads otherwise, to be taken without doubt
_MOST_WORDS = 2_000
_SHOWN = 3  # words
_WORDS = re.compile(
    r"(?<![^\x00-\x40\x5b-\x60\x7b-\x7f])[A-Za-z]*+[^\x00-\x7f][^\x00-\x40\x5b-\x60\x7b-\x7f]*"  # from its beginning: once a word
)
_BEFORE_LETTERS, _AFTER_LETTERS = frozenset("’‘“„«»–—…•·¡¿©"), frozenset("’”»«–—…·®™°")
_MARKS = {**dict.fromkeys("’–‘“”£", -3.0), **dict.fromkeys("\xa0€—…°½²«»„•·¿¡´", -5.0)}
_KOREAN = "김이박최정강조윤장임한오서신권황안송류전홍"
_SURNAMES = frozenset(
    _KOREAN + "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡林郭何高罗羅郑鄭梁谢謝宋唐许許邓鄧" + "田山佐鈴伊渡中小"
)
_SYLLABLES = frozenset(_KOREAN + "민수지영희현우진성은주연경미혜준호승재동하아유나선옥숙자순철광상원규태형석훈")
# What a language does not write though it has the letters: a vowel of its own beside another, ã and õ within a word, ê before
# what Polish alone writes, y and w in a Romanian word.
_UNLIKELY = re.compile(
    r"(?<=[aeiouy])[øæåèàùò]|[øæåèàò](?=[aeiouy])|ã(?!o|e|s?$)|õ(?!e)|ê(?=cz|b|k)|^[ýð]|[yw]\w{0,30}[ţă]|[ţă]\w{0,30}[yw]|"
    r"(?<=[aeiouy])[þð](?=[^aeiouy]|$)"
)
_UNLIKELY_EACH = -3.0


@dataclass(frozen=True)
class Guess:
    """The encoding that fits best; `other` is another that fits hardly less, empty where none does; `words` some of the words by
    which whoever knows them can tell."""

    name: str
    other: str
    words: tuple[str, ...]


def guess_of(data: bytes) -> Guess:
    """The encoding of a text that is no UTF-8."""
    found: dict[str, tuple[float, Counter[str]]] = {}
    for name, (_, _, seldom) in _OLD.items():
        text = _decoded(data, name)
        if text is not None:
            words = Counter(match[0] for match in _WORDS.finditer(text))
            found[name] = (_AMISS * _amiss(text) + _fits(name, words) - seldom, words)
    best = max(found, key=lambda name: found[name][0])  # of two that are no different the first
    top, words = found[best]
    others = (name for name, (score, read) in found.items() if read != words and top - score < _DOUBT)
    return Guess(best, next(others, ""), tuple(word for word in words if _is_letter(word[0]))[:_SHOWN])


def _decoded(data: bytes, name: str) -> str | None:
    """The text; None where an encoding of several bytes a letter does not fit at all."""
    if name not in _WIDE:
        return data.decode(name, "replace")
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        return data[: error.start].decode(name) if error.start > len(data) - 4 and error.start > 4 else None


def _fits(name: str, words: Counter[str]) -> float:
    """How well the words fit the languages of the encoding: the logarithm of a chance, without scale."""
    return sum(_of_word(name, word) * min(often, 20) for word, often in words.most_common(_MOST_WORDS))


def _of_word(name: str, word: str) -> float:
    foreign = [letter for letter in word if letter > "\x7f"]
    letters = [letter for letter in foreign if _is_letter(letter)]
    marks = sum(_MARKS.get(letter, _STRANGE) for letter in foreign if not _is_letter(letter))
    if not letters:
        return marks
    if name in _WIDE:
        return marks + _wide(word, letters, name)
    # An A to Z amid the letters of another script is no word of either.
    mixed = _AMISS * 2 if word[0].isascii() != letters[0].isascii() and not _is_latin(letters) else 0
    mixed += _AMISS if any(letter.isascii() for letter in word) and not _is_latin(letters) else 0
    if _is_latin(letters):
        mixed += _UNLIKELY_EACH * len(_UNLIKELY.findall(word.lower()))
        mixed -= 2 * max(0, len(letters) * 2 - len(word))  # a word of such letters alone is of another script
    return marks + mixed + max(sum(chances.get(letter.lower(), _STRANGE) for letter in letters) for chances in _chances(name))


def _wide(word: str, letters: list[str], name: str) -> float:
    """How well a word of Chinese, Japanese or Korean fits."""
    mixed = 2 * _AMISS if any(letter.isascii() for letter in word) else 0
    begins = 2.0 if letters[0] in _SURNAMES else 0
    return mixed + begins + sum(_of_letter(letter, name) for letter in letters)


def _of_letter(letter: str, name: str) -> float:
    if "\uac00" <= letter <= "\ud7a3":
        return -5.5 if letter in _SYLLABLES else -9
    if "\u3041" <= letter <= "\u30fe":
        return -4.5 if name == "cp932" else -9
    if "\u4e00" <= letter <= "\u9fff":
        first = letter.encode(name, "replace")[0]
        common = {"gb18030": 0xB0 <= first <= 0xD7, "big5": 0xA4 <= first <= 0xC6, "cp932": 0x88 <= first <= 0x98}
        return -8 if common.get(name) else -13
    return -14


@lru_cache(maxsize=32)
def _chances(name: str) -> tuple[dict[str, float], ...]:
    """Of each language of an encoding its letters, each with the logarithm of how often it is the one."""
    found = []
    for letters in _OLD[name][1]:
        whole = sum(1 / (place + 2) for place in range(len(letters)))
        found.append({letter: math.log(1 / (place + 2) / whole) - (1 if len(letters) > 20 else 0)
                      for place, letter in enumerate(letters)})  # fmt: skip
    return tuple(found)


def _is_letter(letter: str) -> bool:
    return letter.isalpha() or unicodedata.category(letter)[0] == "M"


def _is_latin(letters: list[str]) -> bool:
    return all(letter < "\u0250" for letter in letters)


def _amiss(text: str) -> int:
    """How many letters and marks stand where none does: a mark within a word, a capital after a small letter."""
    return sum(_is_amiss(*around) for around in _around(text))


def _around(text: str) -> Iterator[tuple[str, str, str]]:
    for match in re.finditer(r"[^\x00-\x7f]", text):
        yield text[match.start() - 1 : match.start()], match[0], text[match.end() : match.end() + 1]


def _is_amiss(before: str, here: str, after: str) -> int:
    if here == "\ufffd" or here < "\xa0":
        return 2
    if _is_letter(here) and here not in "ªº":
        if before.isdigit() or after.isdigit() or here in "Ωπµ":
            return 1
        return here.isupper() and (before.islower() or (before.isalpha() and after.islower()))
    if before.isalpha() and after.isalpha():
        return here not in "’‘–—"
    if before.isalpha() or after.isalpha():
        return here not in (_AFTER_LETTERS if before.isalpha() else _BEFORE_LETTERS)
    return 0

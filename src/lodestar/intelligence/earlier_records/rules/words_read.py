"""Which signs of the list the words of an earlier record may show, each with the very words it rests on. No count, no score.

Stricter than the finding of a sign by hand (`finding.py`): there an officer picks, here a colleague is asked a question. What a
record says is not so (*no sign of fear*, *was not locked in*) shows nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lodestar.casework.concerns.rules import Sign, common_words, is_synonym, signs_on, stem
from lodestar.intelligence.earlier_records.rules.earlier import PossibleSign
from lodestar.platform.text.reference_lists import reference_list, rows_on

BY_WORDS = "words"
LONGEST_QUOTE = 300  # characters
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDS = re.compile(r"[.;!?\n\r]+(?:\s|$)")  # of a sentence; a full stop within a number or an abbreviation ends none
_NOT = frozenset(
    {"no", "not", "never", "cannot", "cant", "without", "nothing", "nobody", "none", "denies", "denied", "neither", "nor"}
)
_BUT = frozenset({"and", "but", "although", "though", "however", "until", "because", "then"})  # these begin a new thing
_APART = (",", ":", "(", "-", "–", "—")
_BEFORE = 7  # words before a phrase among which a *not* takes it back
_BETWEEN = 2  # words that tell which may stand between two of a phrase
_Said = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class _Word:
    """One word of a text: its stem, itself in small letters, and where it stands."""

    stem: str
    plain: str
    start: int
    end: int
    is_apart: bool  # a comma or the like stands before it

    @property
    def says_not(self) -> bool:
        return self.plain in _NOT or self.plain.endswith(("n't", "n’t"))


@dataclass(frozen=True)
class _Phrase:
    """How a sign is said. `is_exact`: word for word; else the words that tell, in their order. `says_not`: a *not* is part."""

    code: str
    stems: tuple[str, ...]
    is_exact: bool
    says_not: bool


def signs_in(words: str, day: date) -> list[PossibleSign]:
    """The signs of the list of a day that the words may show, in the order of the list, each once with the words it rests on."""
    if not words.strip():
        return []
    signs = signs_on(day)
    by_stem = _by_stem(signs, _record_wordings(day))
    quotes: dict[str, str] = {}
    for sentence in _sentences(words):
        for phrase in _candidates(by_stem, sentence):
            if phrase.code not in quotes and _holds(phrase, sentence):
                quotes[phrase.code] = _quote(words, sentence)
    if not set(quotes) - never_alone():
        return []
    return [PossibleSign(sign.code, sign.sentence, quotes[sign.code], BY_WORDS) for sign in signs if sign.code in quotes]


def find_quote(words: str, phrases: Sequence[str]) -> str:
    """The words of the text that say one of these phrases, word for word; empty where none does."""
    wanted = [_exact("", phrase) for phrase in phrases]
    for sentence in _sentences(words):
        if any(_holds(phrase, sentence) for phrase in wanted):
            return _quote(words, sentence)
    return ""


def _sentences(text: str) -> Iterator[tuple[_Word, ...]]:
    start = 0
    for end in [*(match.end() for match in _ENDS.finditer(text)), len(text)]:
        words = tuple(_words(text, start, end))
        if words:
            yield words
        start = end


def _words(text: str, start: int, end: int) -> Iterator[_Word]:
    before = start
    for match in _TOKEN.finditer(text, start, end):
        plain = match[0].casefold()
        is_apart = text[before : match.start()].rstrip().endswith(_APART)
        yield _Word(stem(_bare(plain)), plain, match.start(), match.end(), is_apart)
        before = match.end()


def _bare(word: str) -> str:
    return word.replace("’", "").replace("'", "")


def _quote(text: str, sentence: tuple[_Word, ...]) -> str:
    """The sentence as it stands in the record."""
    quoted = " ".join(text[sentence[0].start : sentence[-1].end].split())
    return quoted if len(quoted) <= LONGEST_QUOTE else f"{quoted[: LONGEST_QUOTE - 1]}…"


# --- phrases -------------------------------------------------------------------------------------------------------------


def _candidates(by_stem: Mapping[str, Sequence[_Phrase]], sentence: tuple[_Word, ...]) -> Iterator[_Phrase]:
    """The phrases whose rarest word, or a word like it, stands in the sentence; the others cannot hold."""
    seen = set()
    for word in sentence:
        for phrase in by_stem.get(word.stem, ()):
            if phrase not in seen:
                seen.add(phrase)
                yield phrase


def _record_wordings(day: date) -> _Said:
    """How records say a sign, by the list of a day: its code, with each way to say it."""
    return tuple((row["code"], tuple(row["words"])) for row in rows_on("earlier_records", "record_words", day))


@lru_cache(maxsize=1)  # lists change seldom
def _by_stem(signs: tuple[Sign, ...], wordings: _Said) -> Mapping[str, Sequence[_Phrase]]:
    """The phrases by each stem that one of their words may be."""
    left_out = set(reference_list("earlier_records", "record_words").header["left_out"])
    phrases = [_exact(code, words) for code, ways in wordings for words in ways]
    phrases += [
        phrase
        for sign in signs
        for words in sign.phrases
        if words not in left_out and len((phrase := _of_the_list(sign.code, words)).stems) > 1
    ]
    index: dict[str, list[_Phrase]] = {}
    for phrase in phrases:
        for lookup_stem in _lookup_stems(phrase):
            index.setdefault(lookup_stem, []).append(phrase)
    return index


def _lookup_stems(phrase: _Phrase) -> frozenset[str]:
    """The stems by which a phrase is looked up: of an exact one its longest word, of another each of its words."""
    return frozenset({max(phrase.stems, key=len)} if phrase.is_exact else phrase.stems)


def _exact(code: str, words: str) -> _Phrase:
    plain = [_bare(match[0].casefold()) for match in _TOKEN.finditer(words)]
    return _Phrase(code, tuple(stem(word) for word in plain), True, plain[0] in _NOT)


def _of_the_list(code: str, words: str) -> _Phrase:
    plain = [_bare(match[0].casefold()) for match in _TOKEN.finditer(words)]
    telling = tuple(stem(word) for word in plain if word not in common_words() and word not in _NOT)
    return _Phrase(code, telling, False, bool(set(plain) & _NOT))


# --- whether a phrase holds ----------------------------------------------------------------------------------------------


def _holds(phrase: _Phrase, sentence: tuple[_Word, ...]) -> bool:
    for first in range(len(sentence)):
        last = _exactly(phrase, sentence, first) if phrase.is_exact else _loosely(phrase, sentence, first)
        if last is not None and _is_so(phrase, sentence, first, last):
            return True
    return False


def _exactly(phrase: _Phrase, sentence: tuple[_Word, ...], first: int) -> int | None:
    """Where the phrase ends that begins here word for word; None where none does."""
    last = first + len(phrase.stems)
    return last if tuple(word.stem for word in sentence[first:last]) == phrase.stems else None


def _loosely(phrase: _Phrase, sentence: tuple[_Word, ...], first: int) -> int | None:
    """Where the words that tell of the phrase end, which begin here, in their order and near one another; at least every second
    of them the word itself and no synonym."""
    same = 0
    at = first
    for number, wanted_stem in enumerate(phrase.stems):
        skipped = 0
        while True:
            if at >= len(sentence):
                return None
            word = sentence[at]
            at += 1
            if word.stem == wanted_stem or is_synonym(word.stem, wanted_stem):
                same += word.stem == wanted_stem
                break
            if number == 0:
                return None
            if word.plain not in common_words() and not word.says_not:
                skipped += 1
            if skipped > _BETWEEN or word.plain in _BUT:
                return None
    return at if same * 2 >= len(phrase.stems) else None


def _is_so(phrase: _Phrase, sentence: tuple[_Word, ...], first: int, last: int) -> bool:
    """Whether the record says it, and not its opposite."""
    before = list(sentence[max(0, first - _BEFORE) : first])
    from_here = max((at for at, word in enumerate(before) if word.plain in _BUT or word.is_apart), default=0)
    is_negated = not sentence[first].is_apart and any(word.says_not for word in before[from_here:])
    within = any(word.says_not for word in sentence[first:last])
    if phrase.is_exact:
        return phrase.says_not or not is_negated
    return (is_negated or within) if phrase.says_not else not (is_negated or within)


@lru_cache(maxsize=1)
def never_alone() -> frozenset[str]:
    """The signs that no record shows by itself."""
    return frozenset(reference_list("earlier_records", "record_words").header["never_alone"])

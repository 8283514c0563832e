"""Which signs the words and the plain facts of earlier records may show, each with what it rests on. No count, no score.

Stricter than the finding of a sign by hand (`finding.py`): there an officer picks, here a colleague is asked a question. What a
record says is not so (*no sign of fear*, *was not locked in*) shows nothing.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from lodestar.casework.concerns.rules import Sign, common_words, is_synonym, signs_on, stem
from lodestar.intelligence.earlier_records.rules.earlier import KINDS, EarlierFacts, PossibleSign
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


# --- plain facts: of one record by itself, of several of one person, of several at one address ------------------------------
# Each is a row of `record_patterns.toml`, dated and with its authority, and rests on facts that it names. None is worth more
# than another, and none rests on where somebody comes from or what they speak.

Row = Mapping[str, Any]
Found = list[tuple[str, PossibleSign]]  # of which record, by its id
MOST_NAMED = 5


def patterns_of(records: Sequence[EarlierFacts], otherwise_on: date) -> Found:
    """What the records of one person show, each by itself and taken together. `otherwise_on` is the day whose list is used for a
    record without one."""
    signs: Found = []
    for record in records:
        for row in rows_on("earlier_records", "record_patterns", record.happened_on or otherwise_on):
            reads = _ALONE.get(row["code"])
            if reads is not None and record.kind in row["kinds"] and (why := reads(row, record)):
                signs.append((record.id, _possible_sign(row, why)))
    by_day = sorted(
        ((earlier.happened_on, earlier.id, earlier) for earlier in records if earlier.happened_on), key=itemgetter(0, 1)
    )
    dated = [record for _, _, record in by_day]
    for day, _, record in by_day:
        for row in rows_on("earlier_records", "record_patterns", day):
            together = _TOGETHER.get(row["code"])
            if together is not None and record.kind in row["kinds"] and (why := together(row, record, dated)):
                signs.append((record.id, _possible_sign(row, why)))
    return signs


def several_at(records: Sequence[tuple[str, EarlierFacts]]) -> Found:
    """What records of one address show, each with whose it is: several people found there within some weeks."""
    signs: Found = []
    for _, record in records:
        if record.happened_on is None:
            continue
        for row in rows_on("earlier_records", "record_patterns", record.happened_on):
            if row["code"] != "several_at_one_address" or record.kind not in row["kinds"]:
                continue
            near = timedelta(days=row["days"])
            there = {
                who for who, other in records
                if other.kind in row["kinds"] and other.happened_on and abs(other.happened_on - record.happened_on) <= near
            }  # fmt: skip
            if len(there) >= row["people"]:
                why = f"{len(there)} people are in the records of this address within {row['days']} days"
                signs.append((record.id, _possible_sign(row, why)))
    return signs


def _possible_sign(row: Row, why: str) -> PossibleSign:
    return PossibleSign(row["sign"], row["sentence"], why, row["code"])


# --- one record by itself ------------------------------------------------------------------------------------------------


def _child_held_for_drugs(row: Row, record: EarlierFacts) -> str:
    offence = record.offence.casefold()
    holds = any(word in offence for word in row["offences"]) and any(word in offence for word in row["drugs"])
    return f"Held or stopped for “{record.offence}”, {_age(record)}" if holds and record.is_child else ""


def _child_with_adults_phone(row: Row, record: EarlierFacts) -> str:
    return find_quote(record.words, row["phrases"]) if record.is_child else ""


def _held_where_plants_grow(row: Row, record: EarlierFacts) -> str:
    offence = record.offence.casefold()
    return f"Held or found for “{record.offence}”" if any(word in offence for word in row["offences"]) else ""


def _age(record: EarlierFacts) -> str:
    low, high = record.age_min, record.age_max
    return f"aged {low}" if low == high else f"aged {low} to {high}"


# --- several of one person -----------------------------------------------------------------------------------------------


def _missing_again(row: Row, record: EarlierFacts, dated: Sequence[EarlierFacts]) -> str:
    """The record that makes the number full, and each after it. One reference, or one day, counts once."""
    times = _apart(earlier for earlier in _until(record, dated, row["days"]) if earlier.kind in row["kinds"])
    return f"Reported missing: {_list_records(times)}" if len(times) >= row["times"] else ""


def _missing_and_held(row: Row, record: EarlierFacts, dated: Sequence[EarlierFacts]) -> str:
    near = [earlier for earlier in _until(record, dated, row["days"]) if earlier.kind in row["kinds"]]
    others = [earlier for earlier in near if (earlier.kind == "missing") != (record.kind == "missing")]
    if not record.is_child or not others:
        return ""
    last = others[-1]
    return f"{KINDS[last.kind]} {last.name}, and {KINDS[record.kind].lower()} {record.name}"


def _until(record: EarlierFacts, dated: Sequence[EarlierFacts], days: int) -> list[EarlierFacts]:
    """The records up to this one that lie not more than so many days before it."""
    last = record.happened_on or date.min
    first = last - timedelta(days=days)
    return [earlier for earlier in dated if earlier.happened_on and first <= earlier.happened_on <= last]


def _apart(records: Iterator[EarlierFacts]) -> list[EarlierFacts]:
    return list({earlier.reference or str(earlier.happened_on): earlier for earlier in records}.values())


def _list_records(records: Sequence[EarlierFacts]) -> str:
    names = [earlier.name for earlier in records[-MOST_NAMED:]]
    before = len(records) - len(names)
    return "; ".join(names) + (f"; and {before} before" if before else "")


_ALONE: Mapping[str, Callable[[Row, EarlierFacts], str]] = {
    "child_held_for_drugs": _child_held_for_drugs,
    "child_with_adults_phone": _child_with_adults_phone,
    "held_where_plants_grow": _held_where_plants_grow,
}
_TOGETHER: Mapping[str, Callable[[Row, EarlierFacts, Sequence[EarlierFacts]], str]] = {
    "missing_again": _missing_again,
    "missing_and_held": _missing_and_held,
}


OPEN, NO, YES = "open", "no", "yes"


def sign_key(code: str, rule: str) -> str:
    """What tells one sign from another: its own code where words show it, else the row of facts that does."""
    return code if rule == BY_WORDS else rule


def is_to_be_asked(state: str, answered_on: Collection[str], signs: Collection[str]) -> bool:
    """Whether a question that was answered is put again: after a no, and only for a sign that it was not said on. How many
    there are, or one that is seen again, puts none."""
    return state == NO and bool(set(signs) - set(answered_on))

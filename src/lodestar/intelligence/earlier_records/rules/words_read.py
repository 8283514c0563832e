"""Which signs the words and the plain facts of earlier records may show, each with what it rests on. No count, no score.

Words are looked for word for word by a dated list. Whether a record means them (*no sign of fear*) is for whoever is asked: they
read the sentence.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from lodestar.casework.concerns.rules import signs_on
from lodestar.intelligence.earlier_records.rules.earlier import KINDS, EarlierFacts, PossibleSign
from lodestar.platform.text.reference_lists import reference_list, rows_on

BY_WORDS = "words"
LONGEST_QUOTE = 300  # characters
_ENDS = re.compile(r"[.;!?\n\r]+(?:\s|$)")  # of a sentence; a full stop within a number or an abbreviation ends none


def signs_in(words: str, day: date) -> list[PossibleSign]:
    """The signs of the list of a day that the words may show, in the order of the list, each once with the words it rests on."""
    header = reference_list("earlier_records", "record_words").header
    phrases = {row["code"]: row["words"] for row in rows_on("earlier_records", "record_words", day)}
    signs = []
    for sign in signs_on(day):
        listed = [phrase for phrase in sign.phrases if " " in phrase and phrase not in header["left_out"]]
        if quote := find_quote(words, [*phrases.get(sign.code, ()), *listed]):
            signs.append(PossibleSign(sign.code, sign.sentence, quote, BY_WORDS))
    return signs if {sign.code for sign in signs} - set(header["never_alone"]) else []


def find_quote(words: str, phrases: Iterable[str]) -> str:
    """The sentence of the text that says one of these phrases, word for word; empty where none does."""
    match = _pattern(tuple(phrases)).search(words.replace("’", "'"))
    if match is None:
        return ""
    begins = max((end.end() for end in _ENDS.finditer(words, 0, match.start())), default=0)
    ending = _ENDS.search(words, match.end())
    quoted = " ".join(words[begins : ending.start() if ending else None].split())
    return quoted if len(quoted) <= LONGEST_QUOTE else f"{quoted[: LONGEST_QUOTE - 1]}…"


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(r"\s+".join(map(re.escape, phrase.replace("’", "'").split())) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{alternatives or '(?!)'})(?!\w)", re.IGNORECASE)


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
    dated = sorted((record for record in records if record.happened_on), key=attrgetter("happened_on", "id"))
    for record in records:
        for row in rows_on("earlier_records", "record_patterns", record.happened_on or otherwise_on):
            together = _TOGETHER.get(row["code"])
            why = ""
            if together is not None and record.happened_on:
                why = together(row, record, dated)
            elif row["code"] in _ALONE:
                why = _shows_by_itself(row, record)
            if why and record.kind in row["kinds"]:
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


def _shows_by_itself(row: Row, record: EarlierFacts) -> str:
    """What one record rests a row of facts on: one of its phrases, or the offence that holds a word of each of its lists."""
    if row.get("of_children") and not record.is_child:
        return ""
    if "phrases" in row:
        return find_quote(record.words, row["phrases"])
    offence = record.offence.casefold()
    holds = all(any(word in offence for word in words) for words in row["offence_words"])
    return f"{row['held']} for “{record.offence}”{_age(record) if row.get('of_children') else ''}" if holds else ""


def _age(record: EarlierFacts) -> str:
    low, high = record.age_min, record.age_max
    return f", aged {low}" if low == high else f", aged {low} to {high}"


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


_ALONE = ("child_held_for_drugs", "child_with_adults_phone", "held_where_plants_grow")
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

"""What recognition makes owed, and the finding of a sign in an officer's own words. No score: a named person decides.

Modern Slavery Act 2015 s52(1): reasonable grounds to believe that someone may be a victim. Certainty is not needed.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from itertools import product
from math import log

from lodestar.platform.obligations.ages import ADULT, age_between
from lodestar.platform.obligations.encounter_reading import PersonReading, Rule, owed_by_rules, reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import Owed
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.text.reference_lists import reference_list, rows_on
from lodestar.platform.time.fuzzy import partial_date

Why = Sequence[str]


def decide_belief(person: PersonReading) -> Why:
    """Signs only; or a possible victim about whom no belief is recorded yet (Modern Slavery Act 2015 s52(1))."""
    if person.facts.belief == "signs_only":
        return ("Signs are recorded, and there is no decision on reasonable grounds yet.",)
    if person.facts.belief is None and "possible_victim" in person.facts.roles:
        return ("They may be a victim, and no belief is recorded.",)
    return ()


def record_reason_no_grounds(person: PersonReading) -> Why:
    """No grounds for someone whose part is possible victim; in the ledger also after any such decision (force policy)."""
    if person.facts.belief == "none" and ("possible_victim" in person.facts.roles or "no_grounds_decided" in person.events):
        return ("No reasonable grounds are recorded yet for someone who may be a victim.",)
    return ()


def golden_hour_evidence(person: PersonReading) -> Why:
    """Reasonable grounds or signs, alive or dead (College of Policing APP, police responders)."""
    if person.has_grounds_or_signs:
        return ("Evidence from the first hour may be lost later.",)
    return ()


def look_back_for_missed_signs(person: PersonReading) -> Why:
    """Any possible victim (force policy)."""
    return ("They may have been encountered before and the signs missed.",) if person.is_possible_victim else ()


RULES = (
    Rule("decide_belief", decide_belief),
    Rule("record_reason_no_grounds", record_reason_no_grounds),
    Rule("golden_hour_evidence", golden_hour_evidence),
    Rule("look_back_for_missed_signs", look_back_for_missed_signs),
)


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that recognition makes owed by these facts, person by person."""
    return owed_by_rules(reading(encounter, settings), RULES)


DISPUTED = "disputed"
UNKNOWN = "unknown"
WORDS = {"under_18": "Under 18", "may_be_under_18": "May be under 18", "adult": "Adult"}
_MEND = "Change one of them, or say under “How we know” that it is in dispute"


@dataclass(frozen=True)
class ReportedAge:
    """The answers of a form: `answer` is under_18, may_be_under_18, adult, not_known or empty; ages in completed years;
    `born` a partial date (2009, 2009-09, 2009-09-04) or empty; `basis` how it is known, or empty."""

    answer: str = ""
    low: int | None = None
    high: int | None = None
    born: str = ""
    basis: str = ""


@dataclass(frozen=True)
class AgeBounds:
    """What is recorded of a person."""

    age_min: int | None
    age_max: int | None
    birth_date: str
    age_basis: str


class Contradiction(ValueError):
    """Two answers that cannot both hold, and nobody said that the age is in dispute. `field` is the one to look at."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def bounds(answers: ReportedAge, *, day: date, doubt: int) -> AgeBounds:
    """What to record of these answers, given on `day`. Numbers stand before the quick answer. Raises Contradiction."""
    if answers.low is not None and answers.high is not None and answers.low > answers.high:
        raise Contradiction("high", f"The age to, {answers.high}, is below the age from, {answers.low}. Change one of them")
    by_date = _by_date(answers.born, day)
    if answers.basis != DISPUTED:
        _agree(answers, by_date)
    low, high = (_in_dispute if answers.basis == DISPUTED else _undisputed)(answers, by_date, doubt)
    is_guess = answers.answer == "may_be_under_18" and by_date is None
    basis = answers.basis or ("estimated" if is_guess else UNKNOWN)
    return AgeBounds(low, high, answers.born, basis)


def answers_for(recorded: AgeBounds, *, day: date, doubt: int) -> ReportedAge:
    """The answers that would record just this, with as few numbers as will do."""
    basis = "" if recorded.age_basis == UNKNOWN else recorded.age_basis
    as_it_is = ReportedAge("", recorded.age_min, recorded.age_max, recorded.birth_date, basis)
    if recorded == AgeBounds(None, None, "", recorded.age_basis):
        return as_it_is
    lows, highs = dict.fromkeys((None, recorded.age_min)), dict.fromkeys((None, recorded.age_max))
    by_date = _by_date(recorded.birth_date, day)
    # That they may be under 18 is tried first where a date of birth leaves it open.
    is_open = by_date is not None and by_date[0] < ADULT <= by_date[1]
    tried = sorted(("under_18", "adult", "may_be_under_18"), key=lambda answer: (answer == "may_be_under_18") is not is_open)
    for low, high, answer in product(lows, highs, tried):
        answers = ReportedAge(answer, low, high, recorded.birth_date, basis)
        with suppress(Contradiction):
            if bounds(answers, day=day, doubt=doubt) == recorded:
                return answers
    return as_it_is


def _by_date(born: str, day: date) -> tuple[int, int] | None:
    return age_between(partial_date(born), day, day) if born else None


def _agree(answers: ReportedAge, by_date: tuple[int, int] | None) -> None:
    """Raises Contradiction where an answer, the numbers and the date of birth cannot all hold."""
    answer, words = answers.answer, WORDS.get(answers.answer, "")
    if answers.low is not None and answers.low >= ADULT and answer in ("under_18", "may_be_under_18"):
        raise Contradiction("low", f"“{words}” and an age from {answers.low} do not go together. {_MEND}")
    if answers.high is not None and answers.high >= ADULT and answer == "under_18":
        raise Contradiction("high", f"“{words}” and an age to {answers.high} do not go together. {_MEND}")
    for field, years in (("low", answers.low), ("high", answers.high)):
        if years is not None and years < ADULT and answer == "adult":
            raise Contradiction(field, f"“{words}” and an age of {years} do not go together. {_MEND}")
    if by_date is None:
        return
    youngest, oldest = by_date
    if (youngest >= ADULT and answer in ("under_18", "may_be_under_18")) or (oldest < ADULT and answer == "adult"):
        raise Contradiction(
            "born", f"“{words}” and this date of birth, which makes them {_years(by_date)}, do not go together. {_MEND}"
        )
    if (answers.low is not None and answers.low > oldest) or (answers.high is not None and answers.high < youngest):
        raise Contradiction(
            "born", f"This date of birth makes them {_years(by_date)}, and the age in years says otherwise. {_MEND}"
        )


def _years(by_date: tuple[int, int]) -> str:
    return " or ".join(str(years) for years in dict.fromkeys(by_date))


def _undisputed(answers: ReportedAge, by_date: tuple[int, int] | None, doubt: int) -> tuple[int | None, int | None]:
    low, high = answers.low, answers.high
    if by_date is not None:
        return low, high  # the date says the rest
    if answers.answer == "under_18":
        return low, ADULT - 1 if high is None else high
    if answers.answer == "adult":
        return ADULT if low is None else low, high
    if answers.answer == "may_be_under_18" and low is None:
        if high is None:
            return None, doubt
        return (ADULT - 1 if high > doubt else None), high
    return low, high


def _in_dispute(answers: ReportedAge, by_date: tuple[int, int] | None, doubt: int) -> tuple[int | None, int | None]:
    """Both sides of the dispute stay open: the nearest age under 18, or over it, stands for what only the answer says."""
    low, high = answers.low, answers.high
    known_low = [years for years in (low, by_date and by_date[0]) if years is not None]
    known_high = [years for years in (high, by_date and by_date[1]) if years is not None]
    if answers.answer in ("under_18", "may_be_under_18"):
        if known_low and min(known_low) >= ADULT:
            return ADULT - 1, max(years for years in (low, high, ADULT - 1) if years is not None)
        return low, (ADULT - 1 if answers.answer == "under_18" and high is None and by_date is None else high)
    if answers.answer == "adult":
        if known_high and max(known_high) < ADULT:
            return low, ADULT
        return (ADULT if low is None and by_date is None else low), high
    return low, high


_WORD = re.compile(r"[a-z0-9]+")
_ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s")
_DOUBLED = re.compile(r"([a-z])\1$")  # stop and stopped, call and calls: one letter at the end of a stem
_SHORTEST = 4  # letters: shorter words are too like others to be taken for a misspelling of one
_ALIKE = 0.8  # from here two spellings are taken for one word; what one counts against the word itself, as a synonym does
LONGEST = 200  # letters of what is looked for
_NEAR = 0.15  # a sign is found when one of its texts is more like the words than this


@dataclass(frozen=True)
class Sign:
    """One sign of the list. `about` is person or scene; `types` are those of exploitation it may point to."""

    code: str
    sentence: str
    group: str
    about: str
    types: tuple[str, ...]
    phrases: tuple[str, ...]


@lru_cache(maxsize=8)
def signs_on(day: date) -> tuple[Sign, ...]:
    """The signs that hold on a day, group by group as they are shown."""
    return tuple(
        Sign(row["code"], row["sentence"], row["group"], row["about"], tuple(row["types"]), tuple(row["phrases"]))
        for row in rows_on("concerns", "signs", day)
    )


def find_signs(words: str, signs: Sequence[Sign]) -> list[Sign]:
    """The signs that the words may mean, the likeliest first; empty when none is near. Words may be misspelt.

    Of a longer text the first `LONGEST` letters are looked at."""
    texts_of = [[set(_words(text)) for text in (sign.sentence, *sign.phrases)] for sign in signs]
    counts = Counter(word for texts in texts_of for word in set().union(*texts))
    weights = {word: 1 + log(len(signs) / count) for word, count in counts.items()}
    typed = [_meant(word, list(weights)) for word in _words(words[:LONGEST])]
    unknown = 0.5 * max(weights.values(), default=0.0)  # what a word that no sign has counts
    total = sum(max((weights[word] for word in meant), default=unknown) for meant in typed)

    def likeness(text: set[str]) -> float:
        shared = [max((weights[word] * meant[word] for word in text & meant.keys()), default=0.0) for meant in typed]
        return sum(shared) * (1 / total + 1 / sum(weights[word] for word in text)) / 2 if text and total else 0.0

    likest = [sorted(map(likeness, texts), reverse=True)[:4] for texts in texts_of]
    ranked = sorted((-best - 0.15 * sum(others), position) for position, (best, *others) in enumerate(likest) if best > _NEAR)
    return [signs[position] for _, position in ranked]


def _meant(typed: str, listed: Sequence[str]) -> dict[str, float]:
    """The listed stems that a typed one may stand for, each with how far."""
    near = get_close_matches(typed, listed, cutoff=_ALIKE) if len(typed) >= _SHORTEST else []
    meant = dict.fromkeys([word for word in near if len(word) >= _SHORTEST] + [*_synonyms().get(typed, ())], _ALIKE)
    return {word: share for word, share in (meant | {typed: 1.0}).items() if word in listed}


def _words(text: str) -> list[str]:
    """The stems of the words that matter, in their order."""
    plain = text.casefold().replace("’", "").replace("'", "").replace("-", " ")
    return [stem(word) for word in _WORD.findall(plain) if word not in common_words()]


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that stand in most sentences and tell none apart."""
    return frozenset(reference_list("concerns", "synonyms").header["common_words"])


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word without its ending, so that stop, stops and stopped are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _DOUBLED.sub(r"\1", word[: -len(ending)])
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, frozenset[str]]:
    by_stem: dict[str, set[str]] = {}
    for row in reference_list("concerns", "synonyms").rows:
        stems = {stem(word) for word in row["words"]}
        for word_stem in stems:
            by_stem.setdefault(word_stem, set()).update(stems - {word_stem})
    return {word_stem: frozenset(others) for word_stem, others in by_stem.items()}


# The groups of the list that are a kind of exploitation; the others hold signs of any.
TYPE_OF_GROUP = {"drugs": "criminal", "labour": "labour", "sexual": "sexual", "domestic": "domestic"}
SIGNS_ONLY, NONE = "signs_only", "none"
THREAT = "threatened_or_family_threatened"


def exploitation_types(signs: Iterable[Sign]) -> tuple[str, ...]:
    """The types that the signs laid on one person point to, in the order of the list.

    A sign that can point to several types says nothing of the type while another sign says it; alone it is taken for
    the type of the group under which it was ticked.
    """
    sign_list = list(signs)
    plain = [TYPE_OF_GROUP[sign.group] for sign in sign_list if _is_of_its_group(sign) and len(sign.types) == 1]
    shared = [TYPE_OF_GROUP[sign.group] for sign in sign_list if _is_of_its_group(sign)]
    return tuple(dict.fromkeys(plain or shared))


def _is_of_its_group(sign: Sign) -> bool:
    return TYPE_OF_GROUP.get(sign.group) in sign.types


def belief_after(
    current: str, *, answered: str = "", is_decided: bool = False, may_be_used: bool, has_signs: bool, has_new_sign: bool
) -> str:
    """The belief to record: what was answered just now; else what stands, with signs for a supervisor to decide on.

    `answered` is this writer's own answer, empty when not answered. `is_decided` says that somebody answered before. A
    new sign opens again what was *no reasonable grounds recorded yet*. Signs taken back leave nothing behind, unless
    somebody had decided (Modern Slavery Act 2015 s52(1): it is a person who believes).
    """
    if answered:
        return answered
    if not current or (current == NONE and has_new_sign):
        return SIGNS_ONLY if may_be_used or has_signs else current
    if current == SIGNS_ONLY and not is_decided and not may_be_used and not has_signs:
        return ""
    return current


def threats_after(current: Iterable[str], *, had: Collection[str], has: Collection[str]) -> tuple[str, ...]:
    """The threats recorded, with the one that the sign of a threat says: whether to them or to their family is asked later.

    `had` and `has` are the signs laid on the person before and now. The sign taken back takes that one with it.
    """
    recorded = tuple(current)
    if THREAT in has and not recorded:
        return ("person",)
    return () if THREAT in had and THREAT not in has and recorded == ("person",) else recorded

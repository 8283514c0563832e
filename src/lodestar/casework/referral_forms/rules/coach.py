"""The quality coach: what in a referral could be clearer, with a reason each. Advice, never a mark and never a block.

First Responder Toolkit for England and Wales (April 2026) sections 2 and 3. The lists `coach_checks` and `coach_words` say
what is looked for. It is worked out when looked at; whoever keeps anything keeps only which checks were open.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from lodestar.casework.referral_forms.rules.phrases import Hit, Read, read, words_of
from lodestar.platform.text.reference_lists import reference_list, rows_on

NARRATIVE = ""  # the name of the page for what stands under no heading of the form
LOOKED_AT = ("account", "beside", "choice")  # the parts of a referral in which an account may stand


@dataclass(frozen=True)
class File:
    """A document of evidence: what it is, in words, and the date it was made, as written; either may be empty."""

    description: str
    dated: str


@dataclass(frozen=True)
class Referral:
    """A referral on a day. `pages`: the text under each page of the form that was shown, by the form's own name of the page.

    `treat_as` is child, adult or not_known. `seen` are the signs recorded in the case, each as the phrases that tell it;
    `names` those of the person, in any script; `files` the evidence that goes with it; `others` the texts of other
    referrals, which are compared and never named. What the case does not hold is left empty.
    """

    pages: Mapping[str, str]
    day: date
    treat_as: str = "not_known"
    seen: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    others: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def parts_on(day: date) -> Mapping[str, str]:
    """What each page of the form is to the coach on a day: account, beside, choice or particulars."""
    return {row["code"]: row["part"] for row in rows_on("referral_forms", "coach_pages", day)}


def is_looked_at(page: str, day: date) -> bool:
    """Whether an account may stand on a page: the narrative, and every page that does not ask for particulars."""
    return parts_on(day).get(page, "account") in LOOKED_AT


SIGNS_PAGE = "modern-slavery-indicators"
ENOUGH = 6  # words from which a page counts as answered, where the list says nothing else

Row = Mapping[str, Any]
Open = tuple[str, str | None]  # why a check is open, and the words that show it


@dataclass(frozen=True)
class Check:
    """One check: `why` it is open, or is not, in one sentence about the form; `quote`, the shortest words that show it."""

    code: str
    title: str
    is_open: bool
    why: str
    quote: str | None


def checks(referral: Referral) -> tuple[Check, ...]:
    """Every check of the referral's day, in the order of the list. Nothing is weighed and nothing is added up."""
    seen = _Seen(referral, read(referral.pages, referral.day))
    return tuple(seen.check(row) for row in rows_on("referral_forms", "coach_checks", referral.day))


class _Seen:
    """A referral as it was read."""

    def __init__(self, referral: Referral, reading: Read) -> None:
        self.referral = referral
        self.told = reading
        self.account = {page: text for page, text in referral.pages.items() if is_looked_at(page, referral.day)}
        self.limits: Row = reference_list("referral_forms", "coach_checks").header

    def check(self, row: Row) -> Check:
        """One row of the list, checked: the first thing that could be clearer, or what is there."""
        own = _OWN.get(row["code"])
        finding = self._flagged(row) or (own(self, row["whys"]) if own else None) or self._missing(row)
        if finding:
            return Check(row["code"], row["title"], True, *finding)
        return Check(row["code"], row["title"], False, row["met"], self._shortest_match(row))

    def _flagged(self, row: Row) -> Open | None:
        for flag in row.get("flags", ()):
            excused = _reach(self.told.of(flag["unless"]), flag["around"]) if "unless" in flag else {}
            hits = [hit for hit in self._hits(flag) if (hit.page, hit.sentence) not in excused]
            if hits:
                return flag["why"], _shortest(hits)
        return None

    def _missing(self, row: Row) -> Open | None:
        for need in row.get("needs", ()):
            if not self._is_met(need):
                return need["why"], None
        return None

    def _is_met(self, need: Row) -> bool:
        if need.get("not_for") == self.referral.treat_as:
            return True
        if any(len(self.told.words.get(page, ())) >= need.get("page_words", ENOUGH) for page in need.get("pages", ())):
            return True
        hits = self._hits(need)
        distinct_hits = {(hit.page, hit.sentence) if need.get("by_sentence") else hit.text.casefold() for hit in hits}
        if len(distinct_hits) >= need.get("at_least", 1):
            return True
        return "or" in need and self._is_met(need["or"])

    def _hits(self, asked: Row) -> list[Hit]:
        """The phrases asked for, on the pages asked about, near what they have to be near."""
        pages = asked.get("only") or (self.told.words if asked.get("everywhere") else self.account)
        pages = set(pages) - set(asked.get("not_on", ()))
        hits = [hit for hit in self.told.of(asked["words"]) if hit.page in pages]
        if "near" not in asked:
            return hits
        near = [hit for hit in self.told.of(asked["near"]) if hit.page in pages]
        reached = _reach(near, asked.get("around", 0))
        return [hit for hit in hits if reached.get((hit.page, hit.sentence), set()) - {hit.start}]

    def _shortest_match(self, row: Row) -> str | None:
        """The shortest words by which the first need is met."""
        hits = [hit for need in row.get("needs", ())[:1] for hit in self._hits(need)]
        return _shortest(hits) if hits else None

    # --- what is reckoned otherwise -----------------------------------------------------------------------------------

    def gaps(self, whys: Row) -> Open | None:
        """A page of the account that was left empty, or holds no word."""
        for page, text in self.account.items():
            if page and not self.told.words[page]:
                return whys["blank"], text.strip() or None
        return None

    def short(self, whys: Row) -> Open | None:
        """An answer without a word in it; an account of few words."""
        for page, text in self.referral.pages.items():
            if text.strip() and not self.told.words[page]:
                return whys["stop"], text.strip()
        if sum(len(self.told.words[page]) for page in self.account) < self.limits["brief_below"]:
            return whys["brief"], None
        return None

    def documents(self, whys: Row) -> Open | None:
        """A file of evidence without a description or a date."""
        for file in self.referral.files:
            if not (file.description.strip() and file.dated.strip()):
                return whys["file"], None
        return None

    def name_in_account(self, whys: Row) -> Open | None:
        """A name of the person in the account."""
        name = first_named(self.referral.names, [word for page in self.account for word in self.told.words[page]])
        return (whys["named"], name) if name else None

    def reused(self, whys: Row) -> Open | None:
        """Text that is in another referral, or several times in this one."""
        words = [word for page in self.account for word in self.told.words[page]]
        limit = self.limits["reused_share"]
        if any(share(words, words_of(other)) >= limit for other in self.referral.others):
            return whys["reused"], None
        return (whys["twice"], None) if repeats(words) >= limit else None

    def left_out(self, whys: Row) -> Open | None:
        """A sign that was recorded and is not told; signs told where the page for them says there were none."""
        beginnings = {word.casefold()[:4] for page in self.account for word in self.told.words[page]}
        if not all(any(_is_mentioned(phrase, beginnings) for phrase in phrases) for phrases in self.referral.seen):
            return whys["seen"], None
        says = [word.casefold() for word in self.told.words.get(SIGNS_PAGE, ("yes",))]
        signs = [hit for hit in self._hits({"words": ["sign"]}) if hit.page != SIGNS_PAGE]
        if signs and says[:1] in ([], ["no"]) and len(says) < ENOUGH:
            return whys["none"], _shortest(signs)
        return None

    def long(self, whys: Row) -> Open | None:
        """A paragraph or a sentence in which one loses one's way."""
        long = any(words > self.limits["long_paragraph"] for words in self.told.paragraphs)
        long = long or any(words > self.limits["long_sentence"] for words in self.told.sentences)
        return (whys["long"], None) if long else None


_OWN: Mapping[str, Callable[[_Seen, Row], Open | None]] = {
    "Q1": _Seen.gaps,
    "Q9": _Seen.documents,
    "Q16": _Seen.name_in_account,
    "N1": _Seen.short,
    "N2": _Seen.reused,
    "N3": _Seen.left_out,
    "N5": _Seen.long,
}


def _reach(hits: Iterable[Hit], around: int) -> dict[tuple[str, int], set[int]]:
    """The sentences that hits stand in and those up to `around` before and after; each with where the hits begin."""
    starts_by_sentence: dict[tuple[str, int], set[int]] = {}
    for hit in hits:
        for sentence in range(hit.sentence - around, hit.sentence + around + 1):
            starts_by_sentence.setdefault((hit.page, sentence), set()).add(hit.start)
    return starts_by_sentence


def _shortest(hits: Sequence[Hit]) -> str:
    return min((hit.text for hit in hits), key=len)


def _is_mentioned(phrase: str, beginnings: set[str]) -> bool:
    """Whether every word of four letters or more of a phrase begins like one of the account."""
    return all(word.casefold()[:4] in beginnings for word in phrase.split() if len(word) > 3)


SHORTEST = 2  # letters of a name's part that is looked for


def first_named(names: Iterable[str], words: Iterable[str]) -> str | None:
    """The first of the words that is a part of one of the names, as it is written; None where there is none.

    A word in small letters is no name (`grace`, `will`). Scripts that do not part their words are searched within.
    """
    parts = {part for name in names for part in _plain(name).split() if len(part) >= SHORTEST}
    unparted = {part for part in parts if part.upper() == part}
    for word in words:
        plain = _plain(word)
        if plain in parts and not word[0].islower():
            return word
        if any(part in plain for part in unparted):
            return word
    return None


def _plain(text: str) -> str:
    """Without accents, capitals, hyphens."""
    letters = unicodedata.normalize("NFKD", text).casefold().replace("-", " ")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


RUN = 8


def share(words: Sequence[str], other: Sequence[str]) -> int:
    """Of 100 runs of eight words of a text, how many stand in another; 0 for a text of fewer words."""
    own = set(_runs(words))
    return 100 * len(own.intersection(_runs(other))) // max(len(own), 1)


def repeats(words: Sequence[str]) -> int:
    """Of 100 runs of eight words of a text, how many it says more than once; 0 for a text of fewer words."""
    counted = Counter(_runs(words))
    if not counted:
        return 0
    return 100 * sum(number for number in counted.values() if number > 1) // counted.total()


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    plain = [word.casefold() for word in words]
    return zip(*(plain[start:] for start in range(RUN)), strict=False)

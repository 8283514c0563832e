"""The quality coach: what in a referral could be clearer, each with its reason. Advice, never a mark and never a block.

First Responder Toolkit for England and Wales (April 2026) sections 2 and 3. It reads what was answered, listed and ticked, counts
words, and finds known names and text that is elsewhere. What only a reader can say is a question to the writer, whose tick is
kept with the text it is about. It is calculated when a page is opened; whoever keeps anything keeps only which checks were open.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from lodestar.casework.referral_forms.rules.form import HELD_WHOLE, form, version_on
from lodestar.casework.referral_forms.rules.sections import cells_of, sections
from lodestar.platform.names.contact_normalisation import numbers_in
from lodestar.platform.text.reference_lists import reference_list, rows_on

NARRATIVE = ""  # the name of the page for text under no heading of the form
LOOKED_AT = ("account", "beside", "choice")  # the parts of a referral in which an account may be
ACCOUNT = "account"  # our section of the account, and in a list of pages every page of it
PLACE_TIMES = slice(2, 4)  # the columns of a listed place for from and to

_WORD = re.compile(r"[^\W_]+(?:['’.:/-][^\W_]+)*")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class File:
    """A document of evidence: what it is, in words, and the date it was made, as written; either may be empty."""

    description: str
    dated: str


@dataclass(frozen=True)
class Referral:
    """A referral on a day. `pages`: the text under each page of the form that was shown, by the form's own name of the page.

    `treat_as` is child, adult or not_known. `lists` are the answers to questions that are lists, by question; `seen` the signs
    recorded in the case, `names` those of the person, in any script; `files` the evidence that goes with it; `others` the texts
    of other referrals, which are compared and never named; `confirmed` the checks whose question the writer ticked for this text.
    `begun` are our sections in which something was written; None where the pages alone say it.
    """

    pages: Mapping[str, str]
    day: date
    treat_as: str = "not_known"
    lists: Mapping[str, str] = field(default_factory=dict)
    seen: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    others: tuple[str, ...] = ()
    confirmed: frozenset[str] = frozenset()
    begun: frozenset[str] | None = None


@dataclass(frozen=True)
class Fault:
    """One thing that could be clearer: why, in one sentence about the form, and the words that show it."""

    why: str
    quote: str | None = None


@dataclass(frozen=True)
class Check:
    """One check with every fault found; one that is not answered yet is open and says nothing. `met`: what is in place."""

    code: str
    title: str
    met: str
    faults: tuple[Fault, ...] = ()
    is_answered: bool = True

    @property
    def is_open(self) -> bool:
        """Whether something of it is not in place."""
        return bool(self.faults) or not self.is_answered


@lru_cache(maxsize=64)
def parts_on(day: date) -> Mapping[str, str]:
    """What each page of the form is to the coach on a day: account, beside, choice or particulars."""
    return {row["code"]: row["part"] for row in rows_on("referral_forms", "coach_pages", day)}


def is_looked_at(page: str, day: date) -> bool:
    """Whether an account may be on a page: the narrative, and every page that does not ask for particulars."""
    return parts_on(day).get(page, "account") in LOOKED_AT


def checks(referral: Referral) -> tuple[Check, ...]:
    """Every check of the referral's day, in the order of the list. Nothing is weighed and nothing is added up."""
    read = _Reading(referral)
    return tuple(read.check(row) for row in rows_on("referral_forms", "coach_checks", referral.day))


def questions(section: str, day: date, *, has_signs: bool) -> tuple[Row, ...]:
    """The checks whose question is asked beside the text of a section, and what it asks."""
    rows = rows_on("referral_forms", "coach_checks", day)
    return tuple(row for row in rows if row.get("section") == section and (has_signs or not row.get("of_signs")))


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


@lru_cache(maxsize=8)
def _options(version: str) -> Mapping[str, tuple[str, ...]]:
    """How each answer that may be picked on a page of the form begins, in small letters."""
    offered = {
        page.code: [label for asked in page.fields for _, label in asked.options]
        + [asked.label for asked in page.fields if asked.kind == "tick"]
        for page in form(version).pages.values()
    }
    return {code: tuple(label.partition(",")[0].casefold() for label in labels) for code, labels in offered.items()}


@lru_cache(maxsize=8)
def _sections(version: str) -> Mapping[str, str]:
    """Which of our sections fills each page of the form, and asks each question."""
    page_of = {asked.name: page.code for page in form(version).pages.values() for asked in page.fields}
    by_page = {page_of[asked.name]: section.code for section in sections(version) for ask in section.asks for asked in ask.fields}
    by_question = {ask.code: section.code for section in sections(version) for ask in section.asks if ask.feeds}
    return {**by_page, **by_question, **dict.fromkeys((ACCOUNT, NARRATIVE, "what-happened"), ACCOUNT)}


class _Reading:
    """A referral as it was read."""

    def __init__(self, referral: Referral) -> None:
        self.referral = referral
        self.words = {page: words_of(text) for page, text in referral.pages.items()}
        self.account = [page for page in referral.pages if is_looked_at(page, referral.day)]
        self.account_words = [word for page in self.account for word in self.words[page]]
        self.limits: Row = reference_list("referral_forms", "coach_checks").header
        version = version_on(referral.day)
        self.version = version if version in HELD_WHOLE else next(reversed(HELD_WHOLE))
        self.begun = self._begun()

    def _begun(self) -> frozenset[str]:
        """Our sections in which something is answered."""
        if self.referral.begun is not None:
            return self.referral.begun
        answered = [page for page, words in self.words.items() if words]
        parts = parts_on(self.referral.day)
        tells = [ACCOUNT for page in answered if parts.get(page) in ("account", "beside")]
        return frozenset([*(_sections(self.version).get(code, ACCOUNT) for code in (*answered, *self.referral.lists)), *tells])

    def check(self, row: Row) -> Check:
        """One row of the list, checked: everything that could be clearer; nothing where nothing was answered."""
        code = row["code"]
        if not self.begun.intersection(_sections(self.version).get(page, ACCOUNT) for page in row["about"]):
            return Check(code, row["title"], row["met"], is_answered=False)
        faults = [*_OWN[code](self, row["whys"])] if code in _OWN else []
        faults += [Fault(need["why"]) for need in row.get("needs", ()) if not self._is_met(need)]
        is_asked = "ask" in row and (self.referral.seen or not row.get("of_signs"))
        if is_asked and code not in self.referral.confirmed:
            faults.append(Fault(f"Read it again: {row['ask'][:1].lower()}{row['ask'][1:]}"))
        return Check(code, row["title"], row["met"], tuple(faults))

    def _is_met(self, need: Row) -> bool:
        """Whether one of the ways in which a need can be met holds."""
        lists, pages = self.referral.lists, self.referral.pages

        def text_of(page: str) -> str:
            return pages.get(page, "")

        return (
            need.get("not_for") == self.referral.treat_as
            or any(len(self.words.get(page, ())) >= least for page, least in need.get("words", {}).items())
            or any(self._chosen(page) for page in need.get("answers", ()))
            or any(self._chosen(page) == "no" for page in need.get("no", ()))
            or any(lists.get(code, "").strip() for code in need.get("lists", ()))
            or any(_is_dated(lists.get(code, "")) for code in need.get("dated", ()))
            or any(_EMAIL.search(text) or any(True for _ in numbers_in(text)) for text in map(text_of, need.get("contact", ())))
            or any(any(map(str.isdecimal, text_of(page))) for page in need.get("figures", ()))
            or bool(need.get("files") and self.referral.files)
        )

    def _chosen(self, page: str) -> str:
        """The answer of the form that a page begins with; empty for one that is none of the form's."""
        lines = [line.strip(" \t-*•.").casefold() for line in self.referral.pages.get(page, "").splitlines()]
        begun = ((line, label) for line in lines for label in _options(self.version).get(page, ()))
        return next((label for line, label in begun if re.match(rf"{re.escape(label)}\b", line)), "")

    # --- what is calculated otherwise ------------------------------------------------------------------------------------

    def gaps(self, whys: Row) -> Iterator[Fault]:
        """Each page of the account without a word, in a section of which something was answered."""
        titles = {row["code"]: row["title"] for row in rows_on("referral_forms", "coach_pages", self.referral.day)}
        for page in self.account:
            if page and not self.words[page] and _sections(self.version).get(page, ACCOUNT) in self.begun:
                yield Fault(whys["blank"].format(titles.get(page, page)), self.referral.pages[page].strip() or None)

    def short(self, whys: Row) -> Iterator[Fault]:
        """Each answer without a word in it; an account of few words."""
        for page, text in self.referral.pages.items():
            if text.strip() and not self.words[page]:
                yield Fault(whys["stop"], text.strip())
        if len(self.account_words) < self.limits["brief_below"]:
            yield Fault(whys["brief"])

    def documents(self, whys: Row) -> Iterator[Fault]:
        """Each file of evidence without a description or a date."""
        for file in self.referral.files:
            if not (file.description.strip() and file.dated.strip()):
                yield Fault(whys["file"], file.description.strip() or None)

    def name_in_account(self, whys: Row) -> Iterator[Fault]:
        """Each name of the person in the account."""
        for name in dict.fromkeys(names_among(self.referral.names, self.account_words)):
            yield Fault(whys["named"], name)

    def reused(self, whys: Row) -> Iterator[Fault]:
        """Text that is in another referral."""
        limit = self.limits["reused_share"]
        if any(share(self.account_words, words_of(other)) >= limit for other in self.referral.others):
            yield Fault(whys["reused"])

    def left_out(self, whys: Row) -> Iterator[Fault]:
        """Signs recorded in the case while the page for them says that there were none."""
        if self.referral.seen and self._chosen("modern-slavery-indicators") == "no":
            yield Fault(whys["none"], self.referral.seen[0])


_OWN: Mapping[str, Callable[[_Reading, Row], Iterator[Fault]]] = {
    "Q1": _Reading.gaps,
    "Q9": _Reading.documents,
    "Q16": _Reading.name_in_account,
    "N1": _Reading.short,
    "N2": _Reading.reused,
    "N3": _Reading.left_out,
}


def _is_dated(places: str) -> bool:
    """Whether a listed place says from when or to when."""
    return any(any(cell.strip() for cell in cells_of(row)[PLACE_TIMES]) for row in places.split("\n"))


SHORTEST = 2  # letters of a name's part that is looked for


def names_among(names: Iterable[str], words: Iterable[str]) -> Iterator[str]:
    """The words that are a part of one of the names, as they are written.

    A word in small letters is no name (`grace`, `will`). Scripts that do not part their words are searched within.
    """
    parts = {part for name in names for part in _plain(name).split() if len(part) >= SHORTEST}
    unparted = {part for part in parts if part.upper() == part}
    for word in words:
        plain = _plain(word)
        is_part = not word[0].islower() and bool(parts & {plain, *plain.split()})
        if is_part or any(part in plain for part in unparted):
            yield word


def _plain(text: str) -> str:
    """Without accents, capitals, hyphens and a possessive s."""
    letters = unicodedata.normalize("NFKD", text).casefold().replace("-", " ").replace("’", "'").removesuffix("'s")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


RUN = 8


def share(words: Sequence[str], other: Sequence[str]) -> int:
    """Of 100 runs of eight words of a text, how many are in another; 0 for a text of fewer words."""
    own = set(_runs(words))
    return 100 * len(own.intersection(_runs(other))) // max(len(own), 1)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    plain = [word.casefold() for word in words]
    return zip(*(plain[start:] for start in range(RUN)), strict=False)

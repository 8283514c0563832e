"""Facts that no longer hold, found sentence by sentence: the words alone are not enough, their company decides.

The nearest words that tell decide: those directly beside the fact's own, then those of the same clause, then of its sentence,
then of what leads to it, which is the line before a list, the cell or heading before a cell, or the sentence that *it* or *this*
means. What a sentence says was so, or is so no longer, it does not state.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from lodestar.guidance.rules.past import leads_to_past, without_past
from lodestar.guidance.rules.words import bare_words, on_one_line

Span = tuple[int, int]
Levels = tuple[tuple[str, ...], ...]  # what leads to a sentence, the nearest first; of each level its lines

LABELS, LONGEST_LABEL = 3, 12  # lines before a cell that are read as what it is of; words of one
SHORT = 4  # words of an item that is a sentence
DEEPEST = 5  # levels
_LINE = re.compile(r"\n+|(?=[•▪●◦])|\s(?=\d{1,2}\.\d{1,3}\.\s)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“(])|(?<=[a-z-]{4}[.!?])\s+(?=\d{1,3} days?\b)")
# What follows *unless* tells how something ends, not what it is.
_CLAUSE = re.compile(r";|\b(?:unless|except)\b", re.IGNORECASE)
_DAYS = re.compile(r"(?:\d|\b(?:thirty|forty[\s-]five))\)?[\s-](?:(?:calendar|working)[\s-])?days?\b", re.IGNORECASE)
_BETWEEN = re.compile(r",|\b(?:and|but|then|while|whereas|plus|followed by)\b", re.IGNORECASE)
# Before the number of a line that does not say what it is of: at least 45 days.
_UNSAID = re.compile(
    r"(?:(?:you|they|it|this|people|victims|adults|get|gets|have|has|receive|receives|given|are|is|be|lasts?|length|duration|time|"
    r"period|at|least|an?|the|minimum|maximum|of|no|fewer|less|than|more|about|up|to|for|from|or|forty|five|thirty)\b|[^\w\n]){0,40}",
    re.IGNORECASE,
)
_PARTED = re.compile(r",(?! (?:which|that)\b)")  # what stands beside a number stands on the same side of a comma
# Between the word that says what a number is of and the number, or behind the number, before it; and what says that it was so.
_TO_NUMBER = (
    "which|that|rest|period|phase|stage|time|of|is|lasts?|runs|for|will|must|should|be|last|normally|usually|currently|now|at|least|an?|"
    "the|minimum|maximum|no|fewer|less|more|than|about|up to|set|forty|five|in all"
)
_OF_NAME = "their|his|her|the|this|that|an?|minimum|statutory|at least|rest and|rest"
_THEN = "after|following|beyond|leaving|end of"  # what follows lasts as long, and not this
# What a sentence is of, where it says so first: After a positive decision, ...; Northern Ireland: ...
_OPENING = re.compile(r"\W{0,3}(?:(?:in|for|under|after|following)\b[^,:;]{1,60},|[^,:;]{1,60}:)", re.IGNORECASE)
_BULLET = re.compile(r"[•▪●◦○*–-]\s?|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]\s")
_NUMBERED = re.compile(r"\d{1,2}\.\d")
_ONE_MEANT = re.compile(
    r"(?:it|this|that)(?: period| time| duty| list)?(?: also| normally| usually)?"
    r" (?:is|was|lasts?|will|must|should|may|runs|begins|continues|covers|applies|includes)\b",
    re.IGNORECASE,
)
_SEVERAL_MEANT = re.compile(r"(?:it|this|they|these|those|such)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Fact:
    """One fact that held once. Its words are read as a search reads words, so that hyphens and gaps in numbers do not matter."""

    code: str
    called: str
    says: tuple[str, ...]
    near: tuple[str, ...]
    unless: tuple[str, ...]
    replaced_by: str
    from_date: date

    def warning(self) -> str:
        """What stands beside a passage that states it."""
        return f"differs from the force’s confirmed {self.called}: {self.replaced_by}"


def stated(text: str, facts: Iterable[Fact], before: str = "") -> list[Fact]:
    """The facts that a sentence of the text states, each once. `before`: the text that this one goes on from."""
    known = list(facts)
    found = {fact.code for _, told in places(text, known, before) for fact in told}
    return [fact for fact in known if fact.code in found]


def places(text: str, facts: Iterable[Fact], before: str = "") -> list[tuple[Span, list[Fact]]]:
    """Where a text states facts: from which character to which, and which of them."""
    asked = [fact for fact in facts if quotes(text, fact)]
    if not asked:
        return []
    start = len(before) + 1 if before else 0
    whole = on_one_line(f"{before}\n{text}" if before else text)
    found: dict[Span, list[Fact]] = {}
    for said in _sentences(whole):
        if said.end <= start or not any(_has(said.words, fact.says) for fact in asked):
            continue
        clauses = list(_clauses(whole, said.start, said.end))
        for fact in asked:
            for first, end in _stating(whole, clauses, said, fact):
                found.setdefault((max(first - start, 0), end - start), []).append(fact)
    return sorted(found.items(), key=lambda one: one[0])


def quotes(text: str, fact: Fact) -> bool:
    """Whether a text has the words of a fact, whatever their company."""
    return _has(text, fact.says)


def goes_on(heading: str, text_before: str, heading_before: str) -> str:
    """What a passage goes on from: the one before it, where both stand under the same heading."""
    return text_before if heading == heading_before else ""


# --- what a text says -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Said:
    """One sentence: where it stands, its words, what leads to it, and what leads to the list that it is an item of."""

    start: int
    end: int
    words: str
    levels: Levels = ()
    lead: Levels = ()


@dataclass
class _List:
    """A list that may go on: what leads to it, whether its items have bullets, and whether there was one."""

    lead: Levels = ()
    has_bullets: bool = False
    has_items: bool = False


@dataclass
class _Reader:
    """What stands above the next line."""

    opened: _List = field(default_factory=_List)
    labels: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    last: str = ""  # sentence
    above_last: Levels = ()

    def read(self, whole: str, line: Span, *, is_heading: bool) -> Iterator[_Said]:
        """The sentences of the next line."""
        words = whole[slice(*line)].strip()
        if is_heading:
            self._under()
        elif not self._goes_on(words):
            self.opened = _List()
        lead = self.opened.lead
        for place, (start, end) in enumerate(_cut(_SENTENCE, whole, *line)):
            said = whole[start:end].strip()
            self.above_last = self._levels(said, is_first=place == 0)
            self.last = said
            yield _Said(start, end, said, self.above_last, lead if place == 0 else ())
        self._after(words, is_heading=is_heading)

    def _of_last(self) -> Levels:
        return ((self.last,), *self.above_last)[:DEEPEST]

    def _under(self) -> None:
        """A heading begins; those stay which stand directly above it."""
        self.headings = self.headings if self.headings[:1] == [self.last] else []
        self.opened, self.labels = _List(), []

    def _goes_on(self, line: str) -> bool:
        """Whether a line is an item of the list that is open, or opens one itself, with a bullet after a line without an end."""
        if _BULLET.match(line):
            if self.last and not self.opened.lead and not _BULLET.match(self.last) and not _is_over(self.last):
                self.opened = _List(self._of_last())
            self.opened.has_bullets = self.opened.has_items = True
            return bool(self.opened.lead)
        if not self.opened.lead or self.opened.has_bullets or _NUMBERED.match(line):
            return False
        is_item = not self.opened.has_items or not _is_over(line) or line[0].islower() or len(line.split()) <= SHORT
        self.opened.has_items = True
        return is_item or self.last.endswith((";", ",", " and", " or"))

    def _levels(self, said: str, *, is_first: bool) -> Levels:
        meant = _SEVERAL_MEANT if said.endswith(":") else _ONE_MEANT
        if self.last and meant.match(said):
            return self._of_last()
        if not is_first:
            return ()
        labels = () if _says_of_what(said) else tuple(self.labels)
        return self.opened.lead or tuple(filter(None, (labels, *((one,) for one in self.headings))))

    def _after(self, line: str, *, is_heading: bool) -> None:
        if self.last.endswith(":"):
            self.opened = _List(self._of_last())
        if is_heading:
            self.headings = [line, *self.headings][:DEEPEST]
        elif line.endswith("?") and len(line.split()) <= LONGEST_LABEL and not self.opened.lead:
            self.labels, self.headings = [], [line]  # what follows answers it
        elif _is_over(line) or self.opened.lead:
            self.labels, self.headings = [], self.headings if self.opened.lead else []
        elif _DAYS.search(line):  # what stands above it is of this one
            self.labels = []
        elif len(line.split()) <= LONGEST_LABEL:
            self.labels = [*self.labels, line][-LABELS:]


def _is_over(words: str) -> bool:
    return words.rstrip(" ”’)]").endswith((".", "!", "?"))


def _says_of_what(line: str) -> bool:
    """Whether a line says itself what its number of days is of: words stand before it."""
    number = _DAYS.search(line)
    return bool(number and not _UNSAID.fullmatch(line[: number.start()].rstrip("0123456789")))


def _sentences(whole: str) -> Iterator[_Said]:
    reader = _Reader()
    for start, end in _cut(_LINE, whole, 0, len(whole)):
        if whole[start:end].strip():
            yield from reader.read(whole, (start, end), is_heading=_is_heading(whole, start, end))


def _is_heading(whole: str, start: int, end: int) -> bool:
    """Whether a line stands behind a blank one, or is what a text begins with and stands before one."""
    return whole.startswith("\n\n", start) or (not start and whole.startswith("\n\n", end) and not _is_over(whole[:end]))


def _cut(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    """The parts of a stretch of text; what stands between two begins the second."""
    for found in pattern.finditer(text, start, end):
        if found.start() > start:
            yield start, found.start()
            start = found.start()
    yield start, end


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """The clauses of a sentence; one with two numbers of days is cut between them, so that each has its own company."""
    for first, last in _cut(_CLAUSE, text, start, end):
        after = None  # the end of what has the number of days before
        for part in _cut(_BETWEEN, text, first, last):
            if _DAYS.search(text, *part):
                if after is not None:
                    yield first, after
                    first = after
                after = part[1]
        yield first, last


# --- what it states ---------------------------------------------------------------------------------------------------


def _stating(whole: str, clauses: Iterable[Span], said: _Said, fact: Fact) -> Iterator[Span]:
    """The clauses of a sentence that state a fact; what leads to them is that of the first which does."""
    around: bool | None = None
    has_told = False
    for first, end in clauses:
        clause = whole[first:end]
        if _says(clause, fact):
            tells = _tells(clause, fact) if fact.near else None
            if tells is None and not (has_told and fact.near):
                around = _around(said, fact) if around is None else around
                tells = around
            if tells:
                has_told = True
                yield first, end


def _around(said: _Said, fact: Fact) -> bool:
    """Whether what stands around a clause tells that it states a fact."""
    if not fact.near:
        lead = [one for level in said.lead for one in level]
        return not any(_has(words, fact.unless) for words in (said.words, *lead)) and not any(map(leads_to_past, lead))
    levels = ((said.words,), *said.levels)
    return next((told for level in levels if (told := _tells(_together(level, fact), fact)) is not None), False)


def _tells(words: str, fact: Fact) -> bool | None:
    """Whether words tell that a fact is stated beside them; None where they do not tell."""
    opening = _OPENING.match(words)
    if opening and _has(f"in {opening[0]}", fact.unless) and not _has(opening[0], fact.near):
        return False
    if _has(words, fact.unless):
        return _is_directly_beside(words, fact)
    return True if _has(words, fact.near) else None


def _is_directly_beside(words: str, fact: Fact) -> bool:
    """Whether one word that tells stands at the fact's own, as in *a recovery period of at least 45 days* or *the 45 day recovery
    period*, with none against it there: what that says is then of something else in the clause."""
    pattern = _beside(fact.says, fact.near)
    if pattern is None:
        return False
    parts = (_as_tokens(part, fact.unless) for part in _PARTED.split(words))
    return any(not any(found.groups()) for part in parts for found in pattern.finditer(part))


def _as_tokens(words: str, phrases: Sequence[str]) -> str:
    """Words as a search reads them, each of the phrases one word that begins with a sign."""
    told = _words(words)
    for phrase in sorted(map(_words, phrases), key=len, reverse=True):
        told = told.replace(phrase, f" _{phrase.strip().replace(' ', '_')} ")
    return told


@lru_cache(maxsize=256)
def _beside(says: tuple[str, ...], near: tuple[str, ...]) -> re.Pattern[str] | None:
    """What is looked for there: words that tell alone; *conclusive grounds decision* begins what comes after it, too."""
    names = [re.escape(one) for one in _names(near)]
    if not names:
        return None
    name, its = f"(?:{'|'.join(names)})", f"(?:{'|'.join(re.escape(_words(one).strip()) for one in says)})"
    period = rf"{name} (?:and {name} )?(?:period )?"
    after = rf"(?:{_THEN})(?! (?:(?:{_OF_NAME}) )?{period}(?:of|which|that) )"
    first = rf"{name} (?:(?:(?:and |or )?{name}|{_TO_NUMBER}) ){{0,9}}{its}(?= )(?P<of_another> (?:(?:of|for|as|an?|the) )?_\w+)?"
    second = rf"{its} (?:period )?(?:(?:of|for|to|in|in which to) )?(?:(?:{_OF_NAME}) ){{0,3}}{name}(?= )"
    led = rf"(?: (?:{_OF_NAME}))? "
    return re.compile(rf"(?P<then> _\w+| {after})?{led}{first}|(?P<against> _\w+)?{led}{second}")


def _together(level: Sequence[str], fact: Fact) -> str:
    """The lines of a level in one; not those above another cell that says the same, which they are of."""
    told: list[str] = []
    for line in reversed(level):
        if len(level) > 1 and _has(line, fact.says):
            break
        told.append(line)
    return " ".join(reversed(told))


def _names(near: Sequence[str]) -> list[str]:
    """The words that tell alone."""
    told = [_words(one).removeprefix(" to ").removeprefix(" and ").split() for one in near]
    return sorted({one[0] for one in told if len(one) == 1})


def _says(text: str, fact: Fact) -> bool:
    """Whether a text has the words of a fact, and does not say of them that they were so."""
    return _has(text, fact.says) and _has(without_past(text, fact.says, _names(fact.near)), fact.says)


def _has(text: str, phrases: Sequence[str]) -> bool:
    words = _words(text)
    return any(_words(phrase) in words for phrase in phrases)


@lru_cache(maxsize=4_096)
def _words(text: str) -> str:
    return f" {' '.join(bare_words(text))} "

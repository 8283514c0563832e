"""Schedule 4 to the Modern Slavery Act 2015: whether an offence is one to which section 45 of that Act does not apply.

Answered as in force when the act was done. A person must look (`excluded` None) wherever the answer turns on what is not told:
a subsection, an intent, a date, the offence that a conspiracy or an attempt was aimed at.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from lodestar.casework.section45.rules import citations
from lodestar.platform.text.reference_lists import reference_list

COMMENCED = date(2015, 7, 31)  # Modern Slavery Act 2015 s45 and Schedule 4 in force

NEAR = 60  # characters before a word in which it may be taken back; a bound, so that a long text costs no more
# A no, not, never or without just before a word takes it back; "without lawful excuse" is how charges are worded, and
# does not.
_TAKEN_BACK = re.compile(r"\b(?:no|not|never|without(?!\s+(?:lawful|reasonable)))\s+(?:\w+\s+){0,3}$")


@dataclass(frozen=True)
class Entry:
    """One row of the Schedule. `within` is the section it lists; None for the common law. Of one that came later than the
    Act, `is_day_confirmed` says whether the day on which it did is more than background."""

    para: int
    act: citations.Act
    shown_act: str
    shown_section: str | None
    within: citations.Section | None
    offence: str
    condition: str | None
    whole_section: bool
    words: tuple[re.Pattern[str], ...]
    start: date
    end: date | None
    is_day_confirmed: bool


@dataclass(frozen=True)
class Judgement:
    """`excluded` True, False, or None: a person must look, at what `depends_on` says. `entry` is the row that decided."""

    excluded: bool | None
    depends_on: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True)
class Condition:
    """When a conditional entry excludes: sections and words that say so, and that say the contrary."""

    depends_on: str
    excluded_sections: tuple[citations.Section, ...]
    open_sections: tuple[citations.Section, ...]
    excluded_words: tuple[re.Pattern[str], ...]
    open_words: tuple[re.Pattern[str], ...]
    words_first: bool


NOT_LISTED = Judgement(False)


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Every row of the Schedule, dated."""
    return tuple(
        Entry(
            para=row["para"],
            act=_act(row),
            shown_act=f"{row['act']} {row['year']}" if "year" in row else row["act"],
            shown_section=row.get("subsection", row.get("section")),
            within=next(iter(citations.sections_cited(row.get("subsection", row.get("section")))), None),
            offence=row["offence"],
            condition=row.get("condition"),
            whole_section=row.get("whole_section", False),
            words=patterns(row.get("words", ())),
            start=row["from"],
            end=row.get("to"),
            is_day_confirmed=row["from"] <= COMMENCED or row.get("confidence") != "unconfirmed",
        )
        for row in reference_list("section45", "schedule4").rows
    )


def _act(row: Mapping[str, Any]) -> citations.Act:
    act = citations.act_cited(f"{row['act']} {row.get('year', '')}")
    if act is None:
        raise ValueError(f"a row without an Act: {row}")
    return act


def patterns(words: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """The patterns of a list, each from the beginning of a word, without regard to case."""
    return tuple(re.compile(rf"(?<!\w)(?:{word})", re.IGNORECASE) for word in words)


@lru_cache(maxsize=1)
def _conditions() -> Mapping[str, Condition]:
    return {
        row["condition"]: Condition(
            depends_on=row["depends_on"],
            excluded_sections=tuple(
                section for text in row.get("excluded_sections", ()) for section in citations.sections_cited(text)
            ),
            open_sections=tuple(section for text in row.get("open_sections", ()) for section in citations.sections_cited(text)),
            excluded_words=patterns(row["excluded_words"]),
            open_words=patterns(row.get("open_words", ())),
            words_first="words_first" in row,
        )
        for row in reference_list("section45", "schedule4_conditions").rows
    }


def mentions(words: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether a text says any of the words, and does not take it back."""
    return any(
        not _TAKEN_BACK.search(text[max(0, match.start() - NEAR) : match.start()])
        for pattern in words
        for match in pattern.finditer(text)
    )


@lru_cache(maxsize=4096)
def judge(act: str | None, section: str | None, title: str | None, particulars: str | None, first: date, last: date) -> Judgement:
    """Whether the Schedule excludes an offence done at some time from `first` to `last`."""
    act, section = citations.act_and_section(act, section)
    text = searchable_text(citations.offence_in(act), title, particulars)
    cited_act = citations.act_cited(act)
    if cited_act is None:
        return judge_named(text, first, last) or Judgement(None, "which offence it was: no Act is named")
    if is_aimed_at_another(cited_act, section, text):
        return _judge_aim(_joined(title, particulars), text, first, last)
    if cited_act.name == citations.COMMON_LAW:
        if not text:
            return Judgement(None, "which common law offence it was")
        of_common_law = [entry for entry in entries() if entry.act.name == citations.COMMON_LAW and mentions(entry.words, text)]
        return _strictest(_judge_entry(entry, (), text, first, last) for entry in of_common_law)
    listed = tuple(entry for entry in entries() if entry.act.name == cited_act.name and cited_act.year in (None, entry.act.year))
    return _judge_listed(listed, cited_act, citations.sections_cited(section), text, first, last) if listed else NOT_LISTED


def as_set(judgement: Judgement, additions: object) -> Judgement:
    """The judgement as a force has set the reading of later entries whose first day nothing confirms: `listed` from that
    day, or `person_looks`, which leaves what such an entry excludes to a person (setting `schedule4_additions`)."""
    entry = judgement.entry
    if not judgement.excluded or entry is None or entry.is_day_confirmed or additions != "person_looks":
        return judgement
    since = f"whether it was listed by then: the day named, {entry.start.isoformat()}, is not confirmed"
    return Judgement(None, since, entry)


def searchable_text(*parts: str | None) -> str:
    """Title and particulars as one text to look in, without the names of Acts: the Theft Act is not a theft."""
    return _acts_by_name().sub(" ", _joined(*parts)).strip()


def _joined(*parts: str | None) -> str:
    return " . ".join(part.casefold().strip() for part in parts if part and part.strip())


@lru_cache(maxsize=1)
def _acts_by_name() -> re.Pattern[str]:
    lists = ("schedule4", "trigger_list", "inchoate")
    names = {row["act"].casefold() for name in lists for row in reference_list("section45", name).rows if "year" in row}
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in sorted(names))})\b")


def _judge_listed(
    listed: Sequence[Entry], cited_act: citations.Act, sections: Sequence[citations.Section], text: str, first: date, last: date
) -> Judgement:
    """An Act some of whose sections are listed."""
    if not sections:
        by_name = [entry for entry in listed if mentions(entry.words, text)]
        if by_name:
            return _strictest(_judge_entry(entry, (), text, first, last) for entry in by_name)
        is_not_listed = _not_on_it(text)
        return NOT_LISTED if is_not_listed else Judgement(None, "which section of the Act it was")
    judgement = _strictest(_judge_section(listed, section, sections, text, first, last) for section in sections)
    if cited_act.year is None and judgement.excluded and not (judgement.entry and mentions(judgement.entry.words, text)):
        return Judgement(None, "which Act it was: its year is not given", judgement.entry)
    return judgement


def _judge_section(
    listed: Sequence[Entry], section: citations.Section, sections: Sequence[citations.Section], text: str, first: date, last: date
) -> Judgement:
    conditional = [entry for entry in listed if entry.condition and entry.within and entry.within.number == section.number]
    if conditional:
        return _judge_entry(conditional[0], sections, text, first, last)
    whole = [entry for entry in listed if entry.within and (section.lies_in(entry.within) or _is_whole(entry, section))]
    if whole:
        return _strictest(_judge_entry(entry, sections, text, first, last) for entry in whole)
    longer = next((entry for entry in listed if entry.within and section.may_be(entry.within)), None)
    if longer:
        return Judgement(None, f"whether it was section {longer.shown_section}", longer)
    if section.number != "part2" and any(entry.within and entry.within.number == "part2" for entry in listed):
        return Judgement(None, "whether it lies in Part 2 of the Order", listed[0])
    return NOT_LISTED


def _is_whole(entry: Entry, section: citations.Section) -> bool:
    """An entry whose section holds no offence that is not listed: the bare number is enough."""
    return bool(entry.whole_section and entry.within and entry.within.number == section.number)


def _judge_entry(entry: Entry, sections: Sequence[citations.Section], text: str, first: date, last: date) -> Judgement:
    """One entry that fits the citation: by its dates, then by its condition."""
    has_ended = bool(entry.end and entry.end < first)
    if last < entry.start or has_ended:
        return NOT_LISTED
    judgement = Judgement(True, None, entry)
    if entry.condition:
        judgement = _judge_condition(entry, _conditions()[entry.condition], sections, text)
    # Before commencement there was no defence at all, so that crossing that day leaves nothing open about the Schedule.
    since_commencement = entry.start <= COMMENCED or entry.start <= first
    until_its_end = entry.end is None or last <= entry.end
    if judgement.excluded is not False and not (since_commencement and until_its_end):
        return Judgement(None, f"when it was done: the entry applies from {entry.start.isoformat()}", entry)
    return judgement


def _judge_condition(entry: Entry, condition: Condition, sections: Sequence[citations.Section], text: str) -> Judgement:
    excluded, open_ = Judgement(True, None, entry), NOT_LISTED
    by_section = None
    if any(section.lies_in(listed) for section in sections for listed in condition.excluded_sections):
        by_section = excluded
    elif any(section.lies_in(listed) for section in sections for listed in condition.open_sections):
        by_section = open_
    by_words = None
    if mentions(condition.excluded_words, text):
        by_words = excluded
    elif mentions(condition.open_words, text):
        by_words = open_
    if condition.words_first and by_words is excluded:
        return excluded
    return by_section or by_words or Judgement(None, condition.depends_on, entry)


def _strictest(candidates: Iterable[Judgement]) -> Judgement:
    """Of several offences in one line, one excluded excludes it; one that is open leaves it to a person."""
    judgements = list(candidates)
    for wanted in (True, None):
        for judgement in judgements:
            if judgement.excluded is wanted:
                return judgement
    return NOT_LISTED


@lru_cache(maxsize=1)
def _aimed_at_another() -> tuple[tuple[citations.Act, tuple[str, ...], tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (_act(row), tuple(section.casefold() for section in row.get("sections", ())), patterns(row.get("words", ())))
        for row in reference_list("section45", "inchoate").rows
    )


def is_aimed_at_another(cited_act: citations.Act, section: str | None, text: str) -> bool:
    """Conspiracy, attempt, encouraging or aiding, which follow the offence they were aimed at (paragraph 37)."""
    for act, sections, words in _aimed_at_another():
        if act.name != cited_act.name or (cited_act.year and act.year and cited_act.year != act.year):
            continue
        if words:
            return mentions(words, text)
        cited = citations.sections_cited(section)
        return not cited or any(cited_section.number in sections for cited_section in cited)
    return False


def _judge_aim(whole: str, text: str, first: date, last: date) -> Judgement:
    """By the offence that the whole of what is told cites, else by the one that its words name."""
    for aim, section in citations.cited_in(whole, _known_acts()):
        if not section and aim.name not in _listed_acts():
            return NOT_LISTED
        if section and not is_aimed_at_another(aim, section, ""):
            return judge(f"{aim.name} {aim.year}", section, text, None, first, last)
    judgement = judge_named(text, first, last)
    return judgement or Judgement(None, "which offence it was aimed at")


@lru_cache(maxsize=1)
def _known_acts() -> frozenset[str]:
    """The names of all Acts in the lists of this app."""
    lists = ("schedule4", "trigger_list", "inchoate")
    return frozenset(_act(row).name for name in lists for row in reference_list("section45", name).rows)


@lru_cache(maxsize=1)
def _listed_acts() -> frozenset[str]:
    """The names of Acts with an entry, and of those that only aim at another offence."""
    aimed = (act.name for act, _, _ in _aimed_at_another())
    return frozenset((*(entry.act.name for entry in entries()), *aimed))


def judge_named(text: str, first: date, last: date) -> Judgement | None:
    """The offence that a text names, without citing it; None when it names none that is known."""
    listed = [entry for entry in entries() if entry.words and mentions(entry.words, text)]
    if listed:
        return _strictest(_judge_entry(entry, (), text, first, last) for entry in listed)
    return NOT_LISTED if _not_on_it(text) else None


def _not_on_it(text: str) -> bool:
    """Whether a text names an offence that is known not to be listed."""
    lists = (reference_list("section45", "trigger_list"), reference_list("section45", "named_offences"))
    return any(mentions(patterns_of(row["words"] and tuple(row["words"])), text) for source in lists for row in source.rows)


@lru_cache(maxsize=256)
def patterns_of(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The same, worked out once for a list."""
    return patterns(words)

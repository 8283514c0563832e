"""Reading how an offence is cited: its Act and year, its section and subsection, without regard to case, spaces or
`section`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lodestar.platform.text.reference_lists import reference_list

COMMON_LAW = "commonlaw"

_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)\b")
_NUMBER = re.compile(r"(?<![(\w])(\d+[A-Za-z]*)((?:\s*\(\s*[0-9A-Za-z]+\s*\))*)")
# A section written into the Act: "Theft Act 1968 s8", "section 18 of the Offences Against the Person Act 1861".
_SECTION_IN_ACT = re.compile(
    r"(?<![\s,(])[\s,(]*+(?<![a-z'\u2019])(?:sections?|sec|ss?)\.?\s*(\d+[a-z]*(?:\s*\([0-9a-z]+\))*)[\s,)]*(?:of\b)?",
    re.IGNORECASE,
)
_IS_LAW = re.compile(r"\b(?:acts?|orders?|regulations?|rules|code|law|bill|decree|ordinance|byelaws?|measure)\b")
_SAYS_NO_OFFENCE = re.compile(r"\b(?:an?|at|common|contrary|law|offences?|of|the|to|under)\b")
_PART = re.compile(r"part\s*(2|ii)\b", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_CITED_SECTION = r"(?:s\.?|ss\.?|section|sections)\s*(?P<{name}>\d+[a-z]*(?:\s*\([0-9a-z]+\))*)"
_CITED = re.compile(
    rf"(?:{_CITED_SECTION.format(name='before')}\s*+(?:(?:of\b|,)\s*+)?(?:the\s++)?)?"
    r"(?P<act>[a-z][a-z',&() -]{0,150}? act)\s*,?\s*(?P<year>1[6-9]\d\d|20\d\d)"
    rf"(?:\s*,?\s*{_CITED_SECTION.format(name='after')})?"
)


@dataclass(frozen=True)
class Act:
    """An Act as cited: `name` in plain letters, `year` None where it was not given."""

    name: str
    year: int | None


@dataclass(frozen=True)
class Section:
    """A section as cited: its number (`16a`) and what stands in brackets after it (`("1", "a")`)."""

    number: str
    inside: tuple[str, ...]

    def lies_in(self, other: "Section") -> bool:
        """Whether it is the other section or part of it: 5(3) lies in 5, 5A does not."""
        return self.number == other.number and self.inside[: len(other.inside)] == other.inside

    def may_be(self, other: "Section") -> bool:
        """Whether it is too short to tell: 5 may be 5(3)."""
        return self != other and other.lies_in(self)


def act_and_section(act: str | None, section: str | None) -> tuple[str | None, str | None]:
    """Act and section, each by itself: a section that was written into the Act is taken out, and counts when no other
    is given."""
    match = _SECTION_IN_ACT.search(act or "")
    if act is None or match is None:
        return act, section
    alone = f"{act[: match.start()]} {act[match.end() :]}".strip()
    return alone, section if section and section.strip() else match[1]


@lru_cache(maxsize=4096)
def act_cited(text: str | None) -> Act | None:
    """The Act of a text; None when there is none, or the text is no Act but an offence. The year is the last one in it."""
    if text is None or not text.strip():
        return None
    lowered = text.casefold().replace("&", " and ")
    plain = re.sub(r"\(\s*si\b[^)]*\)", " ", lowered)
    years = _YEAR.findall(plain) or _YEAR.findall(lowered)
    year = int(years[-1]) if years else None
    name = _NOT_A_WORD.sub("", re.sub(r"^\s*the\b", "", _YEAR.sub(" ", plain)))
    if COMMON_LAW in name and not re.search(r"\bact\b", plain):
        return Act(COMMON_LAW, None)
    if not name:
        return None
    full = _by_initials().get((name, year)) or _short_names().get(name)
    if full is None and year is None and not _IS_LAW.search(plain):
        return None
    return Act(full or name, year)


def offence_in(act: str | None) -> str | None:
    """The offence that stands where the Act should, as in *Murder* or *common law (kidnapping)*; None beside an Act."""
    cited_act = act_cited(act)
    if act is None or (cited_act is not None and cited_act.name != COMMON_LAW):
        return None
    return _SAYS_NO_OFFENCE.sub(" ", act.casefold()).strip(" .,;:()-") or None


@lru_cache(maxsize=1)
def _by_initials() -> Mapping[tuple[str, int | None], str]:
    """The listed Acts by initials and year: TA 1968 is the Theft Act, TA 2000 the Terrorism Act."""
    acts_by_initials = {}
    for listed in ("schedule4", "trigger_list", "inchoate"):
        for row in reference_list("section45", listed).rows:
            words = re.findall(r"[a-z]+", row["act"].casefold().replace("'s", ""))
            initials = "".join(word[0] for word in words if word not in ("and", "of", "the"))
            acts_by_initials[initials, row.get("year")] = _NOT_A_WORD.sub("", row["act"].casefold())
    return acts_by_initials


@lru_cache(maxsize=1)
def _short_names() -> Mapping[str, str]:
    """Acts by the letters officers write for them without a year, where one Act is meant."""
    listed = reference_list("section45", "schedule4").header["short_names"]
    return {short: _NOT_A_WORD.sub("", name.casefold()) for short, name in listed.items()}


@lru_cache(maxsize=4096)
def sections_cited(text: str | None) -> tuple[Section, ...]:
    """The sections of a text, in their order. `1(1) and (3)` is 1(1) and 1(3)."""
    if text is None:
        return ()
    if _PART.search(text):
        return (Section("part2", ()),)
    plain = re.sub(r"\(\s+", "(", re.sub(r"(?<![a-z])(?:sections?|sec|ss?)\.?\s*(?=\d)", " ", text.casefold()))
    sections = []
    for match in _NUMBER.finditer(plain):
        inside = tuple(re.findall(r"[0-9a-z]+", match[2]))
        sections.append(Section(match[1], inside))
    # What follows in brackets of its own after "and", "or" or a comma belongs to the section before it.
    for also in re.findall(r"(?:and|or|,|/|&)\s*((?:\(\s*[0-9a-z]+\s*\)\s*)+)", plain):
        if sections:
            inside = tuple(re.findall(r"[0-9a-z]+", also))
            prefix = sections[-1].inside[: max(0, len(sections[-1].inside) - len(inside))]
            sections.append(Section(sections[-1].number, (*prefix, *inside)))
    return tuple(dict.fromkeys(sections))


@lru_cache(maxsize=4096)
def cited_in(text: str, known_acts: frozenset[str]) -> tuple[tuple[Act, str | None], ...]:
    """Every Act with its year that a free text cites, with its section if one is given.

    Words run into the name of an Act from before it; `known` names tell where one begins.
    """
    citations = []
    for match in _CITED.finditer(text.casefold()):
        words = match["act"].split()
        names = (_NOT_A_WORD.sub("", "".join(words[start:])) for start in range(len(words)))
        name = next((candidate for candidate in names if candidate in known_acts), _NOT_A_WORD.sub("", match["act"]))
        citations.append((Act(name, int(match["year"])), match["before"] or match["after"]))
    return tuple(citations)


def cited(offence: str) -> dict[str, str]:
    """The Act and the section that words cite; nothing where they cite none."""
    act, section = act_and_section(offence, None) if act_cited(offence) else ("", None)
    act, section = (act or "").strip(" ,;"), (section or "").strip()
    is_cited = bool(section) and len(act) <= 200 and len(section) <= 40
    return {"act": act if is_cited else "", "section": section if is_cited else ""}

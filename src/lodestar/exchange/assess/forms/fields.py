"""Every field of a made-up case: its label, how it is filled in, and the key of `assess` that it stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lodestar.platform.obligations import facts

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """One field. `path` is where its value stands within the part; `kind` is text, whole, flag, choice, choices, slugs,
    flag_or_when, or since (the beginning of a span)."""

    path: tuple[str, ...]
    label: str
    kind: str = "text"
    choices: Choices = ()
    hint: str = ""
    width: int = 0

    @property
    def name(self) -> str:
        """Its name in the form."""
        return "_".join(self.path)


@dataclass(frozen=True)
class Part:
    """One part of the case, which is filled in at one time: the case itself, a person, what they answered, one
    exploitation, one act. `path` leads to it in what `assess` takes."""

    id: str
    kind: str
    path: tuple[str | int, ...]
    title: str


DAY = "A year, a month or a day: 2025, 2025-11 or 2025-11-03"
AREAS = "Like fenmarch, with commas between"

_WORDS = {
    "nrm": "NRM", "dtn": "Duty to Notify", "uk": "In the UK", "england_wales": "England or Wales",
    "none": "None", "not_needed": "None needed", "reasonable_grounds": "Reasonable grounds", "signs_only": "Signs only",
    "rg_positive": "Reasonable grounds: yes", "rg_negative": "Reasonable grounds: no", "cg_positive": "Conclusive: yes",
    "cg_negative": "Conclusive: no", "in_doubt": "In doubt", "family_uk": "Family in the UK",
    "family_abroad": "Family abroad", "no_further_action": "No further action", "person": "The person",
}  # fmt: skip


def words_of(value: str) -> str:
    """A choice in words."""
    return _WORDS.get(value) or value.replace("_", " ").capitalize()


def _choices(values: Sequence[str]) -> Choices:
    return tuple((value, words_of(value)) for value in values)


YES_NO: Choices = (("yes", "Yes"), ("no", "No"))


def _flag(*path: str, label: str, more: Choices = ()) -> Field:
    return Field(path, label, "flag", (*YES_NO, *more))


def _choice(*path: str, label: str, values: Sequence[str]) -> Field:
    return Field(path, label, "choice", _choices(values))


def _ticks(*path: str, label: str, values: Sequence[str]) -> Field:
    return Field(path, label, "choices", _choices(values))


CASE = (
    Field(("reference",), "Reference", hint="Any text; it comes back in the answer"),
    Field(("force",), "Force", hint="Like fenmarch", width=20),
    _choice("nation", label="Nation", values=facts.NATIONS),
    Field(("case", "police_areas"), "Police areas", "slugs", hint=AREAS),
    _flag("case", "organised_group", label="An organised group"),
    _flag("case", "people_out_of_force", label="People out of the force’s area"),
    _flag("case", "links_abroad", label="Links abroad"),
    Field(("case", "deaths"), "Deaths", "whole", width=3),
    _flag("case", "diplomat", label="A diplomat’s household"),
)
PERSON = (
    Field(("id",), "Name to use here", hint="Not a real name", width=10),
    _ticks("roles", label="Their part in it", values=facts.ROLES),
    _choice("belief", label="Belief that they are a victim", values=facts.BELIEFS),
    Field(("birth", "age_min"), "Youngest they could be", "whole", width=3),
    Field(("birth", "age_max"), "Oldest they could be", "whole", width=3),
    Field(("birth", "date"), "Date of birth", hint=DAY, width=10),
    _choice("birth", "basis", label="How the age is known", values=facts.AGE_BASES),
    _choice("place", label="Where they are", values=facts.PLACES),
    _flag("alive", label="Alive"),
    Field(("contact_lost",), "Contact lost", "flag_or_when", hint="yes, no, or when, like 2026-03-03T07:00+00:00", width=20),
    _ticks("needs", label="Needs", values=facts.NEEDS),
    _ticks("helpers", label="Who came or was sent", values=facts.HELPERS),
    _ticks("seized", label="Seized from them", values=facts.SEIZED),
    _ticks("threats", label="Threats to", values=facts.THREATS),
    _flag("care_and_support_needs", label="Care and support needs"),
    _flag("british", label="British"),
    _flag("found_after_missing", label="Found after being missing"),
)
ANSWERS = (
    _flag("consent", "nrm", label="Agrees to the NRM"),
    _flag("consent", "capacity", label="Able to decide", more=(("in_doubt", "In doubt"),)),
    _flag("consent", "spoke_alone", label="Spoke alone"),
    _choice("consent", "interpreter", label="Interpreter", values=facts.INTERPRETERS),
    _flag("consent", "wants_time", label="Wants time"),
    _flag("consent", "may_be_named", label="May be named in a Duty to Notify"),
    _choice("earlier_referral", "route", label="Referred before by", values=facts.ROUTES_BEFORE),
    Field(("earlier_referral", "by"), "By who"),
    Field(("earlier_referral", "on"), "Referred on", hint=DAY, width=10),
    Field(("earlier_referral", "reference"), "Its reference", width=20),
    _flag("earlier_referral", "same_events", label="About the same events"),
    _choice("earlier_referral", "decision", label="Decision", values=facts.DECISIONS),
    Field(("earlier_referral", "decided_on"), "Decided on", hint=DAY, width=10),
    Field(("earlier_referral", "notice_on"), "Informed on", hint=DAY, width=10),
    _flag("earlier_referral", "new_evidence", label="New evidence since"),
)
EXPLOITATION = (
    _choice("type", label="Kind", values=facts.EXPLOITATION_TYPES),
    Field(("from",), "From", hint=DAY, width=10),
    Field(("to",), "To", width=10),
    _ticks("in", label="Where", values=facts.EXPLOITED_IN),
    Field(("police_areas",), "Police areas", "slugs", hint=AREAS),
    _flag("still_in_situation", label="Still in the situation"),
    _flag("organised", label="Organised"),
)
ACT = (
    Field(("act",), "Act", hint="Like Theft Act 1968, or common law"),
    Field(("section",), "Section", hint="Like 5(3)", width=10),
    Field(("title",), "What it is called"),
    Field(("particulars",), "Particulars"),
    Field(("on", "from"), "Done on, or from", "since", hint=DAY, width=10),
    Field(("on", "to"), "To", hint="Blank if one date; ? if not known", width=10),
    _choice("where", label="Done in", values=facts.WHERE),
    Field(("age_then_min",), "Youngest they were then", "whole", width=3),
    Field(("age_then_max",), "Oldest they were then", "whole", width=3),
    _choice("stage", label="How far it is", values=facts.STAGES),
)
FIELDS: dict[str, tuple[Field, ...]] = {
    "case": CASE,
    "person": PERSON,
    "answers": ANSWERS,
    "exploitation": EXPLOITATION,
    "act": ACT,
}
LISTS = {"exploitation": "exploitation", "act": "suspected_of"}
_LISTED = {"exploitation": "exploitation", "suspected_of": "act"}
_NAMED = {"exploitation": "exploitation {}", "act": "act {} they are suspected of"}
_PATH = re.compile(r"people\[(\d+)\](?:\.(exploitation|suspected_of)\[(\d+)\])?(?:\.(.*))?")


def part_of(kind: str, person: int = 0, item: int = 0) -> Part:
    """A part by its kind, and the places of person and item from 0."""
    who = f"Person {person + 1}"
    if kind == "case":
        return Part("case", kind, (), "The case")
    if kind == "person":
        return Part(f"person-{person}", kind, ("people", person), who)
    if kind == "answers":
        return Part(f"answers-{person}", kind, ("people", person), f"{who}: what they answered, and referrals before")
    path = ("people", person, LISTS[kind], item)
    return Part(f"{kind}-{person}-{item}", kind, path, f"{who}: {_NAMED[kind].format(item + 1)}")


def field_at(path: str) -> tuple[Part, Field | None]:
    """The part and field that a path of `assess` is about, like `people[0].birth.age_min`. No field: the part as a whole."""
    match = _PATH.fullmatch(path)
    if match is None:
        return part_of("case"), _field("case", path)
    person, rest = int(match[1]), match[4] or ""
    if match[2]:
        kind = _LISTED[match[2]]
        return part_of(kind, person, int(match[3])), _field(kind, rest)
    kind = "answers" if rest.split(".")[0] in ("consent", "earlier_referral") else "person"
    return part_of(kind, person), _field(kind, rest)


def _field(kind: str, rest: str) -> Field | None:
    steps = tuple(re.sub(r"\[\d+\]", "", step) for step in rest.split("."))
    return next((field for field in FIELDS[kind] if steps in (field.path, field.path[:1])), None)

"""The full record of one offence: the parts of the test, and what has to be answered before it can be decided.

Modern Slavery Act 2015 s45(1)-(3) for an adult at the act, s45(4) for a child, s45(5) for the characteristics that count,
s45(7) and Schedule 4 for the offences that are left out. The system concludes nothing: it asks for reasons both ways.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lodestar.casework.section45.rules.acts import ActReading
from lodestar.platform.obligations.encounter_reading import PersonReading
from lodestar.platform.obligations.obligations import Owed, owe
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.reference_lists import reference_list

READINGS = (("met", "Met"), ("not_met", "Not met"), ("cannot_tell", "Cannot tell yet"))
CONCLUSIONS = (
    ("likely", "The defence is likely to be available"),
    ("unlikely", "It is not likely to be available"),
    ("cannot_tell", "Not known yet"),
    ("not_open", "It is not open for this offence"),
)
SETTLED = (("excluded", "On Schedule 4"), ("not_excluded", "Not on Schedule 4"))
WEIGHED = (
    ("duress", "Duress"),
    ("self_defence", "Self-defence"),
    ("public_interest", "Public interest"),
    ("abuse_of_process", "Abuse of process"),
)
BEFORE = (
    ("charge", "A charging decision"),
    ("caution", "A caution"),
    ("other_disposal", "Another out-of-court disposal"),
    ("no_further_action", "No further action"),
    ("plea", "A plea"),
    ("hearing", "A hearing"),
    ("review", "No outcome in view: a decision or a new fact"),
)


@dataclass(frozen=True)
class Limb:
    """One part of the test. `test` is child or adult; `about` is what the Act adds to its title."""

    test: str
    number: int
    title: str
    about: str

    @property
    def name(self) -> str:
        """What its fields begin with."""
        return f"{self.test}_{self.number}"


# A child is never asked for compulsion: s45(4) does not have it.
LIMBS = tuple(Limb(row["test"], row["number"], row["title"], row["about"]) for row in reference_list("section45", "limbs").rows)


@dataclass(frozen=True)
class Asked:
    """What the record of one act asks for. `must_weigh`: duress and the rest are all that is open, so each is answered."""

    limbs: tuple[Limb, ...]
    settle: bool
    must_weigh: bool
    law_of_the_time: bool
    elsewhere: bool

    @property
    def conclusions(self) -> tuple[tuple[str, str], ...]:
        """The conclusions that can be drawn: without parts of the test, that the defence is not open, or not known."""
        return CONCLUSIONS if self.limbs else CONCLUSIONS[2:]


def limbs_of(test: str) -> tuple[Limb, ...]:
    """The parts of the child's test, the adult's, or of both where the age at the act is not certain."""
    return tuple(limb for limb in LIMBS if test in (limb.test, "both"))


def asked_of(act: ActReading) -> Asked:
    """What the record of this act asks for. The parts of the test are not asked where the defence cannot be there: on
    Schedule 4, before 31 July 2015, or outside England and Wales."""
    elsewhere = act.facts.where in ("scotland", "northern_ireland", "abroad")
    excluded = act.schedule.excluded is True
    is_there = not (excluded or elsewhere or act.in_force is False)
    return Asked(
        limbs=limbs_of(act.test) if is_there else (), settle=act.schedule.excluded is None and not elsewhere,
        must_weigh=excluded and not elsewhere, law_of_the_time=act.by_date, elsewhere=elsewhere,
    )  # fmt: skip


def lacking(asked: Asked, answers: Mapping[str, str]) -> dict[str, str]:
    """What a decision still lacks, by the name of its field, in words for the decider. Nothing: it can be decided.

    A reading wants something on one side or the other: a tick without a reason helps nobody (Independent Anti-Slavery
    Commissioner's review of the defence, 2020).
    """
    return dict(_lacking(asked, answers))


def _lacking(asked: Asked, answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    excluded = asked.must_weigh or (asked.settle and answers.get("settled") == "excluded")
    if asked.settle:
        yield from _without(answers, "settled", "Settle whether Schedule 4 excludes it")
        yield from _without(answers, "settled_why", "Write which it was, and how that is known")
    for limb in () if excluded else asked.limbs:
        yield from _without(answers, f"{limb.name}_reading", f"Say what you make of part {limb.number}")
        decided = answers.get(f"{limb.name}_reading") in ("met", "not_met")
        if decided and not answers.get(f"{limb.name}_for") and not answers.get(f"{limb.name}_against"):
            yield f"{limb.name}_for", f"Write what points one way or the other on part {limb.number}"
    for name, title in WEIGHED if excluded else ():
        yield from _without(answers, name, f"Write what you considered on {title[0].lower()}{title[1:]}, and why")
    if asked.law_of_the_time:
        yield from _without(answers, "law_note", "Write which law applies to the day of the act")
    if asked.elsewhere:
        yield from _without(answers, "asked_whom", "Write who you asked, and when")
        yield from _without(answers, "their_answer", "Write what they answered")
    yield from _without(answers, "before", "Say what this record comes before")
    yield from _without(answers, "conclusion", "Say what you conclude")
    if excluded and answers.get("conclusion") in ("likely", "unlikely"):
        yield "conclusion", "On Schedule 4 the defence is not open. Say so, or settle Schedule 4 otherwise"
    yield from _without(answers, "reason", "Write why, in your own words")


def _without(answers: Mapping[str, str], name: str, words: str) -> Iterator[tuple[str, str]]:
    if not answers.get(name):
        yield name, words


def schedule_summary(act: ActReading) -> str:
    """What Schedule 4 says of an act by its words, in a few words, to be kept with what was decided on it."""
    judgement = act.schedule
    where = ""
    if judgement.entry:
        of = f", section {judgement.entry.shown_section}" if judgement.entry.shown_section else ""
        where = f"paragraph {judgement.entry.para}, {judgement.entry.shown_act}{of}"
    if judgement.excluded is None:
        return f"It turns on {judgement.depends_on}{f' ({where})' if where else ''}"
    return f"On the list: {where}" if judgement.excluded else "Not on the list"


def may_countersign(user: object, deciders: frozenset[object]) -> bool:
    """Whether somebody took no part: they decided no version of the record of this offence (force policy)."""
    return user not in deciders


QUESTION_STAGES = {
    "stop": "They were stopped on suspicion of an act.",
    "voluntary_interview": "They are to be interviewed about an act.",
    "arrest": "They are arrested on suspicion of an act.",
    "interview": "They are interviewed about an act.",
    "bail_or_remand": "They are bailed or remanded for an act.",
}


def section45_first_question(person: PersonReading) -> list[Owed]:
    """One for each stage at which a suspected act stands, by the stage as its moment: it is asked again at interview and bail.

    It rests on the acts themselves, all of them: another act, or other particulars, opens it again; a move of a known act to
    the next stage does not.
    """
    stages = [stage for stage in QUESTION_STAGES if stage in person.stages]
    if not stages or not person.is_living:
        return []
    rests_on = fingerprint(
        sorted(repr((act.act, act.section, act.title, act.particulars, act.on)) for act in person.facts.suspected_of)
    )
    obligations: list[Owed] = []
    for stage in stages:
        of_stage: dict[str, Any] = {"moment": stage, "why": (QUESTION_STAGES[stage],), "rests_on": rests_on}
        obligations += owe("section45_first_question", person.events, person.day, person=person.id, **of_stage)
    return obligations

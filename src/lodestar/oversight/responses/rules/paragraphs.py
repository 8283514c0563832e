"""What a paragraph may say with which evidence behind it, which numbers may leave, and how two versions differ. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from lodestar.oversight.requirements.evidence import CANNOT_TELL, EVIDENCED, EXPIRED, NONE, STATES, WEAK, Evidence
from lodestar.oversight.requirements.rules.small_numbers import NUMBER, number_of
from lodestar.platform.text.reference_lists import reference_list

ASSURANCE, FACT, GAP, ACTION, NO_ACTION = "assurance", "fact", "gap", "action", "no_action"
PLAN_ITEM = "plan_item"
FORCE, BODY = "force", "body"  # who says it: the force for its chief officer, or the local policing body
DRAFT, SUBMITTED, APPROVED, COMMENTED, PUBLISHED = STEPS = ("draft", "submitted", "approved", "commented", "published")
_HEADER = reference_list("responses", "form_questions").header
KINDS: Mapping[str, str] = dict(_HEADER["options"]["kind"])
STEP_WORDS: Mapping[str, str] = _HEADER["steps"]
REFUSALS: Mapping[str, str] = _HEADER["refusals"]
MARKS: Mapping[str, str] = _HEADER["marks"]
Content = dict[str, Any]  # a response with its evidence as it was read, as a version stores it
ADDRESSEES = {FORCE: "chief_constable", BODY: "policing_body"}
UNTOLD_STATES = (NONE, CANNOT_TELL)
# Names with a number that counts nothing.
_NAMES = re.compile(r"\bsections? \d+\w*(?:\(\w+\))*|\bAct \d{4}\b|\bPIP ?\d\b", re.IGNORECASE)


def best_of(states: Iterable[str]) -> str:
    """The state of several pieces of evidence together: that of the one that shows most; none of none."""
    return max(states, key=STATES.index, default=NONE)


def mark_of(kind: str, states: Sequence[str]) -> str:
    """How a claim is marked wherever it is shown, a code of `MARKS`: without evidence, with evidence that cannot tell, that is
    weak alone or too old. Empty for what is evidenced and for what claims nothing."""
    if kind not in (ASSURANCE, FACT):
        return ""
    if not states:
        return "no_evidence"
    return {NONE: "cannot_tell", CANNOT_TELL: "cannot_tell", WEAK: "weak", EXPIRED: "expired", EVIDENCED: ""}[best_of(states)]


def refusal_of(kind: str, side: str, words: str, role: str, due: bool, kinds: Sequence[str], states: Sequence[str]) -> str:
    """Why a paragraph cannot be written so, a code of `REFUSALS`; empty where it can. `kinds` and `states` are those of its
    evidence: what rests on nothing but *cannot tell* is no assurance; an action says who and by when, and of the force by which
    item of the plan; a reason for none, a gap and an assurance are in words."""
    if kind == ASSURANCE and states and best_of(states) in UNTOLD_STATES:
        return "cannot_tell"
    if kind == ACTION and not (role and due):
        return "action"
    if kind == ACTION and side == FORCE and PLAN_ITEM not in kinds:
        return "plan_item"
    return "words" if not words and ((kind != FACT and kind != GAP) or not kinds) else ""


def is_answered(kinds: Iterable[str]) -> bool:
    """Whether paragraphs of these kinds answer a recommendation: by an action, or by a reason for none (section 55 of the
    Police Act 1996)."""
    return not {ACTION, NO_ACTION}.isdisjoint(kinds)


def suggested_kind(evidence: Evidence) -> str:
    """As what a piece of evidence is suggested: never as assurance, and what is only planned never as done."""
    is_planned = evidence.kind == PLAN_ITEM and evidence.state == WEAK
    return GAP if is_planned or evidence.state in UNTOLD_STATES else FACT


def sentence(evidence: Evidence, mark: str, kind: str = FACT) -> str:
    """What a piece of evidence says in a paragraph of a kind, its reference first. A finding of a peer review says itself how far
    it is; that a thing to be done is not done yet is no weakness of an action."""
    leads = {NONE: "Nothing is recorded of this. ", CANNOT_TELL: "The records cannot show this. "}
    lead = leads.get(evidence.state, "") if evidence.kind != "peer_finding" else ""
    is_claim = kind in (ASSURANCE, FACT) or evidence.kind != PLAN_ITEM
    how = {WEAK: " (weak)", EXPIRED: " (out of date)"}.get(evidence.state, "") if is_claim else ""
    return f"{mark} {evidence.title}{how}: {lead}{evidence.words}"


def unsupported(words: str, evidence: Iterable[Evidence]) -> list[str]:
    """The numbers in an author's own words that none of these pieces of evidence says, in their order."""
    known_values = {
        value for each in evidence for value in (*map(float, each.numbers), *map(number_of, NUMBER.findall(each.words)))
    }
    return [token for token in dict.fromkeys(NUMBER.findall(_NAMES.sub("", words))) if number_of(token) not in known_values]


def other_day(kind: str, due_on: date | None, evidence: Iterable[Evidence]) -> date | None:
    """The day by which the item of the plan is due that an action cites, where the action says another."""
    days = [each.due_on for each in evidence if each.kind == PLAN_ITEM and each.due_on]
    return days[0] if kind == ACTION and due_on and days and due_on not in days else None


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """How a text became another: runs of words that are the `same`, are taken `out` or are put `in`, in their order."""
    old, new = before.split(), after.split()
    runs: list[tuple[str, str]] = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        parts = [("same", old[first:last])] if kind == "equal" else [("out", old[first:last]), ("in", new[start:end])]
        runs += [(code, " ".join(words)) for code, words in parts if words]
    return runs


def evidence_of(content: Content) -> dict[int, Evidence]:
    """The evidence of a response by its number there."""
    rows = enumerate(content["evidence"], 1)
    return {
        number: Evidence(
            **row
            | {"numbers": tuple(row["numbers"])}
            | {name: date.fromisoformat(row[name]) if row.get(name) else None for name in ("day", "due_on")}
        )
        for number, row in rows
    }


def lacking(content: Content, side: str) -> list[str]:
    """The numbers of the recommendations to this side that have neither an action nor a reason for none, or an assurance that
    rests on nothing but *cannot tell*."""
    evidence = evidence_of(content)
    refused = {
        each["recommendation"]
        for each in content["paragraphs"]
        if each["kind"] == ASSURANCE and each["side"] == side and each["evidence"]
        and best_of(evidence[number].state for number in each["evidence"]) in UNTOLD_STATES
    }  # fmt: skip
    kinds: dict[str, set[str]] = {}
    for each in content["paragraphs"]:
        if each["side"] == side:
            kinds.setdefault(each["recommendation"], set()).add(each["kind"])
    return [
        row["number"]
        for row in content["recommendations"]
        if ADDRESSEES[side] in row["to"] and (row["id"] in refused or not is_answered(kinds.get(row["id"], ())))
    ] + ["governance"] * ("" in refused)


def progress_of(kinds: Sequence[str], marks: Iterable[str], *, answers: bool) -> str:
    """How far a recommendation is answered: `empty`, `marked` where a claim is, `drafted` without an action or a reason for none
    where it needs one (`answers`), else `ready`."""
    if not kinds:
        return "empty"
    return "marked" if any(marks) else "drafted" if answers and not is_answered(kinds) else "ready"

"""What a paragraph may say with which evidence behind it, which numbers may leave, and how two versions differ. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from lodestar.oversight.requirements.evidence import CANNOT_TELL, EVIDENCED, EXPIRED, NONE, STATES, WEAK, Evidence
from lodestar.platform.statistics.suppression import LEAST, hidden_in
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.uk_dates import MONTHS

ASSURANCE, FACT, GAP, ACTION, NO_ACTION = "assurance", "fact", "gap", "action", "no_action"
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
# Of a kind that counts people or cases small numbers are hidden; a plan item or a document has dates and no counts.
COUNTS_PEOPLE = frozenset({"measure", "deep_dive", "training", "obligation"})
_NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
_SHARE = re.compile(r",? ?\d[\d.]*%(?: \([^)]*%\))?| \(\d[\d.]* to \d[\d.]*%\)")
_OF = re.compile(r"(?<![\d,])(\d[\d,]*) of (\d(?:[\d,]*\d)?)")
_DATE = rf"\d{{1,2}} (?:{'|'.join(month.capitalize() for month in MONTHS)}) \d{{4}}"
HIDDEN, FEWER, ALL_BUT = " (share not shown)", f"fewer than {LEAST}", f"all but fewer than {LEAST} of"


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
    if kind == ACTION and side == FORCE and "plan_item" not in kinds:
        return "plan_item"
    return "words" if not words and ((kind != FACT and kind != GAP) or not kinds) else ""


def is_answered(kinds: Iterable[str]) -> bool:
    """Whether paragraphs of these kinds answer a recommendation: by an action, or by a reason for none (section 55 of the
    Police Act 1996)."""
    return not {ACTION, NO_ACTION}.isdisjoint(kinds)


def suggested_kind(state: str) -> str:
    """As what a piece of evidence is suggested: never as assurance."""
    return GAP if state in UNTOLD_STATES else FACT


def sentence(evidence: Evidence, mark: str) -> str:
    """What a piece of evidence says in a response, its reference first."""
    lead = {NONE: "Nothing is recorded of this. ", CANNOT_TELL: "The records cannot show this. "}.get(evidence.state, "")
    how = {WEAK: " (weak)", EXPIRED: " (out of date)"}.get(evidence.state, "") if evidence.kind != "plan_item" else ""
    return f"{mark} {evidence.title}{how}: {lead}{evidence.words}"


def _value(token: str) -> float:
    return float(token.replace(",", ""))


def unsupported(words: str, evidence: Iterable[Evidence]) -> list[str]:
    """The numbers in an author's own words that none of these pieces of evidence says, in their order."""
    known_values = {
        value for each in evidence for value in (*map(float, each.numbers), *map(_value, _NUMBER.findall(each.words)))
    }
    return [token for token in dict.fromkeys(_NUMBER.findall(words)) if _value(token) not in known_values]


def small_numbers(kind: str, words: str, numbers: Iterable[float]) -> frozenset[int]:
    """The counts in a piece of evidence that may not leave the force by the rule of releases: small ones, and those that would
    give one away beside their whole. None where it counts nobody."""
    if kind not in COUNTS_PEOPLE:
        return frozenset()
    counts = [int(number) for number in numbers if number == int(number)]
    lines = [
        [int(_value(part)), int(_value(whole)) - int(_value(part)), int(_value(whole))] for part, whole in _OF.findall(words)
    ]
    if kind == "measure" and len(counts) > 1:  # of so many, and for how many of these it cannot be told
        part, whole, *untold = counts
        lines.append([part, *untold, whole - part - sum(untold), whole])
    hidden = {number for number in counts if 0 < number < LEAST}
    for line in lines:
        known_values = dict(zip(((place,) for place in range(len(line))), line, strict=True))
        if min(line) >= 0:
            hidden |= {known_values[place] for place in hidden_in([[*known_values]], known_values)} & {*counts, line[0], line[-1]}
    return frozenset(hidden)


def published(words: str, hidden: frozenset[int]) -> str:
    """The words with each hidden count as *fewer than five* and without the shares that would give it away."""
    if not hidden:
        return words

    def pair(match: re.Match[str]) -> str:
        part, whole = (int(_value(token)) for token in match.groups())
        if whole in hidden:
            return FEWER
        if part not in hidden:
            return match[0]
        return f"{FEWER} of {match[2]}" if part < LEAST else f"{ALL_BUT} {match[2]}" if whole - part < LEAST else match[0]

    words = _OF.sub(pair, _SHARE.sub(HIDDEN, words))
    stored_row = re.split(f"({re.escape(ALL_BUT)}|{re.escape(FEWER)}|{_DATE})", words)
    words = "".join(
        piece if nth % 2 else _NUMBER.sub(lambda token: _token_words(token[0], hidden), piece)
        for nth, piece in enumerate(stored_row)
    )
    return words[:1].upper() + words[1:]


def _token_words(token: str, hidden: frozenset[int]) -> str:
    return token if _value(token) not in hidden else FEWER if _value(token) < LEAST else "(number not shown)"


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
            **row | {"numbers": tuple(row["numbers"]), "day": date.fromisoformat(row["day"]) if row["day"] else None}
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

"""The questions of a deep dive, its strata and grades as dated lists: which come blank, who marks twice, and the grade. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from lodestar.platform.questionnaires.rules import QuestionSet, question_set
from lodestar.platform.registers.rules import state_rules
from lodestar.platform.text.reference_lists import reference_list, rows_on
from lodestar.platform.time.days import add_months

APP = "deep_dives"
MET, PARTLY, NOT_MET, NOT_APPLICABLE, CANNOT_TELL = "met", "partly", "not_met", "not_applicable", "cannot_tell"
ANSWERS: Mapping[str, str] = dict(reference_list(APP, "questions").header["options"]["answer"])
SECTIONS: Mapping[str, str] = reference_list(APP, "questions").header["sections"]
STRATA: Mapping[str, str] = {row["code"]: row["name"] for row in reference_list(APP, "strata").rows}
GRADES: Mapping[str, str] = {row["code"]: row["name"] for row in reference_list(APP, "grades").rows}
FINDING = state_rules(APP, "finding_states")
REFUSALS: Mapping[str, str] = {row["code"]: row["name"] for row in reference_list(APP, "refusals").rows}
MISSED_SIGN = "A1"  # the question whose failure makes a need of training
JUDGED = (MET, PARTLY, NOT_MET)  # what counts in a share
BLANK_PART, TWICE_PART = 5, 5  # a fifth comes blank, a fifth is marked twice


@dataclass(frozen=True)
class Quarter:
    """A quarter of the calendar, by its first and its last day."""

    first: date
    last: date


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Quarter(first, add_months(first, 3) - timedelta(days=1))


@dataclass(frozen=True)
class Item:
    """One question. `ledger` are the tasks that answer it beforehand, none where only a person can."""

    code: str
    words: str
    section: str
    is_critical: bool
    ledger: tuple[str, ...]


@lru_cache(maxsize=64)
def items_of(version: str) -> tuple[Item, ...]:
    """The questions of a version, in their order."""
    return tuple(
        Item(row["code"], row["words"], row["section"], row.get("critical", False), tuple(row.get("ledger", ())))
        for row in rows_on(APP, "questions", date.fromisoformat(version))
    )  # fmt: skip


def questions_on(day: date) -> QuestionSet:
    """The questions of a day with their version."""
    return question_set(APP, "questions", day)


def stratum_of(facts: Collection[str], day: date) -> str:
    """The first stratum of the day's list that is true of a case; the last is true of every case."""
    codes: list[str] = [row["code"] for row in rows_on(APP, "strata", day)]
    return next((code for code in codes if code in facts), codes[-1])


def _lot(seed: int, *parts: str) -> bytes:
    return sha256("\x1f".join((str(seed), *parts)).encode()).digest()


def blank_questions(seed: int, reference: str, items: Sequence[Item]) -> frozenset[str]:
    """Which questions of a case are not filled in beforehand: the critical ones, and of the others that the ledger can answer a
    fifth, rounded up, which the seed chooses."""
    others = [item.code for item in items if not item.is_critical and item.ledger]
    chosen = sorted(others, key=lambda code: _lot(seed, reference, code))[: -(-len(others) // BLANK_PART)]
    return frozenset(chosen) | {item.code for item in items if item.is_critical}


def marked_twice(seed: int, references: Collection[str]) -> frozenset[str]:
    """Which cases a second reviewer marks as well: a fifth, rounded up, and so at least one."""
    chosen = sorted(references, key=lambda reference: _lot(seed, "second", reference))
    return frozenset(chosen[: -(-len(chosen) // TWICE_PART)])


def refusal_of(reviewer: Any, case: Any, managers: Collection[Any], before: Collection[Any]) -> str:
    """Why somebody may not review a case, empty where they may: they own it, have it meanwhile, recorded it, manage its owner,
    or were given it before. `case` has `owner_id`, `interim_owner_id` and `opened_by_id`."""
    if reviewer == case.owner_id:
        return "owner"
    if reviewer == case.interim_owner_id:
        return "interim_owner"
    if reviewer == case.opened_by_id:
        return "recorded"
    if reviewer in managers:
        return "manager"
    return "before" if reviewer in before else ""


def grade_of(answers: Mapping[str, str], items: Iterable[Item], day: date) -> tuple[str, tuple[str, ...]]:
    """The grade of a case by the thresholds of a day, and the critical questions that it failed."""
    rows = rows_on(APP, "grades", day)
    asked = list(items)
    critical = tuple(item.code for item in asked if item.is_critical and answers.get(item.code) == NOT_MET)
    if critical:
        return str(rows[-1]["code"]), critical
    judged = [answers[item.code] for item in asked if not item.is_critical and answers.get(item.code) in JUDGED]
    if not judged:
        return str(rows[1]["code"]), ()  # nothing shows that it is good, and nothing that it is not
    met, partly = judged.count(MET), judged.count(PARTLY)
    for row in rows:
        if met * 100 >= row["least_met"] * len(judged) and (met + partly) * 100 >= row["least_met_or_partly"] * len(judged):
            return str(row["code"]), ()
    return str(rows[-1]["code"]), ()


def lacks(answer: str, note: str, evidence: str) -> str:
    """Which box an answer lacks: anything but Met wants a note and where the evidence is; empty where nothing is missing."""
    if not answer or answer == MET:
        return ""
    return "note" if not note else "" if evidence else "evidence"

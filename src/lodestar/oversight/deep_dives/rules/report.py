"""The report of a deep dive as numbers: shares with intervals, grades, agreement, comparisons. Pure, and without names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lodestar.oversight.deep_dives.rules.questions import ANSWERS, GRADES, JUDGED, MET, Item
from lodestar.platform.statistics.agreement import cohens_kappa
from lodestar.platform.statistics.intervals import FEW, interval_words

TOO_FEW = "Too few to say"


@dataclass(frozen=True)
class Reviewed:
    """One case with its answers by question: of the marking that counts, of the second, and of the machine; `blank` are those
    that came blank."""

    stratum: str
    kinds: tuple[str, ...]
    grade: str
    critical: tuple[str, ...]
    answers: Mapping[str, str]
    second: Mapping[str, str] = field(default_factory=dict)
    machine: Mapping[str, str] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()


def share_words(k: int, n: int) -> str:
    """A share with its interval; of fewer than ten, that they are too few."""
    return f"{TOO_FEW}: {k} of {n}" if n < FEW else interval_words(k, n)


def agreement(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """How two who answered agree: Cohen's kappa, None where it cannot be worked out, how many were the same, and n."""
    kappa = cohens_kappa(pairs)
    same = sum(first == second for first, second in pairs)
    return {"kappa": None if kappa is None else round(kappa, 2), "same": same, "n": len(pairs)}


def question_counts(cases: Iterable[Reviewed], items: Sequence[Item]) -> list[dict[str, Any]]:
    """Of each question how often each answer was given, and Met of those judged."""
    reviewed, rows = list(cases), []
    for item in items:
        counts = Counter(case.answers.get(item.code, "") for case in reviewed)
        rows.append(
            {
                "code": item.code, "critical": item.is_critical, "counts": {answer: counts[answer] for answer in ANSWERS},
                "met": counts[MET], "judged": sum(counts[answer] for answer in JUDGED),
            }
        )  # fmt: skip
    return rows


def _group(cases: Sequence[Reviewed]) -> dict[str, Any]:
    grades = Counter(case.grade for case in cases)
    return {"cases": len(cases), "failed": sum(bool(case.critical) for case in cases)} | {code: grades[code] for code in GRADES}


def report_of(cases: Sequence[Reviewed], items: Sequence[Item], *, in_frame: int, drawn: int, not_drawn: int) -> dict[str, Any]:
    """All numbers of a deep dive, as they are stored when it is completed."""
    strata = dict.fromkeys(case.stratum for case in cases)
    kinds = dict.fromkeys(kind for case in cases for kind in case.kinds)
    machine = [(case, code, case.machine[code], answer) for case in cases for code, answer in case.answers.items()
               if code in case.machine]  # fmt: skip
    return {
        "in_frame": in_frame,
        "drawn": drawn,
        "not_drawn": not_drawn,
        "all": _group(cases),
        "questions": question_counts(cases, items),
        "critical": dict(Counter(code for case in cases for code in case.critical)),
        "reviewers": agreement([(case.answers[code], case.second[code]) for case in cases for code in case.answers
                                if code in case.second]),
        "machine_blank": agreement([(by, answer) for case, code, by, answer in machine if code in case.blank]),
        "machine_filled": agreement([(by, answer) for case, code, by, answer in machine if code not in case.blank]),
        "strata": {code: _group([case for case in cases if case.stratum == code]) for code in strata},
        "kinds": {code: _group([case for case in cases if code in case.kinds]) for code in kinds},
    }  # fmt: skip

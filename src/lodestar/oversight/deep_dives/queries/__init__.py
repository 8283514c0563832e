"""Named reads of deep dives: the grades of cases, who may review which, what is left to do."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lodestar.casework.cases.models import Case
from lodestar.oversight.deep_dives.models import CaseReview, DeepDive, Dispute, DrawnCase, Finding
from lodestar.oversight.deep_dives.rules.questions import items_of
from lodestar.oversight.deep_dives.rules.report import Reviewed, report_of
from lodestar.platform.accounts.models import Membership

OPEN_DISPUTE = Exists(Dispute.objects.filter(drawn=OuterRef("pk"), settled=""))
Answers = Mapping[str, Mapping[str, Any]]  # by question: answer, note, evidence, machine, blank


@dataclass(frozen=True)
class Grade:
    """The grade of a case in its latest deep dive, the day on which it was decided, and the critical questions that failed."""

    grade: str
    decided_on: date
    critical: tuple[str, ...]


def grades_of(cases: Iterable[UUID]) -> dict[UUID, Grade]:
    """The latest grade of each of these cases that has one: of reviews that were submitted and are not disputed any more."""
    rows = DrawnCase.objects.filter(~OPEN_DISPUTE, case__in=cases, decided_on__isnull=False).order_by("decided_on", "id")
    columns = rows.values_list("case_id", "grade", "decided_on", "critical")
    return {case: Grade(grade, on, tuple(critical)) for case, grade, on, critical in columns if on}


def answers_of(review: CaseReview) -> dict[str, dict[str, Any]]:
    """What a reviewer has answered so far, by question."""
    stored: dict[str, dict[str, Any]] = json.loads(str(review.answers) or "{}")
    return stored


def drawn_cases(dive: DeepDive) -> QuerySet[DrawnCase]:
    """The cases of a deep dive that nobody has sealed since, by number, each with its case."""
    return dive.cases.filter(case__sealed=False).select_related("case__owner", "dive").order_by("number")


def reviews_of(drawn: Iterable[DrawnCase]) -> dict[UUID, list[CaseReview]]:
    """The reviews of these cases that did not go to another, the first marking first, by case."""
    rows = CaseReview.objects.filter(drawn__in=list(drawn), withdrawn_at__isnull=True).select_related("reviewer")
    reviews: dict[UUID, list[CaseReview]] = defaultdict(list)
    for row in rows.order_by("marking"):
        reviews[row.drawn_id].append(row)
    return reviews


def counted_review(drawn: DrawnCase) -> CaseReview | None:
    """The marking of a case that counts, once it is submitted."""
    return CaseReview.objects.filter(drawn=drawn, marking=1, submitted_at__isnull=False).first()


def role_when_recorded(case: Case) -> str:
    """The role in which the case was recorded: of a missed sign, who needs the training."""
    day = case.recorded_at.date()
    rows = Membership.objects.filter(Q(to_date__isnull=True) | Q(to_date__gte=day), user=case.opened_by_id, from_date__lte=day)
    return next((role for roles in rows.order_by("from_date").values_list("roles", flat=True) for role in roles), "")


def settled_answers(review: CaseReview, disputes: Iterable[Dispute]) -> dict[str, str]:
    """What counts as answered: the first marking, changed where a dispute was settled."""
    answers = {code: row["answer"] for code, row in answers_of(review).items()}
    return answers | {row.question: row.settled for row in disputes if row.settled}


def numbers_of(dive: DeepDive) -> dict[str, Any]:
    """The numbers of a deep dive: as stored when it was completed, else of what is submitted by now."""
    if dive.report is not None:
        stored: dict[str, Any] = dive.report
        return stored
    cases = list(drawn_cases(dive))
    reviews, disputes = reviews_of(cases), defaultdict(list)
    for row in Dispute.objects.filter(drawn__in=cases):
        disputes[row.drawn_id].append(row)
    reviewed = [_reviewed(case, reviews[case.id], disputes[case.id]) for case in cases if case.grade]
    return report_of(
        reviewed, items_of(dive.version), in_frame=len(dive.frame), drawn=len(cases), not_drawn=dive.not_drawn
    )  # fmt: skip


def _reviewed(drawn: DrawnCase, reviews: Iterable[CaseReview], disputes: Iterable[Dispute]) -> Reviewed:
    first, second = ([row for row in reviews if row.marking == marking and row.submitted_at] for marking in (1, 2))
    rows = answers_of(first[0])
    return Reviewed(
        stratum=drawn.stratum, kinds=tuple(drawn.kinds), grade=drawn.grade, critical=tuple(drawn.critical),
        answers=settled_answers(first[0], disputes),
        second={code: row["answer"] for review in second for code, row in answers_of(review).items()},
        machine={code: row["machine"] for code, row in rows.items() if row["machine"]},
        blank=frozenset(code for code, row in rows.items() if row["blank"]),
    )  # fmt: skip


def shares_of(numbers: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Of each question of a report how often it was Met, and how often it was judged."""
    return {row["code"]: (row["met"], row["judged"]) for row in numbers["questions"]}


def left_to_do(dive: DeepDive) -> tuple[int, int]:
    """How many reviews are not submitted, or not given to anybody; and how many disputes are not settled."""
    cases = list(drawn_cases(dive))
    wanted = sum(2 if case.is_twice else 1 for case in cases)
    submitted = CaseReview.objects.filter(drawn__in=cases, submitted_at__isnull=False).count()
    return wanted - submitted, Dispute.objects.filter(drawn__in=cases, settled="").count()


def disputes_of(cases: Iterable[DrawnCase]) -> list[Dispute]:
    """The disputes about these cases, the open ones first."""
    rows = Dispute.objects.filter(drawn__in=list(cases)).select_related("drawn")
    return sorted(rows, key=lambda row: (bool(row.settled), row.disputed_at))


def findings_of(dive: DeepDive) -> list[Finding]:
    """The findings of a deep dive, by question."""
    return list(dive.findings.filter(Q(drawn__isnull=True) | Q(drawn__case__sealed=False)).order_by("question", "recorded_at"))


def former_of(dive: DeepDive) -> DeepDive | None:
    """The completed deep dive before this one."""
    return DeepDive.objects.filter(first__lt=dive.first, completed_at__isnull=False).order_by("-first").first()

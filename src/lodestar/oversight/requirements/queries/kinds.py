"""Evidence that lower apps hold: measures, questions of deep dives, courses, guidance, tasks, and what officers say.

Each kind is read for all its keys at once, as it was known at a moment. Sealed cases are in none.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from lodestar.casework.ledger.models import Obligation
from lodestar.knowledge.library.models import Document, Version
from lodestar.knowledge.training.models import Course, SittingAnswer
from lodestar.knowledge.training.queries import attended, courses, needs_on
from lodestar.oversight.deep_dives.models import DeepDive
from lodestar.oversight.deep_dives.rules.questions import questions_on
from lodestar.oversight.measures.access import whole_force
from lodestar.oversight.measures.queries.values import values_of
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.measures.rules.values import COUNT, MEDIAN, measures_on
from lodestar.oversight.requirements import rules
from lodestar.oversight.requirements.evidence import NONE, WEAK, Evidence, EvidenceKind, query_of
from lodestar.oversight.requirements.models import Statement
from lodestar.platform.design.when import day as day_words
from lodestar.platform.design.words import shortened
from lodestar.platform.obligations.closing_records import BY_RECORD
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london_date

EvidenceByKey = dict[str, Evidence]
Choices = list[tuple[str, str]]


def _period(period: Period) -> str:
    return f"{day_words(period.first)} to {day_words(period.last)}"


def _ids(keys: Sequence[str]) -> list[UUID]:
    return [each for each in map(id_in, keys) if each]


def _measure_choices() -> Choices:
    return [(code, row["title"]) for code, row in measures_on(date.max).items()]


def _measures(keys: Sequence[str], period: Period, at: datetime) -> EvidenceByKey:
    """What measures came to: as stored by then, where they were, so that it stays the same whatever is edited or disposed of."""
    defined, evidence = measures_on(period.last), EvidenceByKey()
    codes = [code for code in keys if code in defined]
    for code, [value] in (values_of(whole_force(), [period], at, codes, is_past=True) if codes else {}).items():
        row, untold = defined[code], value.further.get("cannot_tell")
        counted = (value.numerator if row["kind"] == COUNT else value.known) or 0
        numbers = (value.median if row["kind"] == MEDIAN else value.numerator, value.denominator, untold)
        state = rules.measure_state(counted, is_count=row["kind"] == COUNT)
        evidence[code] = Evidence(
            "measure", code, row["title"], f"{value.full_words}, {_period(period)}", state, query_of("measure", code, period, at),
            numbers=tuple(number for number in numbers if number is not None), href=f"/measures/{code}",
        )  # fmt: skip
    return evidence


def _dive_choices() -> Choices:
    return [(question.code, f"{question.code}. {question.words}") for question in questions_on(date.max).questions]


def _deep_dives(keys: Sequence[str], period: Period, at: datetime) -> EvidenceByKey:
    """How often a question was Met in the last deep dive that was closed by then."""
    dive, titles, evidence = (
        DeepDive.objects.filter(completed_at__lte=at).order_by("-first").first(),
        dict(_dive_choices()),
        EvidenceByKey(),
    )
    rows = {row["code"]: row for row in dive.report["questions"]} if dive and dive.report else {}
    for key in [key for key in keys if key in titles]:
        words, state, more = "No deep dive with this question is closed", NONE, dict[str, Any]()
        if dive is not None and key in rows:
            met, judged = rows[key]["met"], rows[key]["judged"]
            words = f"Met in {met} of {judged} cases judged, deep dive of the quarter to {day_words(dive.last)}"
            state = rules.deep_dive_state(judged, dive.last, london_date(at))
            more = {"numbers": (met, judged), "href": f"/deep-dives/{dive.id}/report", "day": dive.last}
        evidence[key] = Evidence("deep_dive", key, titles[key], words, state, query_of("deep_dive", key, period, at), **more)
    return evidence


def _course_choices() -> Choices:
    return [(str(course.id), course.title) for course in courses()]


def _checks_passed(ids: Sequence[UUID], at: datetime) -> Counter[UUID]:
    """How many checks after a course were passed, by course. One statement."""
    rows = SittingAnswer.objects.filter(sitting__session__course__in=ids, sitting__recorded_at__lte=at)
    rows = rows.filter(sitting__moment__in=("after", "six_months")).order_by()
    counts = rows.values_list("sitting__session__course", "sitting").annotate(
        right=Count("id", filter=Q(chosen=F("question__right"))), answers=Count("id")
    )
    return Counter(course for course, _, right, answers in counts if right * 100 >= rules.PASS_PERCENT * answers)


def _training(keys: Sequence[str], period: Period, at: datetime) -> EvidenceByKey:
    """Who has a course of those who must, or who attended it where nobody must; and how many passed a check of it."""
    ids, today, evidence = _ids(keys), london_date(at), EvidenceByKey()
    passed, needs = _checks_passed(ids, at), defaultdict(list)
    for need in needs_on(today) if ids else ():
        needs[need.course.id].append(need.status)
    came = attended().filter(course__in=ids, recorded_at__lte=at, attended_on__lte=today).values_list("course").order_by()
    users = dict(came.annotate(users=Count("user", distinct=True)))
    for course in Course.objects.filter(id__in=ids, recorded_at__lte=at):
        statuses, key = needs[course.id], str(course.id)
        has, expired = sum(each.is_valid for each in statuses), sum(each.state == "expired" for each in statuses)
        numbers = [has, len(statuses)] if statuses else [users.get(course.id, 0)]
        who = f"{has} of {len(statuses)} people of whom it is required have it" if statuses else f"{numbers[0]} people attended"
        evidence[key] = Evidence(
            "training", key, course.title, f"{who}; {passed[course.id]} checks passed, on {day_words(today)}",
            rules.training_state(numbers[0], expired, passed[course.id]), query_of("training", key, period, at),
            numbers=(*numbers, passed[course.id]), href=f"/training/courses/{key}", day=today,
        )  # fmt: skip
    return evidence


def _guidance_choices() -> Choices:
    rows = Document.objects.filter(versions__state="published").order_by("title").values_list("id", "title")
    return [(str(document), shortened(title, 90)) for document, title in rows]


def _guidance(keys: Sequence[str], period: Period, at: datetime) -> EvidenceByKey:
    """The version of a document that was published by then, unless it was withdrawn by then."""
    rows, evidence = Version.objects.filter(document__in=_ids(keys), published_at__lte=at), EvidenceByKey()
    for version in rows.select_related("document").order_by("published_at", "number"):
        document, key, on = version.document, str(version.document_id), london_date(version.published_at or at)
        ends = min(filter(None, (document.valid_to, document.review_by)), default=None)
        until = f", to be reviewed or replaced by {day_words(ends)}" if ends else ""
        evidence[key] = Evidence(
            "guidance", key, document.title, f"Version {version.number}, published {day_words(on)}{until}",
            rules.guidance_state(ends, london_date(at)), query_of("guidance", key, period, at), numbers=(version.number,),
            href=f"/guidance/documents/{key}", day=on,
        )  # fmt: skip
        if version.withdrawn_at and version.withdrawn_at <= at:
            del evidence[key]
    return evidence


def _obligation_choices() -> Choices:
    return [(row["code"], row["title"]) for row in reference_list("obligations", "obligation_words").rows]


def _obligations(keys: Sequence[str], period: Period, at: datetime) -> EvidenceByKey:
    """Of what fell due in the period, how often it was closed with a record by then."""
    titles, due = dict(_obligation_choices()), {"due_at__gte": period.begins, "due_at__lt": min(period.ends, at)}
    rows = Obligation.objects.filter(code__in=keys, sealed=False, opened_at__lte=at, **due).exclude(state="not_owed").order_by()
    recorded = Count("id", filter=Q(state="closed", closed_with=BY_RECORD, closed_at__lte=at))
    numbers = {code: counts for code, *counts in rows.values_list("code").annotate(recorded=recorded, due=Count("id"))}
    evidence = EvidenceByKey()
    for code in [key for key in keys if key in titles]:
        closed, of = numbers.get(code, (0, 0))
        evidence[code] = Evidence(
            "obligation", code, titles[code], f"Closed with a record in {closed} of {of} that fell due, {_period(period)}",
            rules.obligation_state(of, closed), query_of("obligation", code, period, at), numbers=(closed, of),
            href=f"/rules/{code}",
        )  # fmt: skip
    return evidence


def _statements(keys: Sequence[str], period: Period, at: datetime) -> EvidenceByKey:
    """What officers said by then."""
    evidence = EvidenceByKey()
    for row in Statement.objects.filter(id__in=_ids(keys), recorded_at__lte=at):
        key, title = str(row.id), f"Statement of {day_words(row.said_on)}"
        evidence[key] = Evidence(
            "statement", key, title, row.words, WEAK, query_of("statement", key, period, at), day=row.said_on
        )
    return evidence


OF_LOWER_APPS = (  # in the order of columns
    EvidenceKind("measure", "Measures", _measure_choices, _measures),
    EvidenceKind("deep_dive", "Deep dives", _dive_choices, _deep_dives),
    EvidenceKind("training", "Training", _course_choices, _training),
    EvidenceKind("guidance", "Guidance", _guidance_choices, _guidance),
    EvidenceKind("obligation", "Tasks", _obligation_choices, _obligations),
    EvidenceKind("statement", "Statements", list, _statements),
)

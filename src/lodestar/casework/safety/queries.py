"""Named reads for the first screen: the lines of a case, who answered them, and where the rest has gone."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast

from lodestar.casework.cases.access import people_of
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.ledger.models import Handover, Obligation, ObligationAnswer, ObligationEvent
from lodestar.casework.ledger.queries.obligations import FRONTLINE, handed_on
from lodestar.platform.accounts.models import Shift, User
from lodestar.platform.obligations.obligation_status import Evidence
from lodestar.platform.text.grouping import grouped

Key = tuple[UUID | None, str, str, str]
CHANGES = ("opened", "reopened", "closed", "not_owed")


def events_and_evidence(
    cases: Sequence[UUID],
) -> tuple[dict[UUID, dict[UUID | None, list[tuple[str, datetime]]]], dict[UUID, list[Evidence]]]:
    """The end of the tour in which each case was recorded, of whoever recorded it: what is left then is handed on. Who has
    the case meanwhile may change; the time does not. And whoever was released needs no appropriate adult any more, who is for
    detention (Police and Criminal Evidence Act 1984, Code C 1.7), but for a voluntary interview."""
    events: dict[UUID, dict[UUID | None, list[tuple[str, datetime]]]] = {}
    evidence: dict[UUID, list[Evidence]] = defaultdict(list)
    for case, person, at in _tours_and_releases(cases):
        if person:
            evidence[case].append(Evidence(str(person), "appropriate_adult", "", "", "not_needed", at))
        elif at:
            events[case] = {None: [("tour_end", at)]}
    return events, evidence


def _tours_and_releases(cases: Sequence[UUID]) -> Any:
    recorded = OuterRef("recorded_at")
    tours = Shift.objects.filter(user=OuterRef("opened_by"), from_at__lte=recorded, to_at__gt=recorded)
    ends = Subquery(tours.order_by("-from_at", "id").values("to_at")[:1])
    voluntary = AllegedOffence.objects.filter(person=OuterRef("pk"), stage="voluntary_interview")
    released = Person.objects.filter(~Exists(voluntary), case__in=cases, released_at__isnull=False)
    of_cases = Case.objects.filter(id__in=cases).values_list("id", Cast(Value(None), UUIDField()), ends)
    return of_cases.union(released.values_list("case_id", "id", "released_at"), all=True)


Answers = Mapping[tuple[UUID, str], Any]  # the last row of each person at each stage: `answer`, `why`, `by`, `happened_at`
# What the app of section 45, which stands above this one, does for the first screen: `answer` stores one answer (by, at, person,
# answer, why), `answers` reads the last ones of a case. Set as that app starts.
SHORT_QUESTION: dict[str, Callable[..., Any]] = {}
AT_ONCE = timedelta(minutes=1)  # between a tap and its being written down


@dataclass(frozen=True)
class Scene:
    """Everything that the first screen of a case shows, in a constant number of queries."""

    case: Case
    people: Sequence[Person]
    owed: Sequence[Obligation]
    answers: dict[Key, list[ObligationAnswer]]
    happened: dict[UUID, list[Any]]  # the turns of each line, with `by_name`
    elsewhere: Sequence[Obligation]  # what else is open
    handed: Sequence[Handover]
    questions: Answers = field(default_factory=dict)


def first_lines(case: Case) -> QuerySet[Obligation]:
    """What only the person on the scene can do, in its order. A line no longer owed is gone, but for the age: to have
    found it out is what was owed."""
    return (
        Obligation.objects.filter(case=case, owed_by=FRONTLINE, when="now", line__isnull=False)
        .exclude(~Q(code="establish_age"), state="not_owed")
        .select_related("holder")
        .order_by("line", F("person__number").asc(nulls_first=True), "moment")
    )


def scene(case: Case) -> Scene:
    """Reads the first screen of a case that was got through `access.py`."""
    owed = list(first_lines(case))
    open_tasks = Obligation.objects.select_related("holder").filter(case=case, state="open")
    return Scene(
        case=case, people=people_of(case), owed=owed, answers=_answers(case, {row.code for row in owed}),
        happened=_happened([row.id for row in owed]),
        elsewhere=list(open_tasks.exclude(owed_by=FRONTLINE, when="now")),
        handed=list(handed_on(case)), questions=SHORT_QUESTION["answers"](case),
    )  # fmt: skip


def scene_answered(case: Case) -> Scene:
    """As much of the first screen as its answers need: its lines and their people."""
    owed = list(first_lines(case).select_related("person", "holder"))
    people = {row.person_id: row.person for row in owed if row.person is not None}
    return Scene(case, sorted(people.values(), key=lambda person: person.number), owed, {}, {}, (), ())


def own_taps(case: Case, user: UUID, code: str) -> list[ObligationAnswer]:
    """One person's bare taps on one line, of each thing the last about the same facts."""
    rows = ObligationAnswer.objects.filter(case=case, by_id=user, code=code).order_by("recorded_at", "id")
    latest = {(row.person_id, row.subject, row.moment, row.rests_on): row for row in rows}
    return [row for row in latest.values() if row.kind == "done" and is_bare_tap(row)]


def is_bare_tap(answer: ObligationAnswer) -> bool:
    """Whether the time of an answer is only that of its tap. A time that somebody gave is a whole minute."""
    is_whole = answer.happened_at.second == 0 and answer.happened_at.microsecond == 0
    return not is_whole and abs(answer.recorded_at - answer.happened_at) < AT_ONCE


def _answers(case: Case, codes: set[str]) -> dict[Key, list[ObligationAnswer]]:
    by_obligation: dict[Key, list[ObligationAnswer]] = defaultdict(list)
    rows = ObligationAnswer.objects.filter(case=case, code__in=codes).select_related("by").order_by("recorded_at", "id")
    for row in rows:
        by_obligation[(row.person_id, row.code, row.subject, row.moment)].append(row)
    return by_obligation


def _happened(obligations: list[UUID]) -> dict[UUID, list[Any]]:
    name = User.objects.filter(id=OuterRef("by")).values("name")[:1]
    rows = ObligationEvent.objects.filter(obligation__in=obligations, kind__in=CHANGES).annotate(by_name=Subquery(name))
    return grouped((row.obligation_id, row) for row in rows.order_by("recorded_at", "id"))

"""Named reads of what people ask about themselves: who may be meant, who reviews it, what is open, what was done."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.casework.safe_addresses.queries import reach_of
from lodestar.information_governance.retention import rules
from lodestar.information_governance.retention.models import (
    Breach,
    Disposal,
    RequestReview,
    RequestSearch,
    RequestTask,
    SubjectRequest,
    SubjectRequestStep,
)
from lodestar.information_governance.retention.rules import NOT_A_VICTIM, REQUEST_ENDS, RequestStatus
from lodestar.intelligence.earlier_records.models import EarlierRecord
from lodestar.intelligence.earlier_records.queries.records import called_on, records_of
from lodestar.intelligence.earlier_records.rules.earlier import NOT, NameAndBirth, births_sought, how_alike
from lodestar.intelligence.identities.queries import SimilarPerson, describe, who_is_like
from lodestar.intelligence.identities.rules.match_reasons import Described, is_match, match_reasons, may_match

MOST_LIKE = 60
BORN = 4  # letters of a year


@dataclass(frozen=True)
class Sought:
    """By what somebody is looked for: their names in any script, their birth (2009, 2009-09 or 2009-09-04), telephones and
    addresses as they were typed."""

    names: tuple[str, ...] = ()
    born: str = ""
    reach: tuple[str, ...] = ()

    def to_json(self) -> str:
        """As it is kept, sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)


def subject_requests(most: int) -> tuple[list[SubjectRequest], list[SubjectRequest]]:
    """What people asked about themselves, each with its steps: all that is open, what came first before the rest, so that none
    is out of sight however old it is; and the latest of those that are over."""
    rows = SubjectRequest.objects.prefetch_related("steps")
    is_over = Exists(SubjectRequestStep.objects.filter(request=OuterRef("pk"), kind__in=REQUEST_ENDS))
    waits = list(rows.filter(~is_over).order_by("received_on", "number"))
    return waits, list(rows.filter(is_over).order_by("-received_on", "-number")[:most])


def steps_of(entry: Breach | SubjectRequest) -> list[Any]:
    """What was done about a breach or a request, in order."""
    return list(entry.steps.select_related("recorded_by").order_by("happened_at", "id"))


def request_status(subject_request: SubjectRequest, steps: Iterable[SubjectRequestStep], waits: int = 0) -> RequestStatus:
    """Where a request stands, as the rules say. `waits`: how much of what was found is open."""
    days = [(step.kind, timezone.localtime(step.happened_at).date()) for step in steps]
    return rules.request_status(subject_request.came, subject_request.received_on, days, waits)


# --- looking for somebody ---------------------------------------------------------------------------------------------------


def people_meant(sought: Sought) -> list[SimilarPerson]:
    """The people of this force who may be the one described, whoever may see them: only whoever has their case is asked. Those
    of whom no grounds are recorded are filed under no marks, and are each compared."""
    asked = Described(names=sought.names, born=sought.born, phones=sought.reach, addresses=sought.reach)
    return who_is_like(asked, limit=MOST_LIKE) + _unmarked(asked)


def _unmarked(asked: Described) -> list[SimilarPerson]:
    rows = Person.objects.filter(belief=NOT_A_VICTIM).select_related("case").order_by("id")
    if len(asked.born) >= BORN:
        year = int(asked.born[:BORN])
        near = Q(birth_date="")
        for near_year in (year - 1, year, year + 1):
            near |= Q(birth_date__startswith=str(near_year))
        rows = rows.filter(near)
    reach = reach_of(Person.objects.filter(belief=NOT_A_VICTIM).values_list("id", flat=True)) if asked.phones else {}
    matches = []
    for person in rows.iterator():
        other = describe(person, person.case.encountered_at, reach.get(person.id, ()))
        if may_match(asked, other) and is_match(reasons := match_reasons(asked, other)):
            matches.append(SimilarPerson(0, person.id, person.case_id, False, reasons))
    return matches[:MOST_LIKE]


def searches_of(request: SubjectRequest) -> list[RequestSearch]:
    """By what it was looked for, the latest first."""
    return list(RequestSearch.objects.filter(request=request).select_related("recorded_by").order_by("-searched_at", "-id"))


def sought_in(row: RequestSearch) -> Sought:
    """What a search was made by; nothing where that is kept no longer."""
    if not row.sought:
        return Sought()
    search_terms = json.loads(str(row.sought))
    return Sought(tuple(search_terms["names"]), search_terms["born"], tuple(search_terms["reach"]))


def earlier_meant(rows: Iterable[RequestSearch], most: int) -> list[EarlierRecord]:
    """Earlier records of other systems that may be about whoever was looked for: the same or a like name, born that day."""
    people: set[UUID] = set()
    for row in rows:
        sought = sought_in(row)
        earlier_people = called_on(set(births_sought(sought.born))) if births_sought(sought.born) else []
        for name in sought.names:
            people |= {
                earlier_person
                for earlier_person, called in earlier_people
                if how_alike(NameAndBirth(name, sought.born), called) != NOT
            }
    return records_of(sorted(people))[:most] if people else []


# --- what whoever has a case reviews -----------------------------------------------------------------------------------------


def latest_reviews(tasks: Iterable[RequestTask]) -> dict[UUID, RequestReview]:
    """Of each of these tasks what was said of it last."""
    rows = RequestReview.objects.filter(task__in=[task.id for task in tasks]).select_related("reviewed_by")
    return {row.task_id: row for row in rows.order_by("task", "number")}


def reviews_of(task: RequestTask) -> list[RequestReview]:
    """What was said of a task, the latest first."""
    return list(RequestReview.objects.filter(task=task).select_related("reviewed_by").order_by("-number"))


def disposals_of(request: SubjectRequest) -> dict[UUID, Disposal]:
    """The wishes that rest on a request, by person; of several the latest."""
    rows = Disposal.objects.filter(request=request).select_related("decided_by").order_by("asked_at", "id")
    return {row.person: row for row in rows}


def is_open(request: SubjectRequest, review: RequestReview | None, disposal: Disposal | None, *, is_there: bool) -> bool:
    """Whether something found is open: nobody who has the case said anything, or they are to be let go and two people have not
    decided it yet. Of whom nothing is there any more, whichever way they went, nothing is open."""
    if not is_there:
        return False
    if review is None:
        return True
    to_let_go = request.kind == "erase" and review.verdict == "they" and review.carried == "done"
    return to_let_go and (disposal is None or (disposal.decision != "refused" and disposal.done_at is None))


def unanswered(rows: QuerySet[RequestTask]) -> QuerySet[RequestTask]:
    """Of these tasks those of which nothing was said, of requests that are not over and people who are still there."""
    over = SubjectRequestStep.objects.filter(request=OuterRef("request"), kind__in=REQUEST_ENDS)
    there = Exists(Person.objects.filter(id=OuterRef("person")))
    return rows.filter(there, ~Exists(RequestReview.objects.filter(task=OuterRef("pk"))), ~Exists(over))


def due_of(tasks: Sequence[UUID]) -> Mapping[UUID, date]:
    """By when what these tasks belong to is answered. Of none nothing is asked."""
    if not tasks:
        return {}
    rows = RequestTask.objects.filter(id__in=tasks).select_related("request").prefetch_related("request__steps")
    return {row.id: request_status(row.request, row.request.steps.all()).due_on for row in rows}


def asked_by(person: UUID) -> SubjectRequest | None:
    """The request to be let go that this very person made: it is certain who asks, they said it alone where that is wanted, and
    whoever has the case said last that it is they, and that nothing they know of stands against it."""
    rows = RequestTask.objects.filter(person=person, request__kind="erase").select_related("request")
    tasks = list(rows.prefetch_related("request__steps").order_by("-asked_at", "-id"))
    reviews = latest_reviews(tasks) if tasks else {}
    for task in tasks:
        is_they = task.id in reviews and (reviews[task.id].verdict, reviews[task.id].carried) == ("they", "done")
        if is_they and rules.is_known(task.request.came, {step.kind for step in task.request.steps.all()}):
            return task.request
    return None


def said_of_use() -> Subquery:
    """Of a person of a query what was said last of using them for less, to be read with the rest of their page."""
    later_reviews = RequestReview.objects.filter(task=OuterRef("task"), number__gt=OuterRef("number"))
    over = SubjectRequestStep.objects.filter(request=OuterRef("task__request"), kind__in=("refused", "withdrawn"))
    rows = RequestReview.objects.filter(~Exists(later_reviews), ~Exists(over), task__person=OuterRef("pk"), verdict="they")
    rows = rows.filter(task__request__kind="restrict")
    answer = JSONObject(carried="carried", words="because", by="reviewed_by__name", at="reviewed_at", task="task_id")
    return Subquery(rows.order_by("-recorded_at", "-number").values(told=answer)[:1])


def used_for(review: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What alone is done with what is held about somebody who asked for that: its words, who said so, when, and in answer to
    which task; None where they are used as before."""
    if review is None or review["carried"] != "done":
        return None
    return {**review, "at": datetime.fromisoformat(review["at"]), "task": UUID(review["task"])}

"""Named reads of what is kept about people: when it is looked at, what holds it, what waits for a second person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.db.models import DateTimeField, Max, Model, QuerySet
from django.utils import timezone

from lodestar.cases.models import Obligation, Person
from lodestar.cases.queries.settings import settings_in_force
from lodestar.keeping.models import (
    Breach,
    BreachStep,
    Disposal,
    Hold,
    Kept,
    ReviewDue,
    SubjectRequest,
    SubjectRequestStep,
    Tally,
)
from lodestar.keeping.rules import Stands, categories_of, requests, review_on
from lodestar.keeping.rules.breaches import Breach as Standing
from lodestar.keeping.rules.breaches import Step
from lodestar.keeping.rules.breaches import stands as breach_stands
from lodestar.keeping.rules.requests import Request as RequestStands
from lodestar.referrals.models import ReferralNow

AT_ONCE = 500
OWN = "keeping"


def written_about_people() -> list[type[Model]]:
    """The tables that hold something about one person with the time at which it was written down, in the order of the apps."""
    found = []
    for model in apps.get_models():
        names = {field.name: field for field in model._meta.local_fields}
        person, written = names.get("person"), names.get("recorded_at")
        is_about = person is not None and person.is_relation and person.related_model is Person
        if is_about and isinstance(written, DateTimeField) and model._meta.app_label != OWN:
            found.append(model)
    return found


def last_contacts(people: Sequence[Person]) -> Mapping[UUID, date]:
    """The day on which something was last written down about each of these people, one query a table."""
    latest: dict[UUID, datetime] = {person.id: max(person.recorded_at, person.case.encountered_at) for person in people}
    for model in written_about_people():
        rows = model._default_manager.filter(person__in=list(latest)).values("person").annotate(last=Max("recorded_at"))
        for row in rows:
            latest[row["person"]] = max(latest[row["person"]], row["last"])
    return {person: timezone.localtime(at).date() for person, at in latest.items()}


def kept_until(people: Sequence[UUID]) -> Mapping[tuple[UUID, str], date]:
    """Until when a reviewer kept each of these people, by person and category: the latest decision counts."""
    rows = Kept.objects.filter(person__in=people).order_by("decided_at", "id")
    return {(row.person_id, row.category): row.until for row in rows}


def due_days(people: Sequence[Person]) -> dict[UUID, dict[str, tuple[date, date]]]:
    """The last contact and the review day of each of these people, by category, as the rules say today."""
    contacts, kept = last_contacts(people), kept_until([person.id for person in people])
    settings = settings_in_force().on(timezone.localdate())
    found: dict[UUID, dict[str, tuple[date, date]]] = defaultdict(dict)
    for person in people:
        last = contacts[person.id]
        for category in categories_of(person.category, person.roles):
            day = review_on(category, person.belief, last, settings, kept.get((person.id, category)))
            found[person.id][category] = (last, day)
    return found


def people_after(last: UUID | None) -> list[Person]:
    """Some people of the force, in order of their ids, for what goes through all of them."""
    rows = Person.objects.select_related("case").order_by("id")
    return list((rows.filter(id__gt=last) if last else rows)[:AT_ONCE])


def due_in(cases: QuerySet[Person], on: date) -> QuerySet[ReviewDue]:
    """What is to be looked at by a day, of the people that somebody may review, the longest waiting first."""
    rows = ReviewDue.objects.select_related("person__case").filter(due_on__lte=on, person__in=cases)
    return rows.order_by("due_on", "id")


def holds_on(case: UUID) -> list[Hold]:
    """Every hold that was ever on a case, those that stand first."""
    rows = Hold.objects.filter(case=case).select_related("placed_by", "lifted_by")
    return sorted(rows.order_by("-placed_at", "id"), key=lambda row: row.lifted_at is not None)


def stands(person: Person) -> Stands:
    """What is known of a person when somebody wants to let them go."""
    days = due_days([person])[person.id]
    holds = Hold.objects.filter(case=person.case_id, lifted_at__isnull=True).values_list("kind", flat=True)
    waits = ReferralNow.objects.filter(referral__person=person, first="").exclude(state="withdrawn")
    return Stands({category: day for category, (_, day) in days.items()}, tuple(holds), waits.exists())


def kept_rows(person: Person) -> list[Kept]:
    """The decisions to keep what is held about a person, the latest first."""
    return list(Kept.objects.filter(person=person).select_related("decided_by").order_by("-decided_at", "-id"))


def waiting_disposal(person: UUID) -> Disposal | None:
    """The wish to let somebody go that waits for a second person."""
    return Disposal.objects.filter(person=person, decision="").select_related("asked_by", "case").first()


def waiting_disposals(most: int) -> list[Disposal]:
    """Those that wait, the oldest first."""
    rows = Disposal.objects.filter(decision="", case__sealed=False).select_related("asked_by", "case")
    return list(rows.order_by("asked_at", "id")[:most])


def tallies() -> list[Tally]:
    """How many were let go, the latest year first."""
    return list(Tally.objects.order_by("-year", "what"))


def obligations_left(person: Person) -> list[tuple[str, str]]:
    """What was owed to a person, as codes with how each stood: what is counted of them when they are let go."""
    return list(Obligation.objects.filter(person=person).exclude(state="not_owed").values_list("code", "state"))


def numbers_of(people: Iterable[UUID]) -> dict[UUID, int]:
    """The number of each of these people in their case, of those who are still there."""
    return dict(Person.objects.filter(id__in=list(people)).values_list("id", "number"))


def is_last(disposal: Disposal) -> bool:
    """Whether nobody else is in the case: then its words and files go too."""
    return not Person.objects.filter(case=disposal.case_id).exclude(id=disposal.person).exists()


# --- breaches --------------------------------------------------------------------------------------------------------------


def breaches(most: int) -> list[Breach]:
    """The breaches, the latest first, each with its steps."""
    return list(Breach.objects.prefetch_related("steps").order_by("-aware_at", "id")[:most])


def steps_of(breach: Breach) -> list[BreachStep]:
    """What was done about a breach, in order."""
    return list(breach.steps.select_related("recorded_by").order_by("happened_at", "id"))


def standing_of(breach: Breach, steps: Iterable[BreachStep]) -> Standing:
    """Where a breach stands, as the rules say."""
    return breach_stands(breach.aware_at, [Step(step.kind, step.happened_at) for step in steps])


def next_number(model: type[Breach] | type[SubjectRequest]) -> int:
    """The number of the force's next row in a register."""
    return (model._default_manager.aggregate(last=Max("number"))["last"] or 0) + 1


# --- requests --------------------------------------------------------------------------------------------------------------


def subject_requests(most: int) -> list[SubjectRequest]:
    """What people asked about themselves, the latest first, each with its steps."""
    return list(SubjectRequest.objects.prefetch_related("steps").order_by("-received_on", "-number")[:most])


def request_steps(found: SubjectRequest) -> list[SubjectRequestStep]:
    """What was done about a request, in order."""
    return list(found.steps.select_related("recorded_by").order_by("happened_at", "id"))


def request_stands(found: SubjectRequest, steps: Iterable[SubjectRequestStep]) -> RequestStands:
    """Where a request stands, as the rules say."""
    days = [(step.kind, timezone.localtime(step.happened_at).date()) for step in steps]
    return requests.stands(found.came, found.received_on, days)

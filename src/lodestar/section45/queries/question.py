"""Named reads for the short question of section 45 of the Modern Slavery Act 2015."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lodestar.accounts.models import Membership, Tour, User
from lodestar.accounts.queries import on_duty
from lodestar.cases.models import AllegedOffence, Case, Obligation, Person
from lodestar.section45.models import FirstAnswer

CODE = "section45_first_question"


def answers_of(person: Person) -> QuerySet[FirstAnswer]:
    """The answers for a person so far, the latest first."""
    return FirstAnswer.objects.filter(person=person).select_related("by").order_by("-recorded_at", "-id")


def latest_answers(case: Case) -> dict[UUID, FirstAnswer]:
    """The last answer for each person of a case."""
    rows = FirstAnswer.objects.filter(person__case=case).select_related("by").order_by("recorded_at", "id")
    return {row.person_id: row for row in rows}


def questions_of(person: Person) -> list[Obligation]:
    """The question at each stage at which it is owed, answered or not."""
    rows = Obligation.objects.filter(person=person, code=CODE).exclude(state="not_owed")
    return list(rows.order_by("opened_at", "moment"))


def suspected_of(person: Person) -> QuerySet[AllegedOffence]:
    """What the person is suspected of, in the order recorded."""
    return AllegedOffence.objects.filter(person=person).order_by("id")


def to_be_told(person: Person, now: datetime) -> list[tuple[str, User]]:
    """Whom *yes* and *cannot rule out* are told to, with what they are: the duty supervisor, the owner of the case, and
    while the person is held the custody sergeants at work."""
    case = person.case
    found: list[tuple[str, User]] = []
    duty = on_duty("supervisor", now, case.unit_id)
    if duty is not None:
        found.append(("duty supervisor", duty.user))
    if case.owner_id:
        found += [("investigator", user) for user in User.objects.filter(id=case.owner_id)]
    if person.place == "custody":
        found += [("custody", user) for user in _at_work("custody", now)]
    return found


def _at_work(role: str, now: datetime) -> QuerySet[User]:
    """Those with this role whose tour is under way."""
    day = timezone.localdate(now)
    on_tour = Tour.objects.filter(from_at__lte=now, to_at__gt=now).values("user")
    members = Membership.objects.filter(roles__contains=[role], from_date__lte=day).filter(
        Q(to_date__isnull=True) | Q(to_date__gte=day)
    )
    return (
        User.objects.filter(id__in=members.values("user"), is_active=True).filter(id__in=on_tour).order_by("name", "id")
    )

"""Who is arrested or in custody now, and what the custody desk has to do for each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from lodestar.casework.cases.access import held_people, visible
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import encounters
from lodestar.casework.section45.models import FirstAnswer
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.settings.queries import settings_in_force

QUESTION = "section45_first_question"
AT_THE_DESK = ("appropriate_adult", QUESTION, "nobody_to_tell_parent_first", "who_sent_the_helper", "safe_release_plan")
MOST = 200  # the latest arrests; nobody holds more at once


@dataclass(frozen=True)
class Detainee:
    """Somebody at the desk: `owed` are the rows for them, done and open; `not_helpers` others of the case who are suspected."""

    person: Person
    is_child: bool
    owed: Sequence[Obligation]
    answer: FirstAnswer | None
    not_helpers: Sequence[Person]


def held_seen(member: Member, now: datetime) -> QuerySet[Person]:
    """Whom the desk of this member shows: everybody held now, of sealed cases only where they are a named owner."""
    return held_people(now).filter(visible(member, "case__", besides=Q(held_from__isnull=False)))


def how_many_held(member: Member, now: datetime) -> int | None:
    """How many the desk shows; None for whoever has no custody desk."""
    return held_seen(member, now).count() if member.may(Permission.CUSTODY_DESK) else None


def children_first(member: Member, now: datetime) -> list[tuple[Person, bool]]:
    """Everybody held now, and whether they are treated as a child: children first, in each part the latest arrival first."""
    rows = held_seen(member, now).select_related("case__owner", "case__interim_owner").order_by("-held_from", "-id")[:MOST]
    people = list(rows)
    children = _children({person.case_id: person.case for person in people})
    latest = sorted(people, key=lambda person: person.in_custody_from or person.held_from or now, reverse=True)
    return sorted(((person, person.id in children) for person in latest), key=lambda row: not row[1])


def _children(cases: Mapping[UUID, Case]) -> set[UUID]:
    """Who of the people of these cases is treated as a child (Modern Slavery Act 2015 s51)."""
    settings = settings_in_force()
    facts = encounters(list(cases.values())) if cases else {}
    return {UUID(person.id) for encounter in facts.values() for person in reading(encounter, settings).people if person.is_child}


def at_the_desk(people: Sequence[tuple[Person, bool]]) -> list[Detainee]:
    """What is recorded of what the desk does for these people."""
    ids = [person.id for person, _ in people]
    owed: dict[UUID | None, list[Obligation]] = defaultdict(list)
    rows = Obligation.objects.select_related("case").filter(person__in=ids, code__in=AT_THE_DESK).exclude(state="not_owed")
    for row in sorted(rows, key=lambda row: (AT_THE_DESK.index(row.code), row.opened_at)):
        owed[row.person_id].append(row)
    answers = {
        row.person_id: row
        for row in FirstAnswer.objects.select_related("by").filter(person__in=ids).order_by("recorded_at", "id")
    }
    suspects: dict[UUID, list[Person]] = defaultdict(list)
    for suspect in Person.objects.filter(case__in={person.case_id for person, _ in people}, roles__contains=["exploiter"]):
        suspects[suspect.case_id].append(suspect)
    return [
        Detainee(
            person, is_child, owed[person.id], answers.get(person.id),
            [suspect for suspect in suspects[person.case_id] if suspect.id != person.id],
        )
        for person, is_child in people
    ]  # fmt: skip


def release_plan_open(person: Person) -> Obligation | None:
    """The release plan that is still to make for somebody, where there is one."""
    return Obligation.objects.filter(person=person, code="safe_release_plan", state="open").first()

"""Who is arrested or in custody now, and what the custody desk has to do for each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lodestar.casework.cases.access import held_people, visible
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.custody.models import ListedPerson
from lodestar.casework.custody.rules import CHARGE, UNDECIDED
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import OF_AGES, ages_of
from lodestar.casework.section45.models import FirstAnswer, OutcomeRecorded
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission

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


def children_first(member: Member, now: datetime) -> list[tuple[UUID, bool]]:
    """Everybody held now, and whether they are treated as a child: children first, in each part the latest arrival first."""
    rows = held_people(now).annotate(arrived=Coalesce("in_custody_from", "held_from")).order_by("-held_from", "-id")
    people = list(rows.values_list("case", "arrived", "id", *OF_AGES)[:MOST])
    seen = Case.objects.filter(visible(member, besides=Q(id__isnull=False)), id__in={case for case, *_ in people})
    met = dict(seen.values_list("id", "encountered_at"))  # by their ids: joined, every case of the force would be read
    latest = sorted((row for row in people if row[0] in met), key=lambda row: row[1], reverse=True)
    ages = ages_of((person, met[case], *columns) for case, _, person, *columns in latest)
    return sorted(((person, reading.is_child) for person, reading in ages.items()), key=lambda row: not row[1])


def at_the_desk(people_shown: Sequence[tuple[UUID, bool]]) -> list[Detainee]:
    """What is recorded of what the desk does for these people, as `children_first` gives them."""
    ids = [person for person, _ in people_shown]
    by_id = Person.objects.select_related("case__owner", "case__interim_owner").in_bulk(ids)
    people = [(by_id[person], is_child) for person, is_child in people_shown if person in by_id]
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


def may_endanger(person: Person) -> bool:
    """Whether possible victims of the case are to be informed of what happens to somebody: an exploiter, or a suspect who is
    not a possible victim too."""
    is_suspect = person.category == "suspect" or "suspect" in person.roles
    return "exploiter" in person.roles or (is_suspect and "possible_victim" not in person.roles)


def release_plan_open(person: Person) -> Obligation | None:
    """The release plan that is still to make for somebody, where there is one."""
    return Obligation.objects.filter(person=person, code="safe_release_plan", state="open").first()


POSSIBLE_VICTIM = Q(person__roles__contains=["possible_victim"]) | Q(person__belief__in=["reasonable_grounds", "signs_only"])


def _without_consideration(rows: QuerySet[ListedPerson]) -> QuerySet[ListedPerson]:
    answered = Exists(FirstAnswer.objects.filter(person=OuterRef("person")))
    charged = OutcomeRecorded.objects.filter(offence__person=OuterRef("person"), kind="charge", at=OuterRef("at"))
    without = Exists(charged.filter(happened_without=True))
    return rows.filter(POSSIBLE_VICTIM).filter((~Q(kind=CHARGE) & ~answered) | (Q(kind=CHARGE) & without))


def not_considered(member: Member, most: int) -> list[ListedPerson]:
    """Possible victims on the lists, in cases that the member sees, for whom nobody has considered section 45 of the Modern
    Slavery Act 2015: arrested without an answer to the first question, or charged while the full record was open. The latest
    first."""
    rows = ListedPerson.objects.select_related("person__case").filter(visible(member, "person__case__"))
    return list(_without_consideration(rows).order_by("-at", "-id")[:most])


def is_not_considered(row: ListedPerson) -> bool:
    """Whether one row is of these, whoever sees its case."""
    return _without_consideration(ListedPerson.objects.filter(id=row.id)).exists()


def candidates(member: Member, row: ListedPerson) -> list[Person]:
    """People in cases that the member sees with the same name and date of birth as a row: whether it is one of them, somebody
    decides."""
    if not row.name_key or len(row.birth_date) < len("2009-09-04"):
        return []
    people = Person.objects.select_related("case").filter(visible(member, "case__"), sort_key=row.name_key)
    return list(people.filter(birth_date=row.birth_date).order_by("-recorded_at", "id"))


def to_decide(member: Member, most: int) -> list[ListedPerson]:
    """Rows that may be somebody in a case that the member sees, by name and date of birth, the latest first."""
    same = Person.objects.filter(visible(member, "case__"), sort_key=OuterRef("name_key"), birth_date=OuterRef("birth_date"))
    rows = ListedPerson.objects.filter(Exists(same), state=UNDECIDED, birth_date__regex=r"^.{10}$").exclude(name_key="")
    return list(rows.order_by("-at", "-id")[:most])


def person_of_custody(reference: str) -> Person | None:
    """Who was matched to this custody reference."""
    rows = ListedPerson.objects.select_related("person__case").filter(reference=reference, person__isnull=False)
    return next((row.person for row in rows.exclude(kind=CHARGE).order_by("id")[:1]), None)

"""What the case holds of one victim for the force's own systems, and the order in which its crime system asks for it.

Read anew each time (docs/adr/0010). What somebody is suspected of, what they answered about a referral and what is noted of
support are not read for a pack, so that they cannot go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from lodestar.cases.models import Case, Exploitation, FirstAccount, Person
from lodestar.cases.queries.people import first_accounts
from lodestar.exchange.models import ExternalReference, PackOrder
from lodestar.exchange.rules.own_systems import Field, ordered
from lodestar.investigations.models import Crime
from lodestar.recognition.models import OWN_WORDS, Note, SignSeen
from lodestar.referrals.models.drafts import Answer

SYSTEM = "the force’s crime system"
ASKED = ("pv-gender", "pv-nationality", "pv-nationality-second")  # what only a referral that is written may hold


@dataclass(frozen=True)
class Holding:
    """All that is held of one victim for their crime record."""

    person: Person
    case: Case
    people: Sequence[Person]
    suspects: Sequence[Person]
    numbers: Sequence[str]
    exploitation: Sequence[Exploitation]
    signs: Sequence[SignSeen]
    notes: Sequence[Note]
    accounts: Sequence[FirstAccount]
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Order:
    """What the force's crime system is called, and its fields in its order; `filed` is the force's own filing of it."""

    system: str
    fields: Sequence[Field]
    filed: PackOrder | None = None


def order_on(day: date) -> Order:
    """The order that holds on a day."""
    filed = PackOrder.objects.select_related("filed_by").order_by("-filed_at", "-id").first()
    return Order(filed.system if filed else SYSTEM, ordered(filed.fields if filed else (), day), filed)


def is_victim(person: Person) -> bool:
    """Whether somebody of a case has, or may yet have, a crime of their own."""
    return "possible_victim" in person.roles


def places_ticked(people: Sequence[Person]) -> list[str]:
    """Where those of a case were met who may be victims, as it was ticked."""
    return [person.place for person in people if is_victim(person)]


def has_done_it(person: Person) -> bool:
    """Whether somebody is said to have exploited others and is not taken for a victim too."""
    return "exploiter" in person.roles and not is_victim(person)


def people_with_numbers(case: Case) -> list[Person]:
    """The people of a case in their order, each with the crime numbers recorded for them (`crime_numbers`)."""
    crimes = Crime.objects.filter(person=OuterRef("pk"), kind="recorded").order_by("recorded_at", "id")
    rows = Person.objects.filter(case=case).select_related("case__opened_by", "case__owner", "case__interim_owner")
    return list(rows.annotate(crime_numbers=ArraySubquery(crimes.values("number"))).order_by("number"))


def holding(person: Person) -> Holding:
    """What is held of a person who was got through `access.py`."""
    people = people_with_numbers(person.case)
    mine = next(row for row in people if row.id == person.id)
    of_them = Q(person=person) | Q(person__isnull=True)
    signs = SignSeen.objects.filter(of_them, case=person.case, withdrawn_at__isnull=True)
    notes = Note.objects.filter(of_them, case=person.case, kind=OWN_WORDS).select_related("recorded_by")
    return Holding(
        person=mine,
        case=mine.case,
        people=people,
        suspects=[other for other in people if other.id != person.id and has_done_it(other)],
        numbers=getattr(mine, "crime_numbers", []),
        exploitation=list(Exploitation.objects.filter(person=person).order_by("id")),
        signs=list(signs.order_by("seen_at", "recorded_at", "id")),
        notes=list(notes.order_by("recorded_at", "id")),
        accounts=first_accounts([person.id]),
        answers=_referral_answers(person),
    )


def _referral_answers(person: Person) -> dict[str, str]:
    """What a referral that is written says of the person, the latest of each."""
    rows = Answer.objects.filter(writing__person=person, code__in=ASKED).order_by("written_at", "number")
    return {row.code: str(row.words) for row in rows}


def kinds_in(case: Case) -> list[Exploitation]:
    """Every exploitation recorded in a case that was got through `access.py`."""
    return list(Exploitation.objects.filter(person__case=case).order_by("id"))


def signs_in(case: Case) -> list[SignSeen]:
    """Every sign recorded in it and not taken back."""
    return list(SignSeen.objects.filter(case=case, withdrawn_at__isnull=True).order_by("seen_at", "recorded_at", "id"))


def external_references(case: Case) -> list[ExternalReference]:
    """The references of other systems that came back for it and were not taken back."""
    rows = ExternalReference.objects.select_related("recorded_by").filter(case=case, taken_back_at__isnull=True)
    return list(rows.order_by("recorded_at", "id"))

"""What somebody outside is to be told of a person, or was: immigration, a safe address, uses outside a purpose."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, QuerySet, Value
from django.db.models.functions import Cast

from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.access import Asked
from lodestar.casework.disclosures.models import ImmigrationDisclosure, PurposeChange
from lodestar.casework.disclosures.rules import Disclosure
from lodestar.casework.ledger.queries.compiled import as_text, compiled
from lodestar.casework.ledger.queries.facts import Events
from lodestar.casework.safe_addresses.models import ContactWithout
from lodestar.platform.obligations.happened_without import CONTACT_WITHOUT
from lodestar.platform.obligations.obligation_status import Evidence


@compiled
def _happened_in(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    """Disclosures to immigration, and contacts that no agreed rule allowed: in one statement."""
    disclosures = ImmigrationDisclosure.objects.filter(person__case__in=cases).values_list(
        Value("immigration"), "person__case_id", "person_id", "happened_without", "asked_at", "told_at", "decided_at",
        as_text("id"), as_text("decided_by_id"),
    )  # fmt: skip
    contacts = ContactWithout.objects.filter(person__case__in=cases).values_list(
        Value("contact"), "person__case_id", "person_id", Value(True), "at", "at", Cast(Value(None), DateTimeField()),
        as_text("id"), Value(""),
    )  # fmt: skip
    return disclosures.union(contacts, all=True)


def events_and_evidence(cases: Sequence[UUID]) -> tuple[Mapping[UUID, Events], Mapping[UUID, Sequence[Evidence]]]:
    """What tells immigration of the people of these cases, the decisions about it, and contacts without an agreed rule."""
    events: dict[UUID, dict[UUID | None, list[Any]]] = defaultdict(lambda: defaultdict(list))
    decisions: dict[UUID, list[Evidence]] = defaultdict(list)
    for what, case, person, is_told, asked_at, told_at, decided_at, row, decided_by in sorted(_happened_in(cases), key=_by_id):
        if what == "contact":
            events[case][person].append((CONTACT_WITHOUT, told_at))
            continue
        at = told_at if is_told else asked_at
        disclosure = Disclosure(row, str(person), at, is_told, decided_at, decided_by or "")
        events[case][person].append(disclosure.event)
        if disclosure.evidence is not None:
            decisions[case].append(disclosure.evidence)
    return events, decisions


def _by_id(row: Sequence[Any]) -> str:
    return str(row[7])


def disclosures_of(person: Person, asked: type[Asked], most: int) -> list[Asked]:
    """What was asked and told of a person, the newest first."""
    rows = asked._default_manager.select_related("asked_by", "decided_by", "told_by", asked.askers[0]).filter(person=person)
    return list(rows.order_by("-asked_at", "-id")[:most])


def how_many(person: Person) -> int:
    """How many there are of a person: what a form says that its writer had before them."""
    return int(ImmigrationDisclosure.objects.filter(person=person).aggregate(many=Count("id"))["many"])


def purpose_changes_of(person: Person, most: int) -> list[PurposeChange]:
    """Those of one person, the latest first."""
    return list(_rows().filter(person=person)[:most])


def purpose_changes_among(people: QuerySet[Person], most: int) -> list[PurposeChange]:
    """Those of some people, the latest first."""
    return list(_rows().filter(person__in=people)[:most])


def _rows() -> QuerySet[PurposeChange]:
    return PurposeChange.objects.select_related("person__case", "recorded_by").order_by("-happened_at", "-id")

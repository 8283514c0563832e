"""What somebody outside is to be told of a person, or was: immigration, a safe address, uses outside a purpose."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Cast

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.disclosures.access import Asked
from lodestar.casework.disclosures.models import ImmigrationDisclosure, NothingDisclosed, PurposeChange
from lodestar.casework.disclosures.rules import PROPOSED, TOLD, decision
from lodestar.casework.ledger.queries import as_text
from lodestar.casework.ledger.queries.facts import Events
from lodestar.casework.safe_addresses.models import ContactWithout
from lodestar.platform.obligations.happened_without import CONTACT_WITHOUT
from lodestar.platform.obligations.obligation_status import Evidence


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
    rows = sorted(_happened_in(cases), key=itemgetter(7))
    for what, case, person, is_told, asked_at, told_at, decided_at, row, decided_by in rows:
        if what == "contact":
            events[case][person].append((CONTACT_WITHOUT, told_at))
            continue
        event = (TOLD, told_at) if is_told else (PROPOSED, asked_at)
        events[case][person].append(event)
        if decided_at is not None:
            decisions[case].append(decision(row, str(person), event, decided_at, decided_by or ""))
    return events, decisions


def disclosures_of(asked: type[Asked], most: int, **whose: Any) -> list[Asked]:
    """What was asked and told of a person, or of the people of a case, the newest first."""
    columns = ("person__case", "asked_by", "decided_by", "told_by", asked.askers[0])
    return list(asked._default_manager.select_related(*columns).filter(**whose).order_by("-asked_at", "-id")[:most])


def nothing_disclosed_in(case: Case) -> list[NothingDisclosed]:
    """When somebody recorded that nothing had gone to immigration, the latest first."""
    return list(NothingDisclosed.objects.select_related("recorded_by").filter(case=case).order_by("-looked_at", "-id"))


def how_many(person: Person) -> int:
    """How many there are of a person: what a form says that its writer had before them."""
    return ImmigrationDisclosure.objects.filter(person=person).count()


def purpose_changes_of(most: int, **whose: Any) -> list[PurposeChange]:
    """Uses outside a purpose of a person, or of some people, the latest first."""
    rows = PurposeChange.objects.select_related("person__case", "recorded_by").filter(**whose)
    return list(rows.order_by("-happened_at", "-id")[:most])

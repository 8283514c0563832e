"""Named reads of help offered again, and what they prove."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.compiled import compiled
from lodestar.casework.support.models import Offer
from lodestar.casework.support.rules import CODE, MADE, met, since_mark
from lodestar.platform.obligations.obligation_status import Evidence
from lodestar.platform.obligations.obligations import as_day


def offers_of(person: Person) -> QuerySet[Offer]:
    """Every offer made again to a person, the latest first."""
    return Offer.objects.filter(person=person).select_related("recorded_by").order_by("-offered_at", "-recorded_at", "-id")


def is_owed(person: Person) -> bool:
    """Whether help is to be offered again, or was, by the ledger as it stands."""
    return Obligation.objects.filter(person=person, code=CODE).exclude(state="not_owed").exists()


@compiled
def _offers_in(cases: Sequence[UUID]) -> QuerySet[Offer]:
    rows = Offer.objects.filter(person__case__in=cases, since__isnull=False, outcome__in=MADE)
    return rows.annotate(of_case=F("person__case_id")).order_by("offered_at", "id")


def evidence(cases: Sequence[UUID]) -> Mapping[UUID, Sequence[Evidence]]:
    """Which re-offers are met by offers that were made: each by the first made on its day or later."""
    made: dict[tuple[UUID, UUID, date], list[Offer]] = defaultdict(list)
    for row in _offers_in(cases):
        made[(row.of_case, row.person_id, as_day(row.since))].append(row)
    by_case: dict[UUID, list[Evidence]] = defaultdict(list)
    for (case, person, since), rows in made.items():
        for moment, row in met(since, [(row.offered_at, row) for row in rows]).items():
            mark, by, proof = since_mark(since), str(row.recorded_by_id), str(row.id)
            by_case[case].append(Evidence(str(person), CODE, "", moment, "done", row.offered_at, mark, by, proof))
    return by_case

"""References of cases for those who may know them without opening the case: never of a sealed one."""

from collections.abc import Iterable
from uuid import UUID

from lodestar.cases.models import Case


def references_of(cases: Iterable[UUID]) -> dict[UUID, str]:
    """The references of these cases, sealed ones left out."""
    return dict(Case.objects.filter(id__in=set(cases), sealed=False).values_list("id", "reference"))


def case_of(reference: str) -> UUID | None:
    """The id of the case of this reference; None for a sealed one as for one that is not there."""
    return Case.objects.filter(reference=reference.strip().upper(), sealed=False).values_list("id", flat=True).first()

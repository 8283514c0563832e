"""What has gone to the Home Office about people of cases that were got through `access.py`."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lodestar.cases.models import Person
from lodestar.cases.queries.facts import Parts, encounters
from lodestar.cases.queries.settings import settings_in_force
from lodestar.cases.rules import PersonReading, reading
from lodestar.referrals.models import Referral, ReferralReference


def read_now(person: Person, people: Sequence[Person] | None = None, parts: Parts | None = None) -> PersonReading:
    """The person as the rules read what is recorded now: their route, and whether they are treated as a child. `people` are
    all those of the case and `parts` what hangs on them, from a caller who has them already."""
    encounter = encounters([person.case], persons=people, parts=parts)[person.case_id]
    return next(one for one in reading(encounter, settings_in_force()).people if one.id == str(person.id))


def referrals_of(people: Sequence[UUID]) -> list[Referral]:
    """Referrals and notifications about these people, the earliest first, with their references."""
    rows = Referral.objects.select_related("recorded_by", "consent").prefetch_related("references")
    return list(rows.filter(person__in=people).order_by("sent_at", "number"))


def references_in(case: UUID) -> QuerySet[ReferralReference, Any]:
    """Every reference that the Home Office gave of the people of a case, and whose it is."""
    return ReferralReference.objects.filter(referral__person__case=case).values_list("referral__person", "reference")


def reference_of(referral: Referral) -> str:
    """The reference as it was last written; empty when none has come."""
    written = sorted(referral.references.all(), key=lambda row: (row.recorded_at, row.id))
    return written[-1].reference if written else ""

"""Writing down that something was used outside the purpose for which it was recorded. It is a disclosure each time, and is
never refused: what has happened stands."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases.models import Crossing, Person
from lodestar.cases.rules.purposes import crossings
from lodestar.record import actions as record


def record_crossings(
    *,
    by: Member,
    at: datetime,
    people: Iterable[Person],
    recorded_for: Iterable[str],
    use: str,
    recipient: str,
    power: str,
    reason: str,
) -> list[Crossing]:
    """Records each crossing of a use, for each of the people; none where the use is within the purpose."""
    recipient, power, found = recipient[:120], power[:120], []
    for person in people:
        for crossed in crossings(recorded_for, use):
            row = Crossing.objects.create(
                person=person, recorded_for=crossed, used_for=use, reason=reason, happened_at=at,
                recorded_at=timezone.now(), recorded_by_id=by.user, recipient=recipient, power=power,
            )  # fmt: skip
            record.append(
                "cases.purpose_crossed", by=by.user, role=by.role, at=at, case=person.case_id, people=[person.id],
                subject=str(row.id), fields=[f"from_{crossed}", f"for_{use}"], recipient=recipient, power=power,
            )  # fmt: skip
            found.append(row)
    return found

"""The register of breaches. A step is only ever added."""

from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.keeping.models import Breach, BreachStep
from lodestar.keeping.queries import next_number
from lodestar.record import actions as record


def record_breach(*, by: Member, at: datetime, kind: str, what: str, how_many: int | None, aware_at: datetime) -> Breach:
    """Writes a breach down. The clock began when the force knew of it, and not when it was written down."""
    row = Breach.objects.create(
        number=next_number(Breach), kind=kind, what=what, how_many=how_many, aware_at=aware_at, recorded_at=timezone.now(),
        recorded_by_id=by.user,
    )  # fmt: skip
    record.append("keeping.breach_recorded", by=by, at=at, subject=str(row.id))
    return row


def breach_step(*, by: Member, at: datetime, breach: Breach, kind: str, words: str) -> BreachStep:
    """Records what was done about a breach, or decided not to be. Telling the Commissioner or people is a disclosure."""
    row = BreachStep.objects.create(
        breach=breach, kind=kind, words=words, happened_at=at, recorded_at=timezone.now(), recorded_by_id=by.user
    )
    told = {"commissioner_told": "Information Commissioner", "people_told": "The people it is about"}.get(kind, "")
    record.append(
        "keeping.breach_told" if told else "keeping.breach_step", by=by, at=at, subject=str(breach.id), fields=[kind],
        recipient=told, power="Data Protection Act 2018 sections 67 and 68" if told else "",
    )  # fmt: skip
    return row

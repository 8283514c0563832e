"""People of a case as HTCDS records, read anew each time (docs/adr/0010)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lodestar.cases.access.redaction import Subject, known_values
from lodestar.cases.ledger import facts_of
from lodestar.cases.models import Case, Person
from lodestar.cases.queries.settings import settings_in_force
from lodestar.cases.rules.encounter_reading import PersonReading, reading
from lodestar.cases.rules.highlighting import FILE
from lodestar.exchange.rules.going_out import About, left_out, record_of
from lodestar.kernel.days import london_date
from lodestar.kernel.encounter_form import encounter_form
from lodestar.record.models import Event
from lodestar.referrals.models.sent import Referral
from lodestar.referrals.queries.outgoing import Listed, listed_of
from lodestar.referrals.queries.sent import MADE
from lodestar.tenancy.models import Tenant

EXPORTED = "exchange.htcds_exported"
LASTS = timedelta(hours=12)  # how long a file can be fetched by whoever gave the purpose


def own_export(user: UUID, export: UUID, now: datetime) -> QuerySet[Event]:
    """An export that this person gave the purpose of in the last twelve hours."""
    return Event.objects.filter(by=user, code=EXPORTED, recorded_at__gte=now - LASTS, id=export)


def records_of(case: Case, people: Sequence[UUID]) -> tuple[list[dict[str, Any]], list[str]]:
    """The records of these people of a case that was got through `access.py`, and what they do not hold."""
    encounter = facts_of([case])[case.id]
    form = encounter_form(encounter)
    read = {person_reading.id: person_reading for person_reading in reading(encounter, settings_in_force()).people}
    rows = {row.id: row for row in Person.objects.filter(case=case, id__in=people)}
    sent, listed = _sent(rows), listed_of(rows)
    force = Tenant.objects.get(slug=case.tenant).name
    records: list[dict[str, Any]] = []
    notes: dict[str, None] = {}
    for person in form["people"]:
        row = rows.get(UUID(person["id"]))
        if row is None:
            continue
        about = _about(row, read[person["id"]], force, sent.get(row.id), listed.get(row.id, Listed()))
        about = replace(about, known_values=tuple(known_values(Subject(case, row), FILE)))
        records.append(record_of(form, person, about))
        notes |= dict.fromkeys(left_out(person, about))
    return records, list(notes)


def _sent(people: Iterable[UUID]) -> Mapping[UUID, datetime]:
    rows = Referral.objects.filter(person__in=list(people), route="nrm", direction=MADE).order_by("-sent_at")
    return dict(rows.values_list("person_id", "sent_at"))


def _about(row: Person, read: PersonReading, force: str, sent: datetime | None, listed: Listed) -> About:
    conclusive = [decision for decision in read.decisions if decision.outcome.startswith("cg")]
    return About(
        name=row.name,
        language=row.language,
        force=force,
        decided=conclusive[-1].outcome if conclusive else "",
        sent_on=london_date(sent) if sent else None,
        control=listed.control,
        sectors=listed.sectors,
        places=listed.places,
    )

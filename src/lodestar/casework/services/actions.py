"""Writing services: an import, an edit, a count of places, a withdrawal; and looking for a place for a person.

Whatever is written, `_fill` reads the other columns from the record, and no record holds an address where a person is safe.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.casework.safe_addresses.queries import safe_address_keys
from lodestar.casework.services.models import AvoidedArea, PlaceSearch, Service, ServiceChange
from lodestar.casework.services.queries import latest_counts
from lodestar.casework.services.rules.records import (
    PLACES,
    Document,
    ServiceFile,
    addresses_in,
    capacity_of,
    errors_in,
    facts_of,
    instant,
    is_places,
    organisation_of,
)
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.names.contact_normalisation import addresses
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import new_id

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"
SAFE_ADDRESS = "an address in it must never be in a directory: take the address out. Lodestar does not say why"
TWICE = "a service with this id comes earlier in the file"
NO_ID = "another service has this id"


class CannotKeep(ValueError):
    """The record cannot be kept; `errors` says why, in plain words."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = list(errors)


@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of one record of an import."""

    id: str | None
    name: str
    became: str
    errors: Sequence[str] = ()


def import_services(*, by: Member, at: datetime, file: ServiceFile, applies: bool) -> list[Outcome]:
    """Takes records in, each by its own id; a record with errors is refused and stops no other. Without `applies` nothing is
    written. A count of places that was recorded here later than the record's own stays in it."""
    safe, records = safe_address_keys(), file.records
    ids = [one["id"] for one in records if isinstance(one, dict) and isinstance(one.get("id"), str) and "\0" not in one["id"]]
    stored = {row.own_id: row for row in Service.objects.select_for_update().filter(own_id__in=ids)}
    counts = latest_counts(row.id for row in stored.values())
    outcomes, seen = list[Outcome](), set[str]()
    added, written, changes = list[Service](), list[Service](), list[ServiceChange]()
    for record in records:
        errors = _errors(record, safe)
        own_id, name = _text_in(record, "id"), _text_in(record, "name") or ""
        if not errors and own_id in seen:
            errors = [TWICE]
        if errors or own_id is None:
            outcomes.append(Outcome(own_id, name, REFUSED, errors))
            continue
        seen.add(own_id)
        document: Document = record  # type: ignore[assignment]  # it has no errors
        row = stored.get(own_id)
        if row is not None and file.is_page:
            document = row.document | document
        if row is not None and row.id in counts:
            document = _with_later_count(document, counts[row.id])
        fields = _changed(row.document, document) if row else sorted(document)
        outcomes.append(Outcome(own_id, name, CREATED if row is None else UPDATED if fields else UNCHANGED))
        if not applies or not fields:
            continue
        if row is None:
            added.append(row := Service(own_id=own_id))
        else:
            written.append(row)
            row.version += 1
        _fill(row, document, by, at)
        changes.append(_change(row, "imported", by, at, fields=fields))
    if changes:
        Service.objects.bulk_create(added, batch_size=500)
        Service.objects.bulk_update(written, FILLED, batch_size=200)
        ServiceChange.objects.bulk_create(changes, batch_size=500)
        audit("services.imported", by=by, at=at, subject=f"{len(changes)} services")
    return outcomes


def _text_in(record: object, name: str) -> str | None:
    value = record.get(name) if isinstance(record, dict) else None
    return value if isinstance(value, str) else None


def _errors(record: object, safe: frozenset[str]) -> list[str]:
    errors = errors_in(record)
    if any(not safe.isdisjoint(addresses(address)) for address in addresses_in(record)):
        errors.append(SAFE_ADDRESS)
    return errors


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields in which two records differ; the order of keys makes no difference."""
    written = [{name: json.dumps(value, sort_keys=True) for name, value in one.items()} for one in (before, after)]
    return sorted(name for name in {*before, *after} if written[0].get(name) != written[1].get(name))


FILLED = ("name", "organisation", "status", "document", "facts", "needs", "languages", "assured_on", "version", "changed_at",
          "changed_by")  # fmt: skip


def _fill(service: Service, document: Document, by: Member, at: datetime) -> None:
    """Writes a record into a service: the one place where the other columns are read from it."""
    facts = facts_of(document)
    service.document, service.facts = document, facts.stored
    service.name, service.organisation = document["name"].strip()[:200], organisation_of(document)[:200]
    service.status = document["status"]
    service.needs = [need[:60] for need in facts.terms.get("need", ())]
    service.languages = [code[:40] for code in facts.languages]
    service.assured_on = date.fromisoformat(facts.assured_on) if facts.assured_on else None
    service.changed_at, service.changed_by_id = at, by.user


def _change(service: Service, kind: str, by: Member, at: datetime, **columns: Any) -> ServiceChange:
    columns["fields"] = [name[:60] for name in columns.get("fields", ())]
    return ServiceChange(service=service, kind=kind, recorded_at=at, recorded_by_id=by.user, **columns)


def _with_later_count(document: Document, count: ServiceChange) -> Document:
    """The record with the count that somebody here recorded, where that is later than its own."""
    own = instant(capacity_of(document).said_at)
    if count.said_at is None or (own is not None and own >= count.said_at):
        return document
    return with_places(document, int(count.places or 0), count.said_at)


def with_places(document: Document, places: int, said_at: datetime) -> Document:
    """The record with this many places free, written into its capacities."""
    document = deepcopy(document)
    entries = document.get("capacities") or []
    found = [one for one in entries if is_places(one)]
    new = {"id": str(new_id()), "unit": {"name": PLACES}}
    entry = max(found, key=lambda one: str(one.get("updated") or ""), default=new)
    entry |= {"available": places, "updated": said_at.isoformat()}
    document["capacities"] = entries if found else [*entries, entry]
    return document


def save_service(*, by: Member, at: datetime, service: Service | None, document: Document, seen: int | None = None) -> Service:
    """Adds a service, or writes an edit into its record. `seen` is the version that the writer looked at.

    Raises ConcurrentEdit when somebody else wrote meanwhile, CannotKeep with plain words for what cannot be kept.
    """
    errors = _errors(document, safe_address_keys())
    if service is None and not errors and Service.objects.filter(own_id=document["id"]).exists():
        errors = [NO_ID]
    if errors:
        raise CannotKeep(errors)
    if service is None:
        row, kind, fields = Service(own_id=document["id"]), "added", sorted(document)
    else:
        row, kind = _locked(service, seen), "edited"
        fields = _changed(row.document, document)
    if fields:
        _save(row, document, _change(row, kind, by, at, fields=fields), by, at)
        audit("services.saved", by=by, at=at, subject=str(row.id), fields=fields)
    return row


def _locked(service: Service, seen: int | None = None) -> Service:
    row = Service.objects.select_for_update().get(id=service.id)
    if seen is not None and seen != row.version:
        raise ConcurrentEdit(row)
    return row


def _save(row: Service, document: Document, change: ServiceChange, by: Member, at: datetime) -> None:
    is_new = row._state.adding
    _fill(row, document | {"last_modified": at.isoformat()}, by, at)
    row.version += not is_new
    row.save(force_insert=is_new)
    change.save(force_insert=True)


def record_capacity(*, by: Member, at: datetime, service: Service, places: int, said_by: str, said_at: datetime) -> None:
    """Records how many places a service has free, who said so and when; it becomes the record's capacity unless a later one is
    there."""
    row = _locked(service)
    change = _change(row, "capacity", by, at, fields=["capacities"], places=places, who_said=said_by, said_at=said_at)
    _save(row, _with_later_count(row.document, change), change, by, at)
    audit("services.capacity_recorded", by=by, at=at, subject=str(row.id), fields=["capacities"])


def withdraw_service(*, by: Member, at: datetime, service: Service, seen: int | None = None) -> None:
    """Withdraws a service: it is inactive, and nobody is sent there. Raises ConcurrentEdit as `save_service`."""
    row = _locked(service, seen)
    document = row.document | {"status": "inactive"}
    _save(row, document, _change(row, "withdrawn", by, at, fields=["status"]), by, at)
    audit("services.withdrawn", by=by, at=at, subject=str(row.id))


def services_exported(*, by: Member, at: datetime, number: int) -> None:
    """Writes down that the services were exported."""
    audit("services.exported", by=by, at=at, subject=f"{number} services")


def search_places(
    *, by: Member, at: datetime, person: Person, answers: Mapping[str, Any], area: Mapping[str, Any] | None = None,
    removed: Iterable[UUID] = (), missing: str = "",
) -> None:  # fmt: skip
    """Keeps what a place is looked for by, what was `missing` where nobody could take them, an area that they must not be near,
    and which areas no longer hold."""
    found = {"answers": json.dumps(answers), "missing": missing}
    PlaceSearch.objects.create(person=person, searched_at=at, searched_by_id=by.user, **found)
    AvoidedArea.objects.filter(person=person, id__in=list(removed), removed_at__isnull=True).update(
        removed_at=at, removed_by_id=by.user
    )
    if area:
        AvoidedArea.objects.create(person=person, recorded_at=at, recorded_by_id=by.user, **area)
    audit("services.place_searched", by=by, at=at, case=person.case_id, people=[person.id])

"""Telling somebody outside a safe address: asked by one and decided by another; what happened without is always recorded."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, Value
from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.actions.disclosures import (
    NotApproved,
    is_as_approved,
    notify_asker,
    notify_deciders,
    record_purpose_changes,
    untold,
)
from lodestar.casework.disclosures.models import AddressDisclosure
from lodestar.casework.disclosures.rules import ADDRESS, IMMIGRATION, use_in_effect
from lodestar.casework.ledger import ledger
from lodestar.platform.accounts.access import Member
from lodestar.platform.approvals.actions import decide
from lodestar.platform.audit.actions import audit
from lodestar.platform.time.days import london_date


class TellsImmigration(ValueError):
    """Telling immigration is proposed and decided by itself (`actions/disclosures.py`)."""


def ask_to_tell(
    *, by: Member, at: datetime, person: Person, recipient: str, power: str, reason: str, use: str, crossing: str = ""
) -> AddressDisclosure:
    """Asks a detective inspector whether somebody outside may be told the person's safe address. `use` is what for, and
    `crossing` why, where that is not what it was recorded for. Raises TellsImmigration."""
    if use_in_effect(use, recipient, london_date(at)) == IMMIGRATION:
        raise TellsImmigration("Propose immigration disclosures on their own page")
    columns = {"recipient": recipient[:120], "power": power[:120], "use": use, "reason": reason, "crossing": crossing}
    row = AddressDisclosure.objects.create(person=person, asked_at=at, asked_by_id=by.user, **columns)
    audit("cases.address_telling_asked", by=by, at=at, **row.logged())
    notify_deciders(by, at, row, "address_waits")
    return row


def decide_address_disclosure(*, by: Member, at: datetime, telling: AddressDisclosure, approved: bool, because: str) -> None:
    """A detective inspector who did not ask approves or refuses. Of what was told already it says whether it was right. Who
    may is checked in `access.py`. Raises CannotDecide."""
    code = "cases.address_telling_approved" if approved else "cases.address_telling_refused"
    decide(by=by, at=at, row=telling, approved=approved, because=because, code=code)
    notify_asker(by, at, telling, "address_decided")


def tell_address(*, by: Member, at: datetime, telling: AddressDisclosure) -> None:
    """Writes down that the recipient was told at `at`, as it was approved by then: the disclosure itself. Raises NotApproved,
    and AlreadyDisclosed."""
    with transaction.atomic():
        row = untold(telling)
        if not is_as_approved(row, at):
            raise NotApproved("It is not approved, or the approval has expired")
        AddressDisclosure.objects.filter(id=telling.id).update(told_at=at, told_by_id=by.user)
        _record_address_disclosure("cases.address_told", by, at, row)


def record_address_disclosed(*, by: Member, at: datetime, telling: AddressDisclosure) -> bool:
    """Writes down that the recipient was told at `at`, by whoever of the case writes it and whenever: as approved, where the
    approval held then; else that they were told without, once. Whether as approved. Raises AlreadyDisclosed."""
    person = telling.person
    code = "cases.address_told" if is_as_approved(telling, at) else "cases.address_told_without"
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        row = untold(telling)
        if is_as_approved(row, at):
            tell_address(by=by, at=at, telling=telling)
            return True
        record_unapproved_address_disclosure(
            by=by, at=at, person=person, recipient=row.recipient, power=row.power, reason=str(row.reason), use=row.use,
            crossing=str(row.crossing), first_asked_by=row.asked_by_id,
        )  # fmt: skip
        AddressDisclosure.objects.filter(id=row.id).update(told_outside=True)
    return False


def record_unapproved_address_disclosure(
    *, by: Member, at: datetime, person: Person, recipient: str, power: str, reason: str, use: str, crossing: str = "",
    first_asked_by: UUID | None = None,
) -> AddressDisclosure:  # fmt: skip
    """Records that somebody outside was told at `at`, before anybody had decided it. It is never refused: it is counted, and
    the duty inspector and the coordinator are to look at it. `first_asked_by`: who had asked for what was told, where it was
    approved for another time."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.address_told_without"):
        row = AddressDisclosure.objects.create(
            person=person, recipient=recipient[:120], power=power[:120], use=use, reason=reason, crossing=crossing,
            happened_without=True, asked_at=timezone.now(), asked_by_id=by.user, told_at=at, told_by_id=by.user,
            first_asked_by_id=first_asked_by,
        )  # fmt: skip
        Person.objects.filter(id=person.id).update(address_told=Func(F("address_told"), Value(at), function="array_append"))
        _record_address_disclosure("cases.address_told_without", by, at, row)
    return row


def _record_address_disclosure(code: str, by: Member, at: datetime, row: AddressDisclosure) -> None:
    """The disclosure, and where it is outside the purpose for which addresses are recorded, that crossing."""
    audit(code, by=by, at=at, **row.logged(), fields=[f"for_{row.use}"] if row.use else [])
    if row.use:
        record_purpose_changes(
            by=by, at=at, people=[row.person], recorded_for=ADDRESS, use=row.use, recipient=row.recipient, power=row.power,
            reason=str(row.crossing or row.reason), is_written=bool(row.approved),
        )  # fmt: skip

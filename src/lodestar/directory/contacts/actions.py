"""Setting a contact, saying that it was checked, removing it. Each is a new version and one event; one person may do it alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lodestar.directory.contacts.models import ContactVersion
from lodestar.directory.contacts.queries import KEPT, as_contact
from lodestar.directory.contacts.rules import CannotRead, Contact
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.accounts.queries import colleague
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.request_cache import forget
from lodestar.platform.time.days import london_date


def set_contact(*, by: Member, at: datetime, contact: Contact, seen: int | None = None) -> ContactVersion:
    """Sets a contact of the force. `seen` is the version that the writer looked at, 0 for none. The same again changes nothing.

    Raises ConcurrentEdit when somebody else wrote another meanwhile, and CannotRead for an owner who is no role and nobody here.
    """
    before = _latest(contact.kind, contact.district)
    if seen is not None and seen != (before.version if before else 0):
        raise ConcurrentEdit(before)
    if before is not None and not before.is_removed and as_contact(before) == contact:
        return before
    is_as_checked = before is not None and before.checked_on == contact.checked_on
    checked_by = before.checked_by_id if before and is_as_checked else by.user if contact.checked_on else None
    columns = {name: getattr(contact, name) for name in ("name", "telephone", "second_telephone", "email", "checked_on", "note")}
    columns |= {"hours": contact.hours.code, "checked_by_id": checked_by, **_owner(contact.owner)}
    changed = [name for name, value in columns.items() if before is None or getattr(before, name) != value]
    return _add("contacts.set", by, at, (contact.kind, contact.district), before, columns, changed)


def check_contacts(*, by: Member, at: datetime, contacts: Iterable[tuple[str, str, str]]) -> int:
    """Says that each of these (kind, district, telephone) was rung or looked up today and is right; returns how many were there.
    A number that a colleague has changed meanwhile was not checked."""
    checked = 0
    for kind, district, telephone in contacts:
        before = _latest(kind, district)
        if before is None or before.is_removed or before.telephone != telephone:
            continue
        columns = _columns(before) | {"checked_on": london_date(at), "checked_by_id": by.user}
        _add("contacts.checked", by, at, (kind, district), before, columns, ["checked_on"])
        checked += 1
    return checked


def remove_contact(*, by: Member, at: datetime, kind: str, district: str, seen: int) -> None:
    """Removes a contact: from now on its number is missing. Raises ConcurrentEdit when another version was written meanwhile."""
    before = _latest(kind, district)
    if before is None or before.version != seen:
        raise ConcurrentEdit(before)
    if not before.is_removed:
        _add("contacts.removed", by, at, (kind, district), before, _columns(before) | {"is_removed": True}, ["is_removed"])


def _latest(kind: str, district: str) -> ContactVersion | None:
    rows = ContactVersion.objects.filter(kind=kind, district=district).order_by("-version")
    return rows.select_related("owner").first()


def _columns(row: ContactVersion) -> dict[str, Any]:
    names = ("name", "telephone", "second_telephone", "email", "hours", "checked_on", "checked_by_id", "owner_role", "owner_id",
             "note")  # fmt: skip
    return {name: getattr(row, name) for name in names}


def _owner(owner: str) -> dict[str, Any]:
    if not owner or owner in ROLES:
        return {"owner_role": owner, "owner_id": None}
    user = colleague(owner)
    if user is None:
        raise CannotRead(f"owner: {owner[:40]} is no role, and no colleague signs in by that name")
    return {"owner_role": "", "owner_id": user}


def _add(
    code: str, by: Member, at: datetime, key: tuple[str, str], before: ContactVersion | None, columns: dict[str, Any],
    fields: list[str],
) -> ContactVersion:  # fmt: skip
    row = ContactVersion.objects.create(
        kind=key[0], district=key[1], version=(before.version if before else 0) + 1, recorded_at=at, recorded_by_id=by.user,
        **columns,
    )  # fmt: skip
    audit(code, by=by, at=at, subject=str(row.id), fields=[name.removesuffix("_id") for name in fields])
    forget(KEPT)  # the rest of the transaction reads them again
    return row

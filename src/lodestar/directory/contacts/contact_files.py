"""Contacts as a part of the one file of a force's settings: their columns, what the file would change, and reading it in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from lodestar.directory.contacts.actions import set_contact
from lodestar.directory.contacts.queries import contact_book
from lodestar.directory.contacts.rules import CannotRead, Contact, is_telephone_number, kinds, missing, read_hours
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.queries import colleague
from lodestar.platform.settings.rules import REFUSED, SAME, SET, Line
from lodestar.platform.settings.settings_file import Part
from lodestar.platform.text.text_normalise import one_line
from lodestar.platform.time.days import london_date

COLUMNS = ("kind", "district", "name", "telephone", "second_telephone", "email", "hours", "checked_on", "owner", "note")
LONGEST = {"district": 60, "name": 100, "telephone": 30, "second_telephone": 30, "email": 254, "note": 200, "owner": 80}


def cells_of(contact: Contact) -> dict[str, str]:
    """A contact as the cells of a row."""
    checked_on = contact.checked_on.isoformat() if contact.checked_on else ""
    return asdict(contact) | {"hours": contact.hours.code, "checked_on": checked_on}


def read_cells(cells: Mapping[str, Any], today: date) -> Contact:
    """The contact of a row. Raises CannotRead for the first cell that is none."""
    given = {name: one_line(str(cells.get(name) or "")) for name in COLUMNS}
    if given["kind"] not in kinds():
        raise CannotRead(f"kind: {given['kind'][:40] or 'nothing'} is no kind of contact")
    if given["district"] and not kinds()[given["kind"]].by_district:
        raise CannotRead(f"district: {kinds()[given['kind']].name} has one number for the whole force")
    for name, longest in LONGEST.items():
        if len(given[name]) > longest:
            raise CannotRead(f"{name}: at most {longest} characters")
    for name in ("telephone", "second_telephone"):
        if (given[name] or name == "telephone") and not is_telephone_number(given[name]):
            raise CannotRead(f"{name}: write digits, with single spaces between them if you like")
    try:
        if given["email"]:
            validate_email(given["email"])
        checked_on = date.fromisoformat(given["checked_on"]) if given["checked_on"] else None
    except ValidationError:
        raise CannotRead(f"email: {given['email']} is no address") from None
    except ValueError:
        raise CannotRead("checked_on: write a day like 2026-11-30, or nothing") from None
    if checked_on and checked_on > today:
        raise CannotRead("checked_on: that day is to come")
    owner = given["owner"].lower()
    if owner and owner not in ROLES and colleague(owner) is None:
        raise CannotRead(f"owner: {owner} is no role, and no colleague signs in by that name")
    return Contact(
        given["kind"], given["district"], given["name"], given["telephone"], given["second_telephone"], given["email"],
        read_hours(given["hours"]), checked_on, owner, given["note"],
    )  # fmt: skip


def read_in(by: Member, at: datetime, rows: Iterable[tuple[str, Mapping[str, Any]]], *, applies: bool) -> Iterator[Line]:
    """What each row (what it is called, its cells) would change, or changes. A row without a number is left out; the same as is
    there changes nothing, and what the file does not name stays."""
    book, today = contact_book(at), london_date(at)
    for called, cells in rows:
        if not one_line(str(cells.get("telephone") or "")):
            continue
        try:
            contact = read_cells(cells, today)
        except CannotRead as fault:
            yield Line(called, REFUSED, str(fault))
            continue
        before = book.find(contact.kind, contact.district)
        if before == contact:
            yield Line(contact.label, SAME)
            continue
        if applies:
            set_contact(by=by, at=at, contact=contact)
        yield Line(contact.label, SET, _difference(before, contact))


def _difference(before: Contact | None, contact: Contact) -> str:
    old, new = cells_of(before or replace(contact, telephone="", checked_on=None)), cells_of(contact)
    return "; ".join(f"{name.replace('_', ' ')}: {new[name] or 'none'}" for name in COLUMNS if old[name] != new[name])


def _own_contacts(at: datetime) -> list[dict[str, str]]:
    """The contacts of the force; those that are missing are there to be filled in."""
    book = contact_book(at)
    to_fill_in = (Contact(kind.code, district, hours=kind.hours) for kind, district in missing(book))
    return [cells_of(one) for one in (*book.contacts, *to_fill_in)]


def _read(by: Member, at: datetime, content: Any, applies: bool) -> Iterator[Line]:
    rows = [row for row in content if isinstance(row, Mapping)] if isinstance(content, list) else []
    return read_in(by, at, ((f"contact {number}", row) for number, row in enumerate(rows, 1)), applies=applies)


PART = Part("contacts", "Numbers to ring", Permission.CONTACTS_SET, _own_contacts, _read)

"""The list of a force's contacts, one contact and its history, and what a file would change."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from lodestar.directory.contacts.models import ContactVersion
from lodestar.directory.contacts.queries import as_contact
from lodestar.directory.contacts.rules import Book, Contact, kinds, missing, stale
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day, day_time
from lodestar.platform.design.words import curly


def contact_href(kind: str, district: str = "") -> str:
    """The address of one contact."""
    query = f"?{urlencode({'district': district})}" if district else ""
    return reverse("contact", args=[kind]) + query


def key_of(contact: Contact) -> str:
    """A contact, with the number that is shown, as a tick of the list names it."""
    return f"{contact.kind}:{contact.telephone}:{contact.district}"


def read_key(key: str) -> tuple[str, str, str]:
    """The kind, district and number of such a key."""
    kind, telephone, district = key.split(":", 2)
    return kind, district, telephone


def contact_lines(book: Book, checked_by: Mapping[tuple[str, str], str], today: date) -> list[dict[str, str]]:
    """Every contact: the missing ones first, then those checked too long ago, then the rest. `key` names it in the form that says
    it was checked."""
    lines = [
        {
            "state": "missing", "label": curly(f"{kind.name}: {district}" if district else kind.name), "key": "",
            "href": contact_href(kind.code, district), "kind": kind.code,
        }
        for kind, district in missing(book)
    ]  # fmt: skip
    old = stale(book, today)
    rest = [one for one in book.contacts if one not in old]
    return lines + [
        {
            "state": "stale" if one in old else "current", "label": curly(one.label), "number": one.telephone, "kind": one.kind,
            "about": _about(one, checked_by.get((one.kind, one.district), ""), today), "key": key_of(one),
            "href": contact_href(one.kind, one.district),
        }
        for one in (*old, *rest)
    ]  # fmt: skip


def _about(contact: Contact, by: str, today: date) -> str:
    days = contact.days_since_check(today)
    ago = {0: "today", 1: "yesterday"}.get(days or 0, f"{days} days ago")
    checked = f"Last checked {ago} by {by}" if days is not None else "Never checked"
    return f"{capital(contact.hours.words)}. {checked}"


def owner_words(contact: Contact) -> str:
    """The owner as a page names them: a role by its name, a member by the name they sign in with."""
    return ROLES[contact.owner].name if contact.owner in ROLES else contact.owner


def history_lines(rows: Iterable[ContactVersion]) -> list[tuple[str, str, str]]:
    """Every version of a contact: when and by whom, the number, the rest."""
    return [
        (f"{day_time(row.recorded_at)}, {row.recorded_by.name}", "Removed" if row.is_removed else row.telephone, _rest(row))
        for row in rows
    ]


def _rest(row: ContactVersion) -> str:
    contact = as_contact(row)
    checked = f"checked {day(row.checked_on)} by {row.checked_by.name}" if row.checked_on and row.checked_by else ""
    parts = (
        contact.name, contact.second_telephone, contact.email, contact.hours.words, owner_words(contact), contact.note, checked
    )  # fmt: skip
    return curly(capital(". ".join(part for part in parts if part)))


def by_district_links() -> list[tuple[str, str]]:
    """The kinds of which each district may have its own, with the page that adds one."""
    return [(curly(kind.name), contact_href(kind.code)) for kind in kinds().values() if kind.by_district]

"""Reads of a force's contacts: the book of numbers, one contact with its history, and the numbers kept beside the database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone

from lodestar.directory.contacts.models import ContactVersion
from lodestar.directory.contacts.rules import POSTS, Book, Contact, Duty, missing, ordered, read_hours, stale
from lodestar.platform.accounts.models import RotaEntry
from lodestar.platform.obligations.settings import SHIPPED
from lodestar.platform.reference.queries import contacts_on
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.tenancy.force_checks import Finding
from lodestar.platform.tenancy.request_cache import read_once
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date

KEPT = "contacts"
UNKNOWN = Book(is_known=False)  # of nobody in particular
STALE_AFTER = "contact_stale_days"


def latest(now: datetime, unit: UUID | None = None) -> list[ContactVersion]:
    """The latest version of each contact, removed ones too. In the same query, as a worklist has no room for another:
    `stale_days` as the force sets it, and who is on duty in the post, of this unit first."""
    changes = SettingChange.objects.filter(key=STALE_AFTER, approved=True, from_date__lte=london_date(now))
    stale_days = Subquery(changes.order_by("-from_date", "-decided_at", "-id").values("value")[:1])
    posts = Case(*(When(kind=kind, then=Value(post)) for kind, post in POSTS.items()), output_field=CharField())
    duties = RotaEntry.objects.filter(post=OuterRef("post"), from_at__lte=now, to_at__gt=now)
    duties = duties.order_by(Case(When(unit_id=unit, then=0), default=1), "-from_at", "-id")
    rows = ContactVersion.objects.select_related("owner", "checked_by").annotate(
        stale_days=stale_days,
        post=posts,
        duty=Subquery(duties.values("user__name")[:1]),
        duty_to=Subquery(duties.values("to_at")[:1]),
    )
    return list(rows.order_by("kind", "district", "-version").distinct("kind", "district"))


def as_contact(row: ContactVersion) -> Contact:
    """A version as a plain value."""
    return Contact(
        row.kind, row.district, row.name, row.telephone, row.second_telephone, row.email, read_hours(row.hours),
        row.checked_on, row.owner.username if row.owner else row.owner_role, row.note,
    )  # fmt: skip


def contact_book(now: datetime, unit: UUID | None = None) -> Book:
    """The contacts of the force as they are now, with who is on duty, of this unit first. Without a unit read once
    a transaction."""
    return book_of(latest(now, unit), now) if unit else read_once(KEPT, lambda: book_of(latest(now), now))


def book_of(rows: Sequence[ContactVersion], now: datetime) -> Book:
    """The book that these latest versions make."""
    own = getattr(rows[0], "stale_days", None) if rows else None
    days = int(own or SHIPPED.on(london_date(now))[STALE_AFTER])
    on_duty = {
        row.kind: Duty(name, row.duty_to)  # type: ignore[attr-defined]  # read with it, by `latest`
        for row in rows
        if (name := getattr(row, "duty", None))
    }
    return Book(ordered(as_contact(row) for row in rows if not row.is_removed), days, on_duty=on_duty)


def history(kind: str, district: str) -> QuerySet[ContactVersion]:
    """Every version of one contact, the latest first."""
    rows = ContactVersion.objects.filter(kind=kind, district=district).order_by("-version")
    return rows.select_related("owner", "checked_by", "recorded_by")


def known_numbers(now: datetime) -> list[str]:
    """Every number that is a service's or a post's, national or the force's, and so nobody's own."""
    own = (number for one in contact_book(now).contacts for number in (one.telephone, one.second_telephone) if number)
    return [*(row["number"] for row in contacts_on(london_date(now))), *own]


# --- without a sign-in, or without a database ------------------------------------------------------------------------


def book_where_at_work(tenant: str, now: datetime) -> Book | None:
    """The contacts of a force for a page that asked no permission; None while the database is away."""
    with suppress(DatabaseError, InterfaceError), within(tenant):
        return contact_book(now)
    return None


def numbers_path() -> Path:
    """Where the worker keeps the numbers of each force for pages that ask no database."""
    return Path(settings.VAR) / "essentials" / "numbers.json"


def books_as_json(names: Mapping[str, str], now: datetime) -> str:
    """The numbers of these forces (what each is called, by slug), as the worker keeps them: what to ring, and no more."""
    forces = []
    for slug, name in names.items():
        with within(slug):
            book = contact_book(now)
        rows = [
            [one.kind, one.district, one.name, one.telephone, one.second_telephone, one.hours.code,
             one.checked_on.isoformat() if one.checked_on else "", one.note]
            for one in book.contacts
        ]  # fmt: skip
        forces.append({"name": name, "stale_days": book.stale_days, "contacts": rows})
    return json.dumps(forces)


def stored_books() -> list[tuple[str, Book]]:
    """Each force with its numbers, as the worker kept them last; none where it has not yet. No database is asked."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return [_stored_book(force) for force in json.loads(numbers_path().read_text(encoding="utf-8"))]
    return []


def _stored_book(force: Mapping[str, object]) -> tuple[str, Book]:
    contacts = tuple(
        Contact(kind, district, name, first, second, "", read_hours(hours), date.fromisoformat(on) if on else None, "", note)
        for kind, district, name, first, second, hours, on, note in force["contacts"]  # type: ignore[attr-defined]  # JSON
    )
    return str(force["name"]), Book(ordered(contacts), int(str(force["stale_days"])))


def check_contacts(_force: str) -> Iterator[Finding]:
    """What `./lodestar check` says of each number to ring that the force has not set, or nobody has checked within the days
    that it sets."""
    now = timezone.now()
    book, today = contact_book(now), london_date(now)
    for kind, district in missing(book):
        yield Finding("contact_missing", f"no number set for {kind.phrase}" + (f" in {district}" if district else ""))
    for one in stale(book, today):
        days = one.days_since_check(today)
        yield Finding("contact_old", f"{one.label}: {'never checked' if days is None else f'last checked {days} days ago'}")

"""Numbers to ring of a force."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import factory
from django.utils import timezone

import lodestar.demo
from lodestar.directory.contacts.actions import check_contacts, set_contact
from lodestar.directory.contacts.contact_files import read_cells
from lodestar.directory.contacts.models import ContactVersion
from lodestar.directory.contacts.rules import Book, Contact, ordered, read_hours
from lodestar.platform.accounts.access import Member
from tests.factories.accounts import Somebody
from tests.factories.cases import MET

DEMO = Path(lodestar.demo.__file__).parent / "contacts.csv"


class ContactVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContactVersion

    kind = "coroner"
    version = factory.Sequence(lambda n: n + 1)
    telephone = "01632 960 330"
    hours = "always"
    recorded_at = MET
    recorded_by = Somebody()


def drama_contacts() -> list[Contact]:
    """The numbers for drama that the demo reads in; they ask no database, as they name no colleague."""
    rows = csv.DictReader(DEMO.read_text(encoding="utf-8").splitlines())
    return [read_cells(cells, datetime.now(UTC).date()) for cells in rows]


def drama_book() -> Book:
    """A force with the numbers of the demo."""
    return Book(ordered(drama_contacts()))


def a_contact(by: Member, kind: str, telephone: str, district: str = "", hours: str = "always") -> ContactVersion:
    """A number that a member sets, checked today."""
    contact = Contact(kind, district, telephone=telephone, hours=read_hours(hours))
    row = set_contact(by=by, at=timezone.now(), contact=contact)
    check_contacts(by=by, at=timezone.now(), contacts=[(kind, district, telephone)])
    return row


def drama_numbers(by: Member) -> None:
    """Sets the numbers of the demo for the force, and says that they were checked."""
    for contact in drama_contacts():
        set_contact(by=by, at=timezone.now(), contact=contact)
    check_contacts(by=by, at=timezone.now(), contacts=[(one.kind, one.district, one.telephone) for one in drama_contacts()])

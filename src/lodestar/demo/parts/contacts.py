"""The numbers to ring of the demo force."""

import csv
from datetime import datetime
from pathlib import Path

from lodestar.directory.contacts.actions import check_contacts
from lodestar.directory.contacts.contact_files import read_in
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.registry.demo_parts import DemoPart, Members, register_demo_part
from lodestar.platform.settings.rules import REFUSED


def numbers_to_ring(members: Members, now: datetime) -> None:
    """Ofcom's numbers for drama, read in from a file as a coordinator would. One is left unchecked, and one is not set."""
    by = members["coordinator"]
    with (Path(__file__).parents[1] / "contacts.csv").open(encoding="utf-8", newline="") as file:
        lines = list(read_in(by, now, ((cells["kind"], cells) for cells in csv.DictReader(file)), applies=True))
    if any(line.outcome == REFUSED for line in lines):
        raise ValueError(lines)
    checked = [(one.kind, one.district, one.telephone) for one in contact_book(now).contacts if one.kind != "regional_unit"]
    check_contacts(by=by, at=now, contacts=checked)


register_demo_part(DemoPart("contacts", numbers_to_ring, before_sign_in=True, begin=numbers_to_ring))

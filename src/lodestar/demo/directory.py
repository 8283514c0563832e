"""The demo force's partners, places that its cases have in common, and services, recorded as its people would."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from lodestar.casework.services.actions import REFUSED, import_services
from lodestar.casework.services.rules.files import ServiceFile, read_file
from lodestar.directory.entities.actions import record_entity
from lodestar.directory.entities.models import Organisation, Place
from lodestar.directory.entities.queries import VALUES
from lodestar.directory.partners.actions import confirm_partner, record_part, record_partner
from lodestar.directory.partners.models import Agreement, Partner, PartnerContact
from lodestar.platform.accounts.access import Member
from lodestar.platform.time.days import london_date

OWN = (  # name, kind, what it can do; role, number, hours; days since it was confirmed
    ("Fenmarch County Council", "council", "Housing, adult and children’s social care, trading standards.",
     "Out of hours housing", "01632 960 501", "outside mon-fri 08:30-17:00", 12),
    ("Fenmarch Hospitals NHS Trust", "nhs", "Emergency care, sexual health, safeguarding team.",
     "Safeguarding team", "01632 960 502", "mon-fri 09:00-17:00", 140),
    ("Saltway Women’s Trust", "charity", "Casework and counselling for women, in six languages.",
     "Referral line", "01632 960 503", "always", 30),
)  # fmt: skip
PLACES = (  # name, kind, address, postcode
    ("Lilac Nails", "nail_bar", "3 Fen Road, Saltway", "ZZ9 4AA"),
    ("Quayside Hand Car Wash", "car_wash", "88 Quay Street, Saltway", "ZZ9 4BB"),
    ("Brackmere Packhouse", "farm", "Brackmere Farm, Wold Lane", "ZZ9 7CC"),
)


def partners_and_places(advisor: Member, analyst: Member, now: datetime) -> None:
    """Three partners of the force's own, one of them due for a check, each with a contact and an agreement; three places and
    the firm behind one."""
    for name, kind, powers, role, telephone, hours, days in OWN:
        at = now - timedelta(days=days)
        partner = record_partner(by=advisor, at=at, values={"name": name, "kind": kind, "powers": powers})
        contact = {"role": role, "telephone": telephone, "hours": hours}
        record_part(by=advisor, at=at, partner=partner, part=PartnerContact(), values=contact)
        sharing = {"kind": "information_sharing", "from_date": date(2025, 4, 1), "to_date": date(2027, 3, 31), "reference": "ISA"}
        record_part(by=advisor, at=at, partner=partner, part=Agreement(), values=sharing)
        confirm_partner(by=advisor, at=at, partner=partner)
    confirm_partner(by=advisor, at=now, partner=Partner(body="fair_work_agency"))
    for name, kind, address, postcode in PLACES:
        values = {"name": name, "kind": kind, "address_line": address, "postcode": postcode, "uprn": ""}
        record_entity(by=analyst, at=now, model=Place, values=values | {"latitude": None, "longitude": None})
    firm = dict.fromkeys(VALUES[Organisation], "") | {"name": "Quayside Valeting Ltd", "telephone": "01632 960 510"}
    record_entity(by=analyst, at=now, model=Organisation, values=firm)


FILE = Path(__file__).parent / "data" / "services.json"


def services(by: Member, at: datetime) -> None:
    """Imports the services as they are at a moment: the file says how many days before it each was assured, and how many hours
    before it its places were counted."""
    records: list[Any] = list(read_file(FILE.read_bytes()).records)
    for record in records:
        if "assured_date" in record:
            record["assured_date"] = (london_date(at) + timedelta(days=record["assured_date"])).isoformat()
        for capacity in record.get("capacities", ()):
            if "updated" in capacity:
                capacity["updated"] = (at + timedelta(hours=capacity["updated"])).isoformat()
    outcomes = import_services(by=by, at=at, file=ServiceFile(records), applies=True)
    if refused := [outcome for outcome in outcomes if outcome.became == REFUSED]:
        raise ValueError(refused)

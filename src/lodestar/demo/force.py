"""The people of the demo force, a user of each role, with their units and skills, its partners, and the parts it is made of."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password

from lodestar.casework.services.actions import import_services
from lodestar.casework.services.rules.records import ServiceFile, read_file
from lodestar.demo.boards import boards
from lodestar.demo.commissioning import commissioning, meet_later
from lodestar.demo.concerns import listed
from lodestar.demo.deep_dives import deep_dives
from lodestar.demo.investigations import bail_and_promises, closings_and_orders
from lodestar.demo.measures import store_and_import
from lodestar.demo.peer_review import peer_review
from lodestar.demo.person_plans import person_plans
from lodestar.demo.plan import plan
from lodestar.demo.recommendations import recommendations
from lodestar.demo.responses import responses
from lodestar.demo.showcase import add_retention_examples, earlier_records, kieran_and_jaz
from lodestar.demo.supporters import give_people_to_support
from lodestar.demo.training import training
from lodestar.directory.contacts.actions import check_contacts
from lodestar.directory.contacts.contact_files import read_in
from lodestar.directory.contacts.queries import contact_book
from lodestar.directory.entities.actions import record_entity
from lodestar.directory.entities.models import Organisation, Place
from lodestar.directory.entities.queries import VALUES
from lodestar.directory.partners.actions import confirm_partner, record_part, record_partner
from lodestar.directory.partners.models import Agreement, Partner, PartnerContact
from lodestar.knowledge.publishing.actions.stock import stock as stock_the_library
from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import Accreditation, Membership, Unit, User
from lodestar.platform.settings.actions import propose_setting
from lodestar.platform.settings.rules import REFUSED
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.time.days import london_date

SINCE = date(2024, 1, 1)
Members = Mapping[str, Member]
Part = Callable[[Members, datetime], None]
FIRST_COLLAR = 4101


@dataclass(frozen=True)
class Colleague:
    """One invented colleague: how they sign in, their name, their role, unit, skills and work telephone."""

    username: str
    name: str
    role: str
    unit: str
    rank: str = ""
    skills: Sequence[str] = ()
    phone: str = ""


UNITS = ("Marlsea response", "Eldham response", "Custody", "Modern slavery team", "Crime allocation", "Headquarters")
COLLEAGUES = [Colleague(**row) for row in listed("colleagues")["colleague"]]


def there() -> list[Colleague]:
    """The colleagues whom this database has, in their order."""
    usernames = set(User.objects.filter(made_by_demo=True).values_list("username", flat=True))
    return [colleague for colleague in COLLEAGUES if colleague.username in usernames]


def make_colleagues(password: str) -> dict[str, Member]:
    """Makes the units and colleagues within the demo tenant and returns who each is at work."""
    units = {name: Unit.objects.create(name=name) for name in UNITS}
    hashed = make_password(password)
    members: dict[str, Member] = {}
    for number, colleague in enumerate(COLLEAGUES, FIRST_COLLAR):
        user = User.objects.create(username=colleague.username, name=colleague.name, password=hashed, made_by_demo=True)
        TOTP.activate(user, generate_totp_secret())
        membership = Membership.objects.create(
            user=user, unit=units[colleague.unit], roles=[colleague.role], rank=colleague.rank, from_date=SINCE,
            collar_number=str(number) if colleague.rank else "", phone=colleague.phone,
        )  # fmt: skip
        for skill in colleague.skills:
            Accreditation.objects.create(user=user, code=skill, from_date=SINCE)
        members[colleague.username] = member_from(membership)
    return members


SLUG = "fenmarch"


def is_there() -> bool:
    """Whether any tenant is: the demo force is made in an empty database only."""
    return Tenant.objects.exists()


def make_people(password: str, begins: datetime) -> dict[str, Member]:
    """Make the colleagues, the numbers to ring and the services, as they are when the two years begin."""
    members = make_colleagues(password)
    numbers_to_ring(members["coordinator"], begins)
    services(members["coordinator"], begins)
    return members


def numbers_to_ring(by: Member, now: datetime) -> None:
    """Ofcom's numbers for drama, read in from a file as a coordinator would. One is left unchecked, and one is not set."""
    with (Path(__file__).parent / "contacts.csv").open(encoding="utf-8", newline="") as file:
        lines = list(read_in(by, now, ((cells["kind"], cells) for cells in csv.DictReader(file)), applies=True))
    if any(line.outcome == REFUSED for line in lines):
        raise ValueError(lines)
    checked = [(one.kind, one.district, one.telephone) for one in contact_book(now).contacts if one.kind != "regional_unit"]
    check_contacts(by=by, at=now, contacts=checked)


def _stock_library(members: Members, now: datetime) -> None:
    stock_the_library(by=members["editor"], at=now)  # its pages were written since the force began


def _directory(members: Members, now: datetime) -> None:
    numbers_to_ring(members["coordinator"], now)
    partners_and_places(members["advisor"], members["analyst"], now)
    services(members["coordinator"], now)


def _meet_later(members: Members, now: datetime) -> None:
    meet_later(members["advisor"], now)


def _a_change_waits(members: Members, now: datetime) -> None:
    """One policy owner has proposed a change of a setting; the other has yet to decide."""
    propose_setting(
        by=members["policy"], at=now, key="tasking_decision_victims", value="2",
        from_date=london_date(now) + timedelta(days=30),
        reason="In the car washes two in one place were enough for a tasking decision each time.",
    )  # fmt: skip


def partners_and_places(advisor: Member, analyst: Member, now: datetime) -> None:
    """Three partners of the force's own, one of them due for a check, each with a contact and an agreement; three places and
    the firm behind one."""
    data = listed("directory")
    sharing = {"kind": "information_sharing", "from_date": date(2025, 4, 1), "to_date": date(2027, 3, 31), "reference": "ISA"}
    for row in data["partners"]:
        at = now - timedelta(days=row["days"])
        partner = record_partner(by=advisor, at=at, values={name: row[name] for name in ("name", "kind", "powers")})
        record_part(by=advisor, at=at, partner=partner, part=PartnerContact(), values=row["contact"])
        record_part(by=advisor, at=at, partner=partner, part=Agreement(), values=sharing)
        confirm_partner(by=advisor, at=at, partner=partner)
    confirm_partner(by=advisor, at=now, partner=Partner(body="fair_work_agency"))
    for values in data["places"]:
        record_entity(by=analyst, at=now, model=Place, values=values | {"uprn": "", "latitude": None, "longitude": None})
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


# What is made with today, what comes next, and what looks back on the two years once they are filled.
OF_TODAY: Mapping[str, Part] = {"showcase": kieran_and_jaz, "settings": _a_change_waits, "directory": _directory}
SOON: Mapping[str, Part] = {"library": _stock_library, "training": training, "plan": plan, "recommendations": recommendations}
LOOKING_BACK: Mapping[str, Part] = {
    "supporters": give_people_to_support,
    "needs": _meet_later,
    "person_plans": person_plans,
    "earlier_records": earlier_records,
    "suspects": bail_and_promises,
    "retention": add_retention_examples,
    "closings": closings_and_orders,
    "deep_dives": deep_dives,
    "measures": store_and_import,
    "commissioning": commissioning,
    "responses": responses,
    "peer_review": peer_review,
    "boards": boards,
}

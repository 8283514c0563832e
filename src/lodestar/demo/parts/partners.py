"""Partners of the demo force, places, and the firm behind one."""

from datetime import date, datetime, timedelta

from lodestar.demo.concerns import listed
from lodestar.directory.entities.actions import record_entity
from lodestar.directory.entities.models import Organisation, Place
from lodestar.directory.entities.queries import VALUES
from lodestar.directory.partners.actions import confirm_partner, record_part, record_partner
from lodestar.directory.partners.models import Agreement, Partner, PartnerContact
from lodestar.platform.registry.demo_parts import DemoPart, Members, register_demo_part


def partners_and_places(members: Members, now: datetime) -> None:
    """Three partners of the force's own, one of them due for a check, each with a contact and an agreement; three places and
    the firm behind one."""
    advisor, analyst, data = members["advisor"], members["analyst"], listed("directory")
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


register_demo_part(DemoPart("partners", partners_and_places, before_sign_in=True))

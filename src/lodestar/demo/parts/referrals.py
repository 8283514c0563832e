"""Referrals of the demo force, and what comes of each."""

from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.actions import record_referral
from lodestar.casework.referrals.models import Referral
from lodestar.demo.work import Sitting
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part
from lodestar.platform.time.days import add_working_days, london_date

AGAIN = (("rg_positive", 6),)  # what comes of a second referral, after the first was withdrawn


def make_person_referral(sitting: Sitting, row: Obligation) -> None:
    """Refer a person, and plan what the competent authority decides."""
    person, planned = sitting.person_of(row)
    route = "nrm" if row.code == "refer_nrm" else "dtn"
    if not sitting.once("referral", person.id):
        return
    seen = Referral.objects.filter(person=person).count()
    crimes = list(Crime.objects.filter(person=person, kind="recorded").values_list("number", flat=True))
    record_referral(
        by=sitting.by(row), at=sitting.now, person=person, route=route, direction="made_by_us", seen=seen, crimes=crimes,
        reference=f"NRM-{sitting.office.number() * 31 % 900000 + 100000}" if route == "nrm" else "", another=seen > 0,
        details={"identity_checked": True} if route == "dtn" else {},
    )  # fmt: skip
    if route == "nrm":
        day, steps = london_date(sitting.now), []
        for kind, wait in planned.plot if not seen else AGAIN:
            day = add_working_days(day, wait)
            steps.append((kind, day))
        sitting.life.referrals[person.id] = steps


CODES = ("refer_nrm", "notify_home_office_without_identity")
register_demo_part(DemoPart("referrals", work=DemoWork(closes=dict.fromkeys(CODES, make_person_referral))))

"""Crimes and supervisors' reviews in the demo force."""

from random import Random
from uuid import UUID

from lodestar.casework.investigations import actions as investigations
from lodestar.casework.investigations.models import Review
from lodestar.casework.ledger.models import Obligation
from lodestar.demo.concerns import listed
from lodestar.demo.parts.enquiries import pursue
from lodestar.demo.work import Sitting
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part


def record_person_crime(sitting: Sitting, row: Obligation) -> None:
    """Record a crime for a person."""
    person, _ = sitting.person_of(row)
    if sitting.once("crime", person.id):
        number = f"37/{sitting.office.number()}/{sitting.now:%y}"
        investigations.record_crime(by=sitting.by(row), at=sitting.now, person=person, kind="recorded", number=number)


def review_investigation(sitting: Sitting, row: Obligation) -> None:
    """Review an investigation and give directions."""
    if not sitting.once("review"):
        return
    seen = Review.objects.filter(case=sitting.case).count()
    words = sitting.random.choice(listed("words")["directions"])
    investigations.review(by=sitting.by(row), at=sitting.now, case=sitting.case, directions=words, seen=seen)
    if owner := sitting.office.by_user.get(sitting.case.owner_id or UUID(int=0)):
        pursue(owner, sitting.now, sitting.case, Random(f"lines {sitting.life.number} {seen}"))


register_demo_part(
    DemoPart(
        "investigations",
        work=DemoWork(
            closes={
                "record_crime": record_person_crime,
                "record_incident_overseas": record_person_crime,
                "supervise_investigation": review_investigation,
            }
        ),
    )
)

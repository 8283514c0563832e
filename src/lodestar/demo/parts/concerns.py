"""Decisions on belief in the demo force."""

from lodestar.casework.cases.models import Person
from lodestar.casework.concerns.actions import decide_belief
from lodestar.casework.ledger.models import Obligation
from lodestar.demo.concerns import listed
from lodestar.demo.work import Sitting
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part


def decide_person_belief(sitting: Sitting, row: Obligation) -> None:
    """Decide whether a person is believed to be a victim."""
    person, _ = sitting.person_of(row)
    words, is_grounds = listed("words"), row.code == "decide_belief" and sitting.random.random() < 0.7
    belief, why = ("reasonable_grounds", words["grounds"]) if is_grounds else ("none", words["no_grounds"])
    version = Person.objects.values_list("version", flat=True).get(id=person.id)
    decide_belief(by=sitting.by(row), at=sitting.now, person=person, version=version, belief=belief, because=why)


CODES = ("decide_belief", "record_reason_no_grounds")
register_demo_part(DemoPart("concerns", work=DemoWork(closes=dict.fromkeys(CODES, decide_person_belief))))

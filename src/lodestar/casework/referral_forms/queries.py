"""The route of a person by what is recorded now, and what of it is still to be found out."""

from collections.abc import Sequence
from datetime import datetime

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import Parts, encounters
from lodestar.platform.obligations.encounter_reading import PersonReading, reading
from lodestar.platform.settings.queries import settings_in_force


def read_now(person: Person, people: Sequence[Person] | None = None, parts: Parts | None = None) -> PersonReading:
    """The person as the rules read what is recorded now: their route, and whether they are treated as a child. `people` are
    all those of the case and `parts` what hangs on them, from a caller who has them already."""
    encounter = encounters([person.case], persons=people, parts=parts)[person.case_id]
    return next(subject for subject in reading(encounter, settings_in_force()).people if subject.id == str(person.id))


def is_age_owed(person: Person) -> bool:
    """Whether it is still to be found out how old the person may be."""
    return Obligation.objects.filter(person=person, code="establish_age", state="open").exists()


def long_stop(person: Person) -> datetime | None:
    """When the long-stop for a valid answer is, while one is owed (force policy, not law)."""
    rows = Obligation.objects.filter(person=person, code="reach_nrm_or_dtn", state="open", due_at__isnull=False)
    return rows.order_by("due_at").values_list("due_at", flat=True).first()

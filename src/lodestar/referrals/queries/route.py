"""Named reads for the route of a person."""

from datetime import datetime

from lodestar.cases.models import Obligation, Person
from lodestar.cases.queries.facts import encounters
from lodestar.cases.queries.settings import settings_in_force
from lodestar.referrals.rules import Route, route


def route_now(person: Person) -> Route:
    """The route of a person by what is recorded now."""
    return route(encounters([person.case])[person.case_id], str(person.id), settings_in_force())


def is_age_owed(person: Person) -> bool:
    """Whether it is still to be found out how old the person may be."""
    return Obligation.objects.filter(person=person, code="establish_age", state="open").exists()


def long_stop(person: Person) -> datetime | None:
    """When the long-stop for a valid answer is, while one is owed (force policy, not law)."""
    rows = Obligation.objects.filter(person=person, code="reach_nrm_or_dtn", state="open", due_at__isnull=False)
    return rows.order_by("due_at").values_list("due_at", flat=True).first()

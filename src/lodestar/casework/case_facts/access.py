"""Events and rows of a person that was got through the access of cases."""

from uuid import UUID

from django.http import Http404

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.cases.access import or_404
from lodestar.casework.cases.models import Case, Exploitation, Person


def event_of(case: Case, event: str) -> CaseEvent:
    """The event of this id in a case; Http404 where there is none."""
    return or_404(CaseEvent.objects.select_related("person__case").filter(case=case, id=_id(event)).first())


def exploitation_of(person: Person, row: str) -> Exploitation:
    """The exploitation of this id of a person; Http404 where there is none."""
    return or_404(Exploitation.objects.filter(person=person, id=_id(row)).first())


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None

"""What happened in a case."""

import factory

from lodestar.casework.case_facts import models
from tests.factories.accounts import Somebody
from tests.factories.cases import MET, PersonFactory


class CaseEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CaseEvent

    person = factory.SubFactory(PersonFactory)
    case = factory.SelfAttribute("person.case")
    kind = "suspect_arrested"
    happened_at = MET
    recorded_at = MET
    recorded_by = Somebody()

"""Promises to victims, suspects, their releases, and people on lists of custody."""

import factory

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.custody.models import ListedPerson
from lodestar.casework.suspects.models import Suspect, SuspectRelease
from tests.factories.accounts import Somebody, UserFactory
from tests.factories.cases import MET, PersonFactory


class PromiseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Promise

    person = factory.SubFactory(PersonFactory)
    owner = factory.SubFactory(UserFactory)
    promised_by = recorded_by = factory.SelfAttribute("owner")
    promised_at = recorded_at = by_when = due_at = MET
    state = "open"
    kind = "call_back"


class SuspectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suspect

    person = factory.SubFactory(PersonFactory)
    owner = factory.SubFactory(UserFactory)
    recorded_by = factory.SelfAttribute("owner")
    recorded_at = MET
    state = "arrested"


class PlannedEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseEvent

    person = factory.SubFactory(PersonFactory)
    case = factory.SelfAttribute("person.case")
    recorded_by = factory.SelfAttribute("case.opened_by")
    happened_at = recorded_at = MET
    kind = "suspect_to_be_released"


class SuspectReleaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SuspectRelease

    suspect = factory.SubFactory(SuspectFactory)
    event = factory.SubFactory(PlannedEventFactory, person=factory.SelfAttribute("..suspect.person"))
    kind = "bailed"
    planned_at = MET


class ListedPersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ListedPerson

    kind = "custody"
    reference = factory.Sequence(lambda n: f"CU/{n}")
    at = imported_at = MET
    state = "matched"
    person = factory.SubFactory(PersonFactory)
    imported_by = Somebody()

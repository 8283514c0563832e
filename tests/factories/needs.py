"""Needs, assessed, and what hangs on them."""

import factory

from lodestar.casework.needs import models
from tests.factories.accounts import Somebody, UserFactory
from tests.factories.cases import MET, PersonFactory


class _OfPerson(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    person = factory.SubFactory(PersonFactory)
    recorded_at = MET
    recorded_by = Somebody()


class NeedsAssessmentFactory(_OfPerson):
    class Meta:
        model = models.NeedsAssessment

    kind = "full"
    provider = "The national contract"
    assessed_at = MET


class NeedFactory(_OfPerson):
    class Meta:
        model = models.Need

    domain = "legal"
    level = "high"
    state = "unmet"
    owner = factory.SubFactory(UserFactory)
    since = MET


class BridgeEntryFactory(_OfPerson):
    class Meta:
        model = models.BridgeEntry

    day = 1
    part = "meals"

"""Help offered again."""

import factory

from lodestar.casework.support import models
from tests.factories.accounts import Somebody
from tests.factories.cases import MET, PersonFactory


class OfferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Offer

    person = factory.SubFactory(PersonFactory)
    offered_at = MET
    outcome = "no"
    recorded_at = MET
    recorded_by = Somebody()


class SupportRecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SupportRecord

    person = factory.SubFactory(PersonFactory)
    kind = "reached"
    happened_at = MET
    words = "She wishes to learn English"
    recorded_at = MET
    recorded_by = Somebody()


class SupportStageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SupportStage

    person = factory.SubFactory(PersonFactory)
    stage = "before"

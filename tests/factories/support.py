"""Help offered again."""

import factory

from lodestar.casework.support import models
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, PersonFactory


class OfferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Offer

    person = factory.SubFactory(PersonFactory)
    offered_at = MET
    outcome = "no"
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)

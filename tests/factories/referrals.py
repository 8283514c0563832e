"""Referrals and their references."""

import factory

from lodestar.referrals import models
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, PersonFactory


class ReferralFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Referral

    person = factory.SubFactory(PersonFactory)
    number = 1
    route = "nrm"
    direction = "made_by_us"
    sent_at = MET
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class ReferralReferenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReferralReference

    referral = factory.SubFactory(ReferralFactory)
    reference = factory.Sequence(lambda n: f"NRM-{n:06d}")
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Decision

    referral = factory.SubFactory(ReferralFactory)
    number = 1
    kind = "rg_positive"
    decided_on = MET.date()
    filed_at = MET
    filed_by = factory.SubFactory(UserFactory)

"""People who may have been met before."""

import factory

from lodestar.cases import models
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, PersonFactory


class MatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Match

    person = factory.SubFactory(PersonFactory)
    other = factory.SubFactory(PersonFactory)
    reasons = ["name_same"]
    outcome = "shown"
    found_at = MET
    found_by = factory.SubFactory(UserFactory)


class MatchAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.MatchAnswer

    match = factory.SubFactory(MatchFactory)
    kind = "seems_same"
    said_at = MET
    said_by = factory.SubFactory(UserFactory)


class MatchAlertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.MatchAlert

    match = factory.SubFactory(MatchFactory)
    to = factory.SubFactory(UserFactory)
    told_as = "owner"
    alerted_at = MET


class IdentityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Identity

    made_at = MET


class IdentityLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.IdentityLink

    identity = factory.SubFactory(IdentityFactory)
    one = factory.SubFactory(PersonFactory)
    other = factory.SubFactory(PersonFactory)
    linked_at = MET
    linked_by = factory.SubFactory(UserFactory)

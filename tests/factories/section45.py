"""Answers to the short question of section 45 of the Modern Slavery Act 2015."""

import factory

from lodestar.section45 import models
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, PersonFactory


class FirstAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FirstAnswer

    person = factory.SubFactory(PersonFactory)
    moment = "arrest"
    answer = "cannot_rule_out"
    happened_at = MET
    recorded_at = MET
    by = factory.SubFactory(UserFactory)

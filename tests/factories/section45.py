"""Section 45 of the Modern Slavery Act 2015: answers to the short question, full records, countersignatures, outcomes."""

import factory

from lodestar.casework.section45 import models
from tests.factories.accounts import Somebody, UserFactory
from tests.factories.cases import MET, AllegedOffenceFactory, FirstAccountFactory, PersonFactory


class FirstAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FirstAnswer

    person = factory.SubFactory(PersonFactory)
    moment = "arrest"
    answer = "cannot_rule_out"
    happened_at = MET
    recorded_at = MET
    by = factory.SubFactory(UserFactory)


class FullRecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FullRecord

    offence = factory.SubFactory(AllegedOffenceFactory)
    number = 1
    before = "charge"
    test = "child"
    conclusion = "cannot_tell"
    reason = "The school has not answered yet."
    decided_by = Somebody()
    decided_at = MET
    recorded_at = MET
    countersign_by = MET


class ElementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Element

    record = factory.SubFactory(FullRecordFactory)
    test = "child"
    number = 1
    reading = "met"


class ElementLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ElementLink

    element = factory.SubFactory(ElementFactory)
    first_account = factory.SubFactory(FirstAccountFactory)


class CountersignatureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Countersignature

    record = factory.SubFactory(FullRecordFactory)
    decided_by = factory.SelfAttribute("record.decided_by")
    by = factory.SubFactory(UserFactory)
    kind = "agree"
    signed_at = MET
    recorded_at = MET


class OutcomeRecordedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.OutcomeRecorded

    offence = factory.SubFactory(AllegedOffenceFactory)
    number = 1
    kind = "charge"
    at = MET
    recorded_at = MET
    by = factory.SubFactory(UserFactory)

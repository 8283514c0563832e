"""Peer reviews under way, with their sample and findings."""

from datetime import timedelta

import factory
from django.utils import timezone

from lodestar.oversight.peer_review import models
from lodestar.oversight.peer_review.rules import THEMES, activities
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, CaseFactory

VERSION = "2021-05-26"


def assessment(score="partly"):
    """One score for every activity of every theme, with a remark."""
    return {
        theme: {**{each.code: score for each in activities(VERSION, theme)}, "remark": "As far as it goes"} for theme in THEMES
    }


class PeerReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PeerReview

    remit = "The whole response"
    asked_force = "Saltmere Police"
    asked_name = "DCI Pell"
    first = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=3))
    last = factory.LazyAttribute(lambda review: review.first + timedelta(days=20))
    reviewer = factory.SubFactory(UserFactory)
    questions = VERSION
    assessed = factory.LazyFunction(lambda: {"own": assessment(), "peer": assessment()})
    cases_from = factory.LazyFunction(MET.date)
    cases_to = factory.LazyFunction(MET.date)
    seed = 7
    frame = factory.LazyFunction(list)
    not_drawn = 0
    state = "under_way"
    owner = factory.SubFactory(UserFactory)
    recorded_at = MET
    recorded_by = factory.SelfAttribute("owner")


class SampleCaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SampleCase

    review = factory.SubFactory(PeerReviewFactory)
    case = factory.SubFactory(CaseFactory)
    number = 1


class PeerFindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PeerFinding

    review = factory.SubFactory(PeerReviewFactory)
    theme = "victims"
    kind = "area"
    state = "open"
    words = "Nobody rings back"
    owner = factory.SelfAttribute("review.owner")
    recorded_at = MET
    recorded_by = factory.SelfAttribute("owner")

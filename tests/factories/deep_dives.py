"""Deep dives, their cases, reviews, disputes and findings."""

import json
from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from lodestar.oversight.deep_dives import models
from lodestar.oversight.deep_dives.rules.questions import items_of
from lodestar.platform.time.days import add_months
from tests.factories.accounts import WORKER, Somebody, UserFactory
from tests.factories.cases import MET, CaseFactory

VERSION = "2021-05-26"
MONTH = 1 + 3 * (int(WORKER.removeprefix("gw") or 0) % 4)  # a quarter for each process: what one made is copied by others


def answers(answer: str = "met", **others: str) -> dict[str, dict[str, Any]]:
    """An answer to every question, with a note and evidence where it wants them."""
    given = {item.code: others.get(item.code, answer) for item in items_of(VERSION)}
    rest = {"machine": "", "blank": True}
    reasons = {"note": "It is not there", "evidence": "Timeline"}
    none = dict.fromkeys(reasons, "")
    return {
        code: {"answer": given_answer, **(none if given_answer == "met" else reasons), **rest}
        for code, given_answer in given.items()
    }


class DeepDiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DeepDive

    first = factory.Sequence(lambda n: date(1900 + n, MONTH, 1))  # one quarter of one year each, also of copied rows
    last = factory.LazyAttribute(lambda dive: add_months(dive.first, 3) - timedelta(days=1))
    seed = 7
    frame = factory.LazyFunction(list)
    version = VERSION
    not_drawn = 0
    drawn_at = MET
    drawn_by = Somebody()


class DrawnCaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DrawnCase

    dive = factory.SubFactory(DeepDiveFactory)
    case = factory.SubFactory(CaseFactory)
    number = 1
    stratum = "other"


class CaseReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CaseReview

    drawn = factory.SubFactory(DrawnCaseFactory)
    reviewer = factory.SubFactory(UserFactory)
    marking = 1
    answers = factory.LazyFunction(lambda: json.dumps(answers()))
    given_at = MET
    given_by = Somebody()


class DisputeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Dispute

    drawn = factory.SubFactory(DrawnCaseFactory)
    question = "A1"
    because = "The signs were written down"
    disputed_at = factory.LazyFunction(timezone.now)
    disputed_by = Somebody()


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Finding

    dive = factory.SubFactory(DeepDiveFactory)
    question = "A1"
    words = "Brief the response teams"
    state = "open"
    owner = Somebody()
    recorded_at = MET
    recorded_by = factory.SelfAttribute("owner")

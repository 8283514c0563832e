"""Plans and their links, what was read back, interpreters, feedback."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from lodestar.casework.person_plans import models
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, PersonFactory


class _OfPerson(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    person = factory.SubFactory(PersonFactory)
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class ReadBackFactory(_OfPerson):
    class Meta:
        model = models.ReadBack

    understood = "yes"


class InterpreterNeedFactory(_OfPerson):
    class Meta:
        model = models.InterpreterNeed


class InterpreterBlockFactory(_OfPerson):
    class Meta:
        model = models.InterpreterBlock

    job_number = "BL-7"
    is_blocked = True
    reason = "She knows the family"


class PersonPlanFactory(_OfPerson):
    class Meta:
        model = models.PersonPlan

    to_ring = factory.SelfAttribute("recorded_by")
    role = "adviser"
    language = "english"


class PlanLinkFactory(_OfPerson):
    class Meta:
        model = models.PlanLink

    channel = "text"
    secret_hash = factory.Sequence(lambda n: f"secret {n}")
    code_hash = "none"
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=72))


class FeedbackAskedFactory(_OfPerson):
    class Meta:
        model = models.FeedbackAsked


class FeedbackAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FeedbackAnswer

    month = date(2026, 1, 1)
    knows = informed = "yes"


def agreed(**facts: Any) -> dict[str, Any]:
    """What somebody agreed that their plan says of whom to ring."""
    return {"role": "adviser", "shown_name": "Ros", "shown_in": "english"} | facts

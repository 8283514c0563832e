"""Reports, steps of their answers, recommendations and their statuses."""

from datetime import date
from uuid import UUID

import factory

from lodestar.oversight.recommendations import models
from lodestar.platform.time.days import start_of_day
from tests.factories.accounts import WORKER, UserFactory
from tests.factories.cases import MET

PUBLISHED = date(2026, 3, 2)  # before MET


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Report

    title = factory.Sequence(lambda n: f"An inspection {n} {WORKER}")
    body = "HMICFRS"
    published_on = PUBLISHED
    source = "https://report.example"
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class ReportStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReportStep

    report = factory.SubFactory(ReportFactory)
    step = "invited_chief"
    happened_on = PUBLISHED
    answer_by = PUBLISHED
    note = "By letter"
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class RecommendationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Recommendation

    report = factory.SubFactory(ReportFactory)
    number = factory.Sequence(lambda n: f"R{n}")
    addressees = ["chief_constable"]
    text = "Understand what victims need"
    state = "awaiting_review"
    owner = factory.SubFactory(UserFactory)
    asked_at = start_of_day(PUBLISHED)
    recorded_at = MET
    recorded_by = factory.SelfAttribute("owner")


def a_recommendation(of: UUID) -> dict[str, UUID]:
    """A recommendation that is the member's, and a step of the answer to its report."""
    row = RecommendationFactory(owner_id=of)
    return {"recommendation_id": row.id, "report_id": row.report_id, "step_id": ReportStepFactory(report=row.report).id}

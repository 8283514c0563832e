"""Published quarters of gaps, districts of units, questions and their steps."""

from collections.abc import Mapping
from typing import Any

import factory

from lodestar.partnership.commissioning import models, rules
from tests.factories.accounts import WORKER, UnitFactory, UserFactory
from tests.factories.cases import MET

QUARTER = 1 + int(WORKER.removeprefix("gw") or 0) % 4  # one for each process: what one made is copied by others
NOTHING = rules.published_tables(
    [], {"domain": ["legal"], "stage": ["before"], "district": ["E07000202"], "reason": ["full"]}, {}
)


class PublicationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Publication

    quarter = factory.Sequence(lambda n: f"{2100 + n}-Q{QUARTER}")
    content = factory.LazyAttribute(
        lambda row: {
            **NOTHING, "quarter": row.quarter, "districts": {}, "costs": {},
            "days_waited": None, "days_waiting": None, "nights": None,
        }
    )  # fmt: skip
    published_at = MET
    published_by = factory.SubFactory(UserFactory)


class UnitDistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.UnitDistrict

    unit = factory.SubFactory(UnitFactory)
    code = "E07000202"
    name = "Marlsea"
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class GapQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.GapQuestion

    quarter = "2026-Q1"
    asked_at = MET
    due_on = factory.LazyFunction(MET.date)
    asked_by = factory.SubFactory(UserFactory)


class QuestionStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.QuestionStep

    question = factory.SubFactory(GapQuestionFactory)
    number = 1
    step = "asked"
    words = "What stops it?"
    taken_at = MET
    taken_by = factory.SubFactory(UserFactory)


def a_published_quarter() -> Mapping[str, Any]:
    """A published quarter of gaps in support, and a question about it."""
    row = PublicationFactory()
    question = QuestionStepFactory(question__quarter=row.quarter).question_id
    return {"quarter_name": row.quarter, "year": row.quarter[:4], "gap_question_id": question}

"""Responses to reports, their paragraphs, versions and corrections."""

from datetime import date
from typing import Any

import factory

from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.responses import models
from lodestar.oversight.responses.queries import content_of
from lodestar.oversight.responses.rules.documents import MADE, status_words
from lodestar.platform.documents.description import stored
from lodestar.platform.text.ids import new_id
from tests.factories.cases import MET
from tests.factories.recommendations import RecommendationFactory, ReportFactory


class AskedFactory(RecommendationFactory):
    """A recommendation to chief constables."""

    number = "R3"
    text = "Assure themselves that resources are deployed well."


def frozen(response, step):
    """What a version of a response without paragraphs stores."""
    content = content_of(response.report, [], Period(response.first, response.last), MET)
    return content | {"status": status_words(step, MET), "step": step, "stored_at": MET.isoformat()}


class ResponseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Response

    report = factory.SubFactory(ReportFactory)
    first = date(2025, 7, 1)
    last = date(2026, 6, 30)
    begun_at = MET
    begun_by = factory.SelfAttribute("report.recorded_by")


class ParagraphFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Paragraph

    response = factory.SubFactory(ResponseFactory)
    recommendation = factory.SubFactory(AskedFactory, report=factory.SelfAttribute("..response.report"))
    line = factory.LazyFunction(new_id)
    revision = 1
    side = "force"
    kind = "no_action"
    words = "The unit is to be joined with another"
    position = 1
    written_at = MET
    written_by = factory.SelfAttribute("response.begun_by")


class ResponseVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ResponseVersion

    response = factory.SubFactory(ResponseFactory)
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    step = "submitted"
    content = factory.LazyAttribute(lambda row: frozen(row.response, row.step))
    documents = factory.LazyAttribute(lambda row: {name: stored(make(row.content)) for name, make in MADE.items()})
    stored_at = MET
    stored_by = factory.SelfAttribute("response.begun_by")


class CorrectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Correction

    response = factory.SubFactory(ResponseFactory)
    part = "recommendation R3"
    words = "The team began in June"
    corrected_at = MET
    corrected_by = factory.SelfAttribute("response.begun_by")


def an_approved_response() -> dict[str, Any]:
    """A response that the chief officer approved, with a paragraph of the policing body about governance."""
    row = ParagraphFactory(response__state="approved", recommendation=None, side="body")
    ResponseVersionFactory(response=row.response, number=1)
    return {"response_id": row.response_id, "line": row.line}

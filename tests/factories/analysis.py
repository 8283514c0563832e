"""What the figure keeps of a case."""

import factory

from lodestar.analysis import models
from lodestar.analysis.queries.reading import RULES
from tests.factories.cases import MET, CaseFactory


class CaseJudgedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CaseJudged

    case = factory.SubFactory(CaseFactory)
    rules = RULES
    said = "ccccc"
    first = "u"
    kept_at = MET

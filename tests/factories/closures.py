"""Court orders, closings and rights to review."""

import factory

from lodestar.casework.closures import models
from lodestar.casework.court_orders.models import CourtOrder
from tests.factories.accounts import Somebody
from tests.factories.cases import MET, CaseFactory, PersonFactory


class _RowFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    person = factory.SubFactory(PersonFactory)
    owner = Somebody()
    recorded_at = MET
    recorded_by = factory.SelfAttribute("owner")


class CourtOrderFactory(_RowFactory):
    class Meta:
        model = CourtOrder

    kind = "stpo"
    state = "made"


class ClosingRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ClosingRequest

    case = factory.SubFactory(CaseFactory)
    scope = "case"
    outcomes = "[]"
    version = "2026-03-02"
    answers = "{}"
    reason = "The enquiries are done"
    asked_at = MET
    asked_by = Somebody()


class RightToReviewFactory(_RowFactory):
    class Meta:
        model = models.RightToReview

    request = factory.SubFactory(ClosingRequestFactory, case=factory.SelfAttribute("..person.case"), happened_without=True)
    state = "to_inform"

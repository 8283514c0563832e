"""Keeping and letting go."""

from datetime import date

import factory

from lodestar.information_governance.retention import models
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import Somebody
from tests.factories.cases import MET, CaseFactory, PersonFactory


class ReviewDueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReviewDue

    person = factory.SubFactory(PersonFactory)
    category = "victim"
    last_contact = date(2020, 3, 2)
    due_on = date(2026, 3, 2)


class HoldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Hold

    case = factory.SubFactory(CaseFactory)
    kind = "appeal"
    because = "Leave to appeal is asked for"
    placed_at = MET
    recorded_at = MET
    placed_by = Somebody()


class DisposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Disposal

    person = factory.LazyFunction(new_id)
    case = factory.SubFactory(CaseFactory)
    reason = "recorded_wrongly"
    because = "It was somebody else"
    asked_at = MET
    recorded_at = MET
    asked_by = Somebody()


class TallyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ErasureCount

    year = 2026
    what = factory.Sequence(lambda n: f"owed: make_safe; closed {n}")
    number = 1


class BreachFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Breach

    number = factory.Sequence(lambda n: n + 1)
    kind = "shown"
    what = "A letter went to the wrong partner"
    aware_at = MET
    recorded_at = MET
    recorded_by = Somebody()


class SubjectRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SubjectRequest

    number = factory.Sequence(lambda n: n + 1)
    kind = "copy"
    came = "letter"
    who = "Somebody, by a solicitor"
    received_on = date(2026, 3, 2)
    recorded_at = MET
    recorded_by = Somebody()


class SubjectRequestStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SubjectRequestStep

    request = factory.SubFactory(SubjectRequestFactory)
    kind = "identity"
    happened_at = MET
    recorded_at = MET
    recorded_by = Somebody()


class RequestSearchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RequestSearch

    request = factory.SubFactory(SubjectRequestFactory)
    sought = '{"names": ["Ana Pop"], "born": "2009", "reach": []}'
    searched_at = MET
    recorded_at = MET
    recorded_by = Somebody()


class RequestTaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RequestTask

    request = factory.SubFactory(SubjectRequestFactory)
    case = factory.SubFactory(CaseFactory)
    person = factory.LazyFunction(new_id)
    reasons = ["name_same"]
    asked_at = MET
    recorded_at = MET
    asked_by = Somebody()


class RequestReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RequestReview

    task = factory.SubFactory(RequestTaskFactory)
    number = 1
    verdict = "they"
    is_redacted = True
    reviewed_at = MET
    recorded_at = MET
    reviewed_by = Somebody()


def a_request_of(person, **more):
    """They ask themselves to be let go, it is certain who they are, and whoever has the case says that it is they."""
    request = SubjectRequestFactory(**{"kind": "erase", "came": "themselves"} | more)
    SubjectRequestStepFactory(request=request, kind="identity")
    task = RequestTaskFactory(request=request, case=person.case, person=person.id)
    RequestReviewFactory(task=task, carried="done")
    return request


def is_known(request):
    """It is certain who asks, and that they ask it alone: only then they are looked for."""
    for kind in ("identity", "alone"):
        SubjectRequestStepFactory(request=models.SubjectRequest.objects.get(id=request), kind=kind)

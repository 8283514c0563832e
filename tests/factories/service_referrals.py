"""Services, referrals to them, and places of safety."""

from typing import Any

import factory

from lodestar.casework.service_referrals import models
from lodestar.casework.services.models import Service
from tests.factories.accounts import Somebody, UserFactory
from tests.factories.cases import MET, PersonFactory


def needing(*domains: str) -> dict[str, Any]:
    """What a service says of the needs it is for."""
    return {"attributes": [{"taxonomy_term": {"taxonomy": "lodestar", "term": f"need:{domain}"}} for domain in domains]}


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service

    own_id = factory.Sequence(lambda n: f"service-{n}")
    name = factory.Sequence(lambda n: f"Harbour Trust {n}")
    status = "active"
    document = factory.LazyFunction(lambda: needing("accommodation", "legal"))
    changed_at = MET
    changed_by = Somebody()


class _RowFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    person = factory.SubFactory(PersonFactory)
    owner = factory.SubFactory(UserFactory)
    recorded_at = MET
    recorded_by = factory.SelfAttribute("owner")


class ServiceReferralFactory(_RowFactory):
    class Meta:
        model = models.ServiceReferral

    service = factory.SubFactory(ServiceFactory)
    state = "made"
    domain = "accommodation"
    what = "A room with a lock"
    agreed = "yes"
    made_at = MET


class PlaceRequestFactory(_RowFactory):
    class Meta:
        model = models.PlaceRequest

    state = "asked"
    kind = "service"
    asked_at = MET

"""Numbers that were given out."""

import factory

from lodestar.exchange import models
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, CaseFactory


class ReleaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Release

    kind = "return"
    period = factory.Sequence(lambda n: f"{2000 + n // 12 % 100}-{n % 12 + 1:02d}")
    content = factory.LazyFunction(
        lambda: {"least_shown": 5, "counts": {"first_reports": None}, "schema": "", "version": "", "force": "", "month": "",
                 "made_on": "", "due_on": "", "late": False}
    )  # fmt: skip
    made_at = MET
    made_by = factory.SubFactory(UserFactory)


class ReleaseGivenFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReleaseGiven

    release = factory.SubFactory(ReleaseFactory)
    recipient = "The regional coordinator"
    reason = "Monthly return"
    given_at = MET
    given_by = factory.SubFactory(UserFactory)


class PackOrderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PackOrder

    system = "CrimeBook"
    fields = factory.LazyFunction(lambda: [["name", "Surname"], ["born", "DOB"]])
    filed_at = MET
    filed_by = factory.SubFactory(UserFactory)


class CameBackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CameBack

    case = factory.SubFactory(CaseFactory)
    kind = "incident_log"
    reference = factory.Sequence(lambda n: f"LOG-{n}")
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)

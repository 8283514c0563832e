"""Earlier records of other systems, and the signs that they may show."""

from datetime import date

import factory

from lodestar.recognition import models
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET


class EarlierPersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.EarlierPerson

    key = factory.Sequence(lambda n: f"{n:064x}")
    recorded_at = MET


class EarlierRecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.EarlierRecord

    earlier_person = factory.SubFactory(EarlierPersonFactory)
    kind = "missing"
    reference = factory.Sequence(lambda n: f"MP/{n}")
    happened_at = MET
    words = "Found out of area with a new phone he could not explain."
    reach = "Address: 4 Mill Row"
    file_name = "missing.csv"
    key = factory.Sequence(lambda n: f"{n:064x}")
    typed = '[["name", "Ana"]]'
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class RecordSignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RecordSign

    record = factory.SubFactory(EarlierRecordFactory)
    code = "far_from_home_or_missing"
    rule = "words"
    rests_on = "Found out of area"
    list_date = date(2026, 11, 26)
    recorded_at = MET

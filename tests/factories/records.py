"""Earlier records of other systems, and the signs that they may show."""

from datetime import date
from typing import Any

import factory

from lodestar.intelligence.earlier_records import models
from lodestar.platform.accounts.access import Member
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, PersonFactory


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


class SaidWholeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CoverageStatement

    kind = "missing"
    first_day = date(2020, 1, 1)
    last_day = date(2026, 3, 1)
    file_name = "missing.csv"
    file_mark = factory.Sequence(lambda n: f"{n:064x}")
    said_at = MET
    said_by = factory.SubFactory(UserFactory)


class MetBeforeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.EarlierRecordMatch

    earlier_person = factory.SubFactory(EarlierPersonFactory)
    person = factory.SubFactory(PersonFactory)
    is_sure = True
    found_at = MET


class PromptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Prompt

    earlier_person = factory.SubFactory(EarlierPersonFactory)
    asked_of = factory.SubFactory(UserFactory)
    asked_at = MET
    last_sign_at = MET


class PromptStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PromptStep

    prompt = factory.SubFactory(PromptFactory)
    what = "asked"
    by = factory.SubFactory(UserFactory)
    to = factory.SubFactory(UserFactory)
    at = MET


def a_prompt(of: Member, **record: Any) -> models.Prompt:
    """A question that this member is asked, about whom one record with a sign is about."""
    row = EarlierRecordFactory(recorded_by_id=of.user, **record)
    RecordSignFactory(record=row)
    prompt: models.Prompt = PromptFactory(earlier_person=row.earlier_person, asked_of_id=of.user)
    PromptStepFactory(prompt=prompt, by_id=of.user, to_id=of.user)
    return prompt

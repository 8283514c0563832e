"""Earlier records of other systems, and the signs that they may show."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time
from typing import Any

import factory
from django.utils import timezone

from lodestar.intelligence.earlier_records import models
from lodestar.intelligence.earlier_records.rules.earlier import KINDS
from lodestar.platform.accounts.access import Member
from lodestar.platform.time.days import add_months, london_date
from tests.factories.accounts import Somebody, UserFactory
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
    recorded_by = Somebody()


class RecordSignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RecordSign

    record = factory.SubFactory(EarlierRecordFactory)
    code = "far_from_home_or_missing"
    rule = "words"
    rests_on = "Found out of area"
    list_date = date(2026, 11, 26)
    recorded_at = MET


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


def every_month(kinds: Iterable[str] = KINDS, but: Collection[date] = ()) -> None:
    """A record without a sign of each kind on the first day of each month of two years but some, as they come in now."""
    now, person, by = timezone.now(), EarlierPersonFactory(), UserFactory()
    first = london_date(now).replace(day=1)
    days = [day for back in range(26) if (day := add_months(first, -back)) not in but]
    models.EarlierRecord.objects.bulk_create(
        EarlierRecordFactory.build(
            kind=kind, happened_at=datetime.combine(day, time(), UTC), recorded_at=now, earlier_person=person, recorded_by=by
        )
        for kind in kinds
        for day in days
    )


def a_prompt(of: Member, **record: Any) -> models.Prompt:
    """A question that this member is asked, about whom one record with a sign is about."""
    row = EarlierRecordFactory(recorded_by_id=of.user, **record)
    RecordSignFactory(record=row)
    prompt: models.Prompt = PromptFactory(earlier_person=row.earlier_person, asked_of_id=of.user)
    PromptStepFactory(prompt=prompt, by_id=of.user, to_id=of.user)
    return prompt

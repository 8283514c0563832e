"""Requests about staff, what came of them, invitations and leave."""

from datetime import timedelta

import factory
from django.conf import settings
from django.utils import timezone

from lodestar.platform.staff import models
from lodestar.platform.staff.actions.requests import code_hash
from lodestar.platform.tenancy.sealing import vouch
from tests.factories.accounts import ByTheOwner, Somebody, UserFactory


class StaffRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.StaffRequest

    kind = "rank"
    person = factory.SubFactory(UserFactory)
    content = '{"first": null, "rank": "sergeant"}'
    reason = "Promoted"
    needs_approval = True
    asked_at = factory.LazyFunction(timezone.now)
    asked_by = Somebody()

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs)
        row.vouched = kwargs.get("vouched", vouch(settings.FIELD_KEYS, *row.asked_parts()))
        row.save(force_insert=True)
        return row


class FulfilmentFactory(ByTheOwner):
    class Meta:
        model = models.Fulfilment

    request = factory.SubFactory(StaffRequestFactory)
    done_at = factory.LazyFunction(timezone.now)


class InvitationFactory(ByTheOwner):
    class Meta:
        model = models.Invitation

    request = factory.SubFactory(StaffRequestFactory)
    user = factory.SubFactory(UserFactory)
    code = "AAAAA-BBBBB-CCCCC-DDDDD"
    code_hash = factory.LazyAttribute(lambda row: code_hash(row.code))
    made_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))


class InvitationAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.InvitationAnswer

    invitation = factory.SubFactory(InvitationFactory)
    password = "hashed"
    secret = "A" * 32
    answered_at = factory.LazyFunction(timezone.now)
    vouched = "0"


class LeaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Leave

    user = factory.SubFactory(UserFactory)
    first_day = factory.LazyFunction(timezone.localdate)
    last_day = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    entered_at = factory.LazyFunction(timezone.now)
    entered_by = Somebody()
